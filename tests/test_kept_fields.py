"""What was typed into the fields of race, sweep and exercise stands there when their panel comes again, or the page."""

import base64

import pytest

from playground.sharing.kept import pack
from tests.support.kept import kept_of
from tests.support.page import Page

TYPED = {
    "race_learning_rate_values": "0.05, 0.1, 100.0",
    "sweep_knob": "units",
    "sweep_units_values": "4, 6",
    "sweep_two": True,
    "sweep2_knob": "optimizer",
    "sweep2_optimizer_choices": ["adam", "momentum"],
    "sweep_seeds": "2",
    "sweep_epochs": "20",
}
RANGE = "0.001:1:log64"  # whose values in words are more characters than the field takes


def typed_in(values, **address):
    page = Page(**address)
    for name, value in values.items():
        page.set(**{name: value})
    return page


def reloaded(visit, **address):
    """The page of a new session, whose fields are drawn before the browser sends what it kept."""
    page = Page(**address)
    page.visit.kept.take_up(kept_of(visit))
    return page.run()


def shown(page, values):
    return {name: page.widget(name).value for name in values}


def test_what_is_typed_and_not_started_is_there_after_a_reload_and_then_the_visitors():
    page = typed_in(TYPED, view="race,sweep").click("step")
    other = reloaded(page.visit, view="race,sweep")
    assert shown(other, TYPED) == TYPED
    other.set(race_learning_rate_values="0.2, 0.3")
    assert other.widget("race_learning_rate_values").value == "0.2, 0.3"
    assert reloaded(other.visit, view="race").widget("race_learning_rate_values").value == "0.2, 0.3"


def test_what_raced_untyped_is_there_though_the_experiment_offers_other_values_by_then():
    page = Page(view="race")
    raced = page.widget("race_learning_rate_values").value
    page.click("race_start").click("race_turn").set(learning_rate=0.5)
    other = reloaded(page.visit, view="race", learning_rate="0.5")
    assert other.widget("race_learning_rate_values").value == raced
    assert Page(view="race", learning_rate="0.5").widget("race_learning_rate_values").value != raced


def test_a_range_is_there_as_it_was_typed():
    page = typed_in({"sweep_learning_rate_values": RANGE}, view="sweep").click("step")
    assert reloaded(page.visit, view="sweep").widget("sweep_learning_rate_values").value == RANGE


def test_a_panel_that_is_closed_and_opened_again_has_what_was_typed():
    page = typed_in(TYPED, view="race,sweep").set(views=[]).set(views=["race", "sweep"])
    assert shown(page, TYPED) == TYPED


def test_what_stays_in_sight_of_an_exercise_is_there_after_a_reload():
    page = Page().open("share").open("exercise_editor").set(exercise_show=["optimizer", "network"])
    other = reloaded(page.visit).open("share").open("exercise_editor")
    assert other.widget("exercise_show").value == ["optimizer", "network"]
    other.set(exercise_show=[]).set(exercise_show_nothing=True)
    again = reloaded(other.visit).open("share").open("exercise_editor")
    assert (again.widget("exercise_show").value, again.widget("exercise_show_nothing").value) == ([], True)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [5],
        {"race_knob": 5, "sweep_knob": "no setting", "sweep2_knob": ["units"], "sweep_two": "yes"},
        {"race_knob": "points", "race_learning_rate_values": "0" * 500, "sweep_seeds": True, "learning_rate": "9"},
        {"sweep_knob": "optimizer", "sweep_optimizer_choices": ["adam", "none"], "exercise_show": "x"},
        {"sweep_knob": "optimizer", "sweep_optimizer_choices": ["adam"] * 100, "exercise_show": [["x"]]},
    ],
)
def test_anything_else_in_the_storage_leaves_the_fields_as_they_are(kept):
    page = Page(view="race,sweep").click("step")
    names = ("race_knob", "race_learning_rate_values", "sweep_two", "sweep_seeds", "learning_rate")
    before = shown(page, names)
    message = kept_of(page.visit)
    message["parts"]["unfinished"] = base64.b64encode(pack({"fields": kept})).decode()
    page.visit.kept.take_up(message)
    page.run()
    assert shown(page, names) == before
    if page.widget("sweep_knob").value == "optimizer":
        assert len(page.widget("sweep_optimizer_choices").value) > 1
