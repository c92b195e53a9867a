"""What the browser is given to keep, and when: a run that stands still at once, a run that trains now and then."""

import pytest

from playground.session import keeping
from tests.support.kept import kept_of
from tests.support.visits import open_visit, trained


@pytest.fixture
def clock(monkeypatch):
    """The clock of the keeping, which stands still until the test moves it."""

    class Clock:
        now = 1000.0

    monkeypatch.setattr(keeping.time, "monotonic", lambda: Clock.now)
    return Clock


def test_what_the_address_says_is_not_kept():
    assert open_visit(target="step").visit.keeping.parts() == {}


def test_a_run_that_stands_still_is_kept_at_once_and_once(clock):
    visit = trained(1).visit
    assert "run" in visit.keeping.parts()
    assert "run" in visit.keeping.parts()  # in an answer that overtakes the first
    clock.now += 2
    assert visit.keeping.parts() == {}
    visit.player.train_one_frame()
    assert set(visit.keeping.parts()) == {"run"}


def test_a_run_that_trains_is_kept_every_few_seconds(clock):
    visit = open_visit().visit
    visit.player.play()
    assert "run" in visit.keeping.parts()
    given = []
    for _ in range(24):
        clock.now += 0.5
        visit.player.tick()
        given.append("run" in visit.keeping.parts())
    assert [i for i, is_given in enumerate(given) if is_given] == [9, 19]


def test_what_may_be_lost_with_the_line_is_given_again(clock):
    visit = trained(1).visit
    given = visit.keeping.parts()
    clock.now += 60
    assert visit.keeping.parts() == {}
    visit.keeping.give_all_again()
    assert visit.keeping.parts() == given


def test_another_learning_rate_is_kept_at_once(clock):
    visit, state, _ = open_visit()
    visit.player.play()
    visit.keeping.parts()
    clock.now += 2
    state["learning_rate"] = 0.2
    visit.controls.apply_widgets()
    assert set(visit.keeping.parts()) == {"experiment", "run"}


def test_what_changes_is_small_and_the_whole_of_the_largest_run_fits():
    small = trained(400, optimizer="adam", batch_size="20").visit
    assert len(small.keeping.parts()["run"]) < 6000
    layers = {"layers": "64,64,64,64", "activations": "tanh,tanh,tanh,tanh", "problem": "spiral"}
    large = trained(3, optimizer="adam", **layers).visit
    message = kept_of(large)
    assert sum(map(len, [*message["parts"].values(), *filter(None, message["history"].values())])) < 1_000_000
