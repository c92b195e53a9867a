"""A race and a sweep outlive a reload: the race is trained once more to where it was, the sweep keeps what is done."""

import base64
import math

import numpy as np
import pytest

from playground.compare import sweep_runner
from playground.compare.result import Result, train
from playground.compare.sweep import SweepPlan
from playground.compare.sweep_runner import SweepRunner
from playground.experiment import Experiment
from playground.session import race
from playground.session.kept_compared import read_sweep_part, sweep_part
from playground.session.race import Entry
from playground.session.sweep import Axis, KeptSweep
from playground.sharing.kept import pack, unpack
from playground.sharing.saved import SavedError
from tests.support.kept import kept_of
from tests.support.visits import open_visit

RATES = (0.05, 0.1, 100.0)
AXIS = Axis("learning_rate", RATES, [str(rate) for rate in RATES])


def reloaded(visited, **message):
    """The visit of the same page after a reload."""
    other = open_visit().visit
    other.taking_up.take_up(kept_of(visited) | message)
    return other


def racing(ticks=2):
    """A visit whose race runs."""
    visit = open_visit().visit
    visit.race.start(*AXIS)
    for _ in range(ticks):
        visit.race.tick(None)
    return visit


def assert_same_race(one, other):
    assert (one.epoch, one.names, one.diverged) == (other.epoch, other.names, other.diverged)
    np.testing.assert_array_equal(one.losses, other.losses)
    np.testing.assert_array_equal(one.frames[-1].outputs, other.frames[-1].outputs)


def test_a_race_that_stands_still_is_where_it_was_and_goes_on_as_it_would_have():
    visit = racing()
    visit.race.set_playing(False)
    other = reloaded(visit)
    assert not other.race.playing
    assert_same_race(other.race.race, visit.race.race)
    for each in (visit, other):
        each.race.race.train_to(each.race.race.epoch + 50, math.inf)
    assert_same_race(other.race.race, visit.race.race)


def test_a_race_that_ran_runs_on_from_what_was_on_screen():
    visit = racing(ticks=0)
    message = kept_of(visit)
    visit.race.tick(None)
    shown = visit.race.race.epoch - 30
    other = open_visit().visit
    other.taking_up.take_up(message | {"raced": shown})
    assert other.race.playing
    assert other.race.race.epoch == shown
    assert other.race.needs_charts


def test_a_race_that_ran_out_of_sight_runs_on_from_where_the_server_had_it():
    visit = racing()
    other = reloaded(visit, raced=0)
    assert other.race.race.epoch == visit.race.race.epoch > 0


def test_a_race_of_another_experiment_than_the_page_is_at_by_now():
    visit = racing()
    visit.race.set_playing(False)
    visit.controls.take(visit.player.experiment.changed(target="step"))
    other = open_visit(target="step").visit
    other.taking_up.take_up(kept_of(visit))
    assert_same_race(other.race.race, visit.race.race)


def test_a_race_that_takes_too_long_says_where_it_is(monkeypatch):
    visit = racing()
    visit.race.set_playing(False)
    monkeypatch.setattr(race, "MAX_SECONDS", 0.0)
    other = reloaded(visit)
    assert other.race.race.epoch == 0
    assert f"was at epoch {visit.race.race.epoch:,}" in other.controls.message.text


def test_a_race_that_was_left_does_not_come_back():
    visit = racing()
    visit.keeping.parts()
    visit.race.leave()
    assert unpack(visit.keeping.parts()["race"]) is None
    assert reloaded(visit).race.race is None


# --- Sweeps -----------------------------------------------------------------------------------------------------------

PLAN = SweepPlan(Experiment(test_fraction=0.3), (("learning_rate", RATES),), 2, 20)
RESULTS = {run: train(experiment, 20) for run, experiment in PLAN.runs().items()}
RESULTS[1, 1] = Result(failed="The process that trained it crashed.")


def swept(results, stopped):
    """A visit whose sweep has some results."""
    visit = open_visit().visit
    visit.sweep.go_on(KeptSweep(PLAN, (AXIS,), results, 1, stopped), 0)
    return visit


@pytest.mark.parametrize("count", [6, 4])
def test_the_results_of_a_sweep_come_back(count):
    some = dict(list(RESULTS.items())[:count])
    visit = swept(some, None if count == 6 else "The sweep was cancelled.")
    other = reloaded(visit)
    assert other.sweep.runner.results == some
    assert (other.sweep.axes, other.sweep.chosen) == ([AXIS], 1)
    assert other.sweep.progress == visit.sweep.progress
    assert other.sweep.progress.ended == ("The sweep is done." if count == 6 else "The sweep was cancelled.")
    other.sweep.open_cell(1)
    assert other.player.experiment == PLAN.cells()[1]


def test_what_is_missing_of_a_sweep_is_trained(monkeypatch):
    asked = []

    class Training:
        def __init__(self, *args):
            pass

        def results(self, runs, at_once):
            asked.extend(runs)
            return iter([(run, RESULTS[run]) for run in runs])

    monkeypatch.setattr(sweep_runner, "Training", Training)
    some = dict(list(RESULTS.items())[:4])
    part = sweep_part(KeptSweep(PLAN, (AXIS,), some, None, None))
    visit = open_visit().visit
    visit.sweep.go_on(read_sweep_part(part), 0)
    visit.sweep.runner._thread.join()
    visit.sweep.poll()
    assert asked == list(RESULTS)[4:]
    assert visit.sweep.runner.results == RESULTS


def test_a_sweep_that_is_still_trained_is_gone_on_with_and_only_by_its_own_page(monkeypatch):
    visit = open_visit().visit
    runner = SweepRunner(PLAN, owner=visit.number, results=RESULTS)
    visit.sweep.runner, visit.sweep.axes = runner, [AXIS]
    monkeypatch.setattr(sweep_runner, "_SWEEPS", {runner})
    assert reloaded(visit, visit=visit.number + 1).sweep.runner is not runner
    other = reloaded(visit)
    assert other.sweep.runner is runner
    assert runner.owner == other.number


def test_a_sweep_in_the_tab_is_small():
    plan = SweepPlan(Experiment(), (("learning_rate", tuple(i / 100 for i in range(1, 65))),), 9, 20)
    results = {run: Result(*np.random.RandomState(i).rand(6)) for i, run in enumerate(plan.runs())}
    axis = Axis("learning_rate", plan.axes[0][1], ["0.1"] * 64)
    part = sweep_part(KeptSweep(plan, (axis,), results, None, None))
    assert len(part) < 40_000
    assert len(read_sweep_part(part).results) == len(results)


GOOD = unpack(sweep_part(KeptSweep(PLAN, (AXIS,), RESULTS, None, None)))
WRONG = {
    "axes": [
        None,
        [],
        [["learning_rate"]],
        [["own", [1], ["1"]]],
        [["learning_rate", [1e300], ["x"]]],
        [[[], [1], ["1"]]],
    ],
    "seeds": [0, 10, True, 10**9, None],
    "epochs": [0, 10**9, "20"],
    "runs": [[0, 0], [0] * 12, [9] * 12, [None] * 12],
    "results": [[], [1.0] * 5, ["x"] * 36],
    "failed": [[], [5] * 6, ["x" * 1000] * 6],
    "waited_for": [[], ["x"] * 6, [[]] * 6, [5] * 6],
    "chosen": [-1, 3, True],
    "stopped": [5, "x" * 1000],
    "experiment": [None, {"learning_rate": -1}],
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_sweep_is_refused(name):
    for value in WRONG[name]:
        with pytest.raises(SavedError):
            read_sweep_part(pack(GOOD | {name: value}))


@pytest.mark.parametrize(
    "value",
    [5, [], {}, {"name": ["learning_rate"]}, *({"epoch": epoch} for epoch in (-1, 10**9, True, None, 0.5)),
     {"name": "own"}, {"name": "no such"}, {"values": [[1], [2]]}, {"values": [1]}, {"playing": 1}],
)  # fmt: skip
def test_what_is_no_race_changes_nothing_else(value):
    visit = racing()
    message = kept_of(visit)
    good = unpack(base64.b64decode(message["parts"]["race"]))
    other = value if not isinstance(value, dict) or not value else good | value
    message["parts"]["race"] = base64.b64encode(pack(other)).decode()
    opened = open_visit().visit
    opened.taking_up.take_up(message)
    assert opened.race.race is None
    assert "cannot be read" in opened.controls.message.text


@pytest.mark.parametrize("raced", [None, -5, 10**15, "7", True, 1e9])
def test_whatever_is_said_of_the_race_on_screen_is_bounded(raced, monkeypatch):
    monkeypatch.setattr(race, "MAX_SECONDS", 0.1)
    other = reloaded(racing(), raced=raced)
    assert 0 <= other.race.race.epoch <= Experiment().max_epochs


def test_values_that_cannot_race_are_said():
    visit = racing()
    visit.race.entry = Entry(visit.player.experiment, "learning_rate", (0.1,), ["0.1"])
    assert "does not go on" in reloaded(visit).controls.message.text
