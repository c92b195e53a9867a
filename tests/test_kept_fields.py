"""What was chosen or typed in a panel stands there when the panel comes again, or the page."""

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
    page.visit.taking_up.take_up(kept_of(visit))
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


PLANE = {"problem": "circle", "layers": "4,3", "activations": "tanh,tanh"}
CHOSEN = [  # the address, and what is chosen, in order
    ({"view": "gradient"}, {"check_epsilon": -7, "check_dtype": "float32", "check_mistake": "m"}),
    ({"view": "gradient"}, {"check_mistake": "m", "check_epsilon": -5}),
    ({"view": "backprop"}, {"walk_scope": "one example", "walk_example": 7, "walk_unit": "2"}),
    ({"view": "backprop"}, {"walk_unit": "2", "walk_column": "7"}),
    ({"view": "network", "face": "forward"}, {"network_walk": "unit by unit"}),
    ({"view": "units", **PLANE}, {"units_layer_choice": 1}),
]


@pytest.mark.parametrize(("address", "chosen"), CHOSEN)
def test_choices_in_a_panel_are_there_after_a_reload_and_when_it_is_opened_again(address, chosen):
    page = Page(**address)
    for name, value in chosen.items():
        page.set(**{name: value})
    assert shown(page, chosen) == chosen
    assert shown(page.set(views=[]).set(views=[address["view"]]), chosen) == chosen
    assert shown(reloaded(page.visit, **address), chosen) == chosen


def test_the_loss_by_seconds_is_there_after_a_reload():
    page = Page(view="compare").click("step").click("pin").set(learning_rate=0.2).set(compare_by="seconds")
    assert shown(reloaded(page.visit, view="compare", learning_rate="0.2"), {"compare_by": "seconds"})


def test_walks_are_where_they_were_after_a_reload():
    page = Page(view="backprop,network", face="forward").click("walk_next").click("walk_next")
    page.set(network_walk="layer by layer").click("network_walk_next").click("network_walk_next")
    other = reloaded(page.visit, view="backprop,network", face="forward")
    for part in ("**3 of", "· Back"):
        assert [text for text in other.text.splitlines() if part in text] == [
            text for text in page.text.splitlines() if part in text
        ]
    assert other.text.count("**3 of") == 2


def test_the_parts_of_a_goal_that_is_being_made_are_there_after_a_reload():
    parts = {"exercise_quantity": "epoch", "exercise_mark": "<=", "exercise_number": "20"}
    page = Page().open("share").open("exercise_editor").set(**parts)
    assert shown(reloaded(page.visit).open("share").open("exercise_editor"), parts) == parts


def test_a_unit_that_is_selected_later_is_the_one_whose_sum_is_shown_after_a_reload():
    page = Page(view="backprop,network").set(walk_unit="3").set(select_unit=5)
    assert page.widget("walk_unit").value == "5"
    assert reloaded(page.visit, view="backprop,network").widget("walk_unit").value == "5"


def test_what_cannot_be_chosen_here_is_not_shown():
    page = Page(view="gradient,backprop,network,units", face="forward", **PLANE)
    names = ("check_epsilon", "check_dtype", "check_mistake", "walk_scope", "network_walk", "units_layer_choice")
    before = shown(page, names)
    kept = {
        "check_epsilon": 5,
        "check_dtype": ["float32"],
        "check_mistake": ["m"],
        "walk_scope": "all",
        "walk_stage": -4,
        "network_walk": ["off"],
        "network_walk_place": "2",
        "units_layer_choice": 99,
    }
    message = kept_of(page.click("step").visit)
    message["parts"]["unfinished"] = base64.b64encode(pack({"fields": kept})).decode()
    other = Page(view="gradient,backprop,network,units", face="forward", **PLANE)
    other.visit.taking_up.take_up(message)
    assert shown(other.run(), names) == before
    assert "**1 of" in other.text  # of the walk's stages


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
    page.visit.taking_up.take_up(message)
    page.run()
    assert shown(page, names) == before
    if page.widget("sweep_knob").value == "optimizer":
        assert len(page.widget("sweep_optimizer_choices").value) > 1
