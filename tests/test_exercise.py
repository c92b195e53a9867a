"""An exercise in the address: its goal is read and checked, its text is text, and what it hides stays as it is."""

import pytest

from playground.exercises.task import MAX_TASK, read_task
from playground.exercises.visibility import PARTS, known_names
from playground.experiment import CONTROLS, Experiment
from playground.panels.inside import PANELS
from tests.support.visits import open_visit


def said(**query):
    message = open_visit(**query).visit.controls.message
    return message.text if message else ""


# --- The text ---------------------------------------------------------------------------------------------------------


def test_a_task_is_bounded_and_plain():
    assert read_task("  Two\r\nlines\x00 ") == ("Two\nlines", None)
    text, words = read_task("x" * (MAX_TASK + 1))
    assert text == "x" * MAX_TASK + "…"
    assert f"{MAX_TASK + 1:,} characters" in words
    assert words in said(task="x" * (MAX_TASK + 1))


# --- What is in sight -------------------------------------------------------------------------------------------------


def test_the_names_that_can_be_shown_are_those_of_controls_panels_and_parts():
    names = known_names(PANELS)
    assert {"layers", "layers_panel", "network"} <= {*names}
    assert len(names) == len({*names}) == len(CONTROLS) + len(PANELS) + len(PARTS)


def test_unknown_names_are_answered_and_the_others_hold():
    opened = open_visit(show="learning_rat,layers", noise="0.1")
    opened.visit.open_views(PANELS)
    assert (
        'no control or panel "learning_rat" to show; did you mean learning_rate?' in opened.visit.controls.message.text
    )
    assert opened.visit.exercise.visible.names == {"learning_rat", "layers"}
    assert opened.query["show"] == "learning_rat,layers"


def test_where_no_name_is_known_everything_stays_in_sight():
    visit = open_visit(show="xyzzy").visit
    visit.open_views(PANELS)
    assert visit.exercise.visible.names is None
    assert not visit.controls.fixed


@pytest.mark.parametrize("show", ["", "none", " None ,"])
def test_nothing_else_can_be_in_sight(show):
    visit = open_visit(show=show).visit
    visit.open_views(PANELS)
    assert (visit.exercise.visible.names, visit.controls.message) == (frozenset(), None)


def test_a_fixed_control_is_changed_by_no_message():
    opened = open_visit(show="learning_rate,activations")
    visit, state, _ = opened
    state |= {"learning_rate": "0.5", "activations_0": "tanh"}
    state |= {"noise": 0.4, "layers_0": 3, "layer_count": 2, "seed": "7"}
    visit.controls.apply_widgets()
    assert visit.player.experiment == Experiment(learning_rate=0.5, activations=("tanh",))
    visit, state, _ = open_visit(show="layers", activations="tanh")
    state |= {"layer_count": 2, "layers_1": 5, "activations_1": "relu"}
    visit.controls.apply_widgets()
    assert visit.player.experiment == Experiment(layers=(20, 5), activations=("tanh", "tanh"))


def test_own_points_that_are_fixed_cannot_be_moved():
    visit = open_visit(show="", target="points").visit
    before = visit.player.experiment
    visit.own_points.change_point({"from": None, "to": [0.5, 0.5]})
    assert visit.player.experiment == before
