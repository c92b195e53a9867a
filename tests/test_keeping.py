"""What the browser is given to keep, and when: a run that stands still at once, a run that trains now and then."""

import pytest
from streamlit.testing.v1 import AppTest

from playground.session import keeping
from playground.sharing.saved import write_run
from tests.support.kept import kept_of
from tests.support.page import APP, Page
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
    visit.keeping.come_back({"moved": False})
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


LONG = "x,y\n" + "".join(f"{i / 7},{i % 5}\n" for i in range(300))


def test_own_points_that_neither_address_nor_tab_can_hold_are_warned_of_before_they_are_lost():
    visit = open_visit().visit
    visit.keeping.note_fault("blocked")
    assert visit.keeping.warning is None  # the address holds the points
    assert "begins anew: this browser allows the page no storage" in visit.keeping.in_words
    visit.controls.take(visit.player.experiment.changed(target="points", own=LONG))
    assert "allows the page no storage" in visit.keeping.warning
    visit.controls.take(visit.player.experiment.changed(target="sine"))  # the points wait behind another target
    assert "allows the page no storage" in visit.keeping.warning
    visit.keeping.note_fault("full")
    assert "no room" in visit.keeping.warning
    assert visit.keeping.in_words == ""
    for fine in ("", None, 3, ["blocked"], {"full": 1}, "x" * 10_000):
        visit.keeping.note_fault(fine)
        assert (visit.keeping.warning, visit.keeping.in_words) == (None, "")
    assert LONG in write_run(visit.player).decode().replace("\\n", "\n")  # as it says


def test_the_page_says_of_a_run_that_it_would_not_outlive_a_reload():
    page = Page().click("step")
    assert page.message == "Paused at epoch 12."
    page.visit.keeping.note_fault("full")
    assert "there is no room in this browser's storage" in page.run().message


def test_the_page_shows_the_warning():
    test = AppTest.from_file(APP, default_timeout=20).run()
    visit = test.session_state["visit"]
    visit.controls.take(visit.player.experiment.changed(target="points", own=LONG))
    visit.controls.take(visit.player.experiment.changed(target="sine"))
    assert not test.run().warning
    visit.keeping.note_fault("blocked")
    assert "Save the run" in test.run().warning[0].value
