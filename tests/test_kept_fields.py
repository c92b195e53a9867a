"""After a reload the fields of the race and the sweep show what raced and what was swept."""

from playground.compare.sweep import SweepPlan
from playground.experiment import Experiment
from playground.session.sweep import Axis, KeptSweep
from tests.support.kept import kept_of
from tests.support.page import Page
from tests.support.visits import open_visit

RATES = Axis("learning_rate", (0.05, 0.1, 100.0), ["0.05", "0.1", "100.0"])
AXES = (Axis("units", (4, 6), ["4", "6"]), Axis("optimizer", ("adam", "momentum"), ["Adam", "Momentum"]))
PLAN = SweepPlan(Experiment(), tuple((axis.name, axis.values) for axis in AXES), 2, 20)


def test_the_fields_show_again_what_raced_and_was_swept():
    visit = open_visit().visit
    visit.race.start(*RATES)
    visit.sweep.go_on(KeptSweep(PLAN, AXES, {}, None, "The sweep was cancelled."), 0)
    page = Page(view="race,sweep")  # whose fields are drawn before the browser sends what it kept
    page.visit.kept.take_up(kept_of(visit))
    page.run()
    shown = {"race_knob": "learning_rate", "race_learning_rate_values": "0.05, 0.1, 100.0", "sweep_knob": "units"}
    shown |= {"sweep_units_values": "4, 6", "sweep_two": True, "sweep2_knob": "optimizer"}
    shown |= {"sweep2_optimizer_choices": ["adam", "momentum"], "sweep_seeds": "2", "sweep_epochs": "20"}
    assert {name: page.widget(name).value for name in shown} == shown
    page.set(race_learning_rate_values="0.2, 0.3")
    assert page.widget("race_learning_rate_values").value == "0.2, 0.3"  # from then on it is the visitor's again


def test_fields_that_cannot_show_what_was_kept_stay_as_they_are():
    page = Page(view="race,sweep")
    before = {name: page.widget(name).value for name in ("race_knob", "sweep_knob")}
    page.visit.race._fields = Axis("points", (5, 6), ["5", "6"])  # of the data, in which no race differs
    sweep = KeptSweep(PLAN, (Axis("optimizer", ("adam", "none"), ["Adam", "None"]),), {}, None, None)
    page.visit.sweep._fields = sweep
    page.run()
    assert page.widget("race_knob").value == before["race_knob"]
    assert set(page.widget("sweep_optimizer_choices").value) > {"adam"}
    page.visit.sweep._fields = sweep._replace(axes=(Axis("learning_rate", (0.1,), ["x" * 500]),))
    page.run()
    assert len(page.widget("sweep_learning_rate_values").value) < 400
