"""A run that stops early is named as one, in races and sweeps; what does not says so, in scripts and on the page."""

from playground.compare.cells import summary
from playground.compare.race import Race
from playground.compare.result import train
from playground.compare.sweep import SweepPlan
from playground.components.race import race_payload
from playground.figures.sweep import describe_cell
from playground.player.changes import Change
from playground.sharing.export import numpy_script, torch_script
from tests.support.page import Page
from tests.support.payload import unpack
from tests.test_early_stopping import OVERFITS, STALLS, expected


def test_scripts_in_phases_say_that_they_do_not_stop_early_whoever_asks_for_them():
    change = Change(20, OVERFITS.changed(learning_rate=0.01))
    for script in (numpy_script, torch_script):
        text = " ".join(script(OVERFITS, 40, [change]).split())
        assert "by what the run stopped early is not in it" in text
        assert "class Wait" not in text
        calm = OVERFITS.changed(patience=0)
        assert "stopped early" not in script(calm, 40, [Change(20, calm.changed(learning_rate=0.01))])


def test_a_patience_without_test_points_is_said_to_wait_for_nothing_where_it_is_set():
    page = Page(patience="5")
    said = [each.value for each in page.app.caption if "nothing is waited for" in each.value]
    assert said == ["There are no test points, so nothing is waited for: keep a share for testing, under Data."]
    for query in ({"patience": "5", "test_fraction": "0.2"}, {"stall_epochs": "5"}):
        assert not any("nothing is waited for" in each.value for each in Page(**query).app.caption)


def test_a_race_and_a_sweep_name_a_run_that_stopped_early_where_and_why():
    at = expected(OVERFITS)
    race = Race([OVERFITS.changed(max_epochs=at + 50), OVERFITS.changed(max_epochs=at + 50, patience=0)], ["a", "b"])
    race.playing = True
    while race.playing:
        race.tick()
    words = f"for {OVERFITS.patience} epochs the test loss has not been lower"
    assert race.stopped == [(at, words), None]
    header, _ = unpack(race_payload(race, 1))
    assert header["stopped"] == [[at, words], None]
    plan = SweepPlan(OVERFITS, (("learning_rate", (OVERFITS.learning_rate,)),), 2, at + 50)
    results = {run: train(experiment, plan.epochs) for run, experiment in plan.runs().items()}
    assert (results[0, 0].stopped, results[0, 0].waited_for) == (at, "test_loss")
    (cell,) = summary(plan, results)
    assert at in cell.stopped
    assert "stopped early, at epoch" in describe_cell(cell)
    assert "since the test loss did not improve" in describe_cell(cell)
    assert train(STALLS, 5000).waited_for == "loss"
    assert train(OVERFITS, at - 1).stopped is None
