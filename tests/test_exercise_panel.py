"""An exercise on the page: above the board, with only what it names in sight; it outlives every change."""

import json
import math

import pytest

from playground.exercises.visibility import panel_name
from playground.experiment import CONTROLS
from playground.panels import training
from playground.panels.inside import PANELS
from playground.problems.measures import measure
from playground.session.control_values import key_of
from tests.support.page import Page, _elements
from tests.support.payload import unpack

TASK = "Make it <b>fit</b>, **please**\n$x$ [now](javascript:alert(1))"
ALL = {"task": TASK, "goal": "loss<0.2,epoch<=2000", "show": "layers,learning_rate,network"}


def exercise_of(page):
    """What the component of the exercise is sent."""
    for each in _elements(page.app.main):
        if each.type == "bidi_component" and each.proto.component_name.endswith(".exercise"):
            return json.loads(each.proto.json)
    return None


def keys_on(page):
    return {
        each.key for each in [*_elements(page.app.main), *_elements(page.app.sidebar)] if getattr(each, "key", None)
    }


def test_a_page_without_an_exercise_has_none():
    assert exercise_of(Page()) is None


def test_the_task_and_each_part_of_the_goal_with_its_value_are_sent_as_they_are():
    page = Page(**ALL)
    sent = exercise_of(page)
    assert sent["task"] == TASK
    assert TASK not in page.text
    assert [part["words"] for part in sent["conditions"]] == ["Loss < 0.2", "Epoch ≤ 2,000"]
    assert [part["value"] for part in sent["conditions"]] == [page.player.trainer.loss, 0]
    assert sent["reached"] is None


def test_a_goal_about_a_measure_says_where_it_stands_in_the_frames_which_then_bring_it():
    page = Page(goal="test_precision>0.9,recall>0.5,loss<1", problem="rings", test_fraction="0.3", loss="cross_entropy")
    sent = exercise_of(page)["conditions"]
    assert [part["places"] for part in sent] == [[6, 7, 8], [3, 4, 5], []]
    trained, test = measure(page.player.problem, page.player.trainer.network)
    undefined = any(map(math.isnan, test[:3]))
    assert sent[0]["value"] == (None if undefined else min(test[:3]))
    assert sent[1]["value"] == min(trained[3:])
    assert "measures" in unpack(training._payload(page.visit))[1]
    assert "measures" not in unpack(training._payload(Page(goal="loss<1").visit))[1]
    assert page.visit.exercise.needs_measures
    assert not Page(goal="loss<1").visit.exercise.needs_measures


def test_only_what_is_named_is_in_sight():
    page = Page(**ALL)
    keys = keys_on(page)
    shown = {"layer_count", "layers_0", "learning_rate", "views"}
    assert shown <= keys
    others = {key_of(name, 0 if control.per_layer else None) for name, control in CONTROLS.items()}
    assert not keys & (others - shown)
    assert not keys & {"new_start", "suit", "share", "lessons"}
    assert {"train", "step", "reset"} <= keys
    assert list(page.widget("views").options) == ["Network"]
    assert not page.app.expander


def test_where_nothing_is_named_there_is_no_sidebar():
    page = Page(show="", goal="loss<0.2")
    assert not page.app.sidebar.children
    assert "views" not in keys_on(page)
    page.click("step").click("train").click("pause")
    assert page.epoch > 0


NEEDED = {  # for a control to be on the page
    "momentum": {"optimizer": "momentum"},
    "decay": {"optimizer": "rmsprop"},
    **{name: {"optimizer": "adam"} for name in ("beta1", "beta2", "epsilon")},
    "period": {"schedule": "step"},
    "formula": {"target": "formula"},
    "own": {"target": "points"},
    "features": {"problem": "rings"},
}


@pytest.mark.parametrize("name", [None, *NEEDED])
def test_every_control_and_panel_can_be_named(name):
    panels = dict.fromkeys(map(panel_name, PANELS), "views")
    names = [name] if name else [each for each in (*CONTROLS, *panels) if each not in NEEDED]
    page = Page(show=",".join(names), **NEEDED.get(name, {}))
    keys = {"own": "own_inputs", "layers": "layers_0", "activations": "activations_0", **panels}
    assert {keys.get(each, each) for each in names} <= keys_on(page)
    assert name is None or "speed" not in keys_on(page)


def test_an_exercise_survives_whatever_changes_the_address():
    page = Page(**ALL)
    query = dict(page.app.query_params)
    page.set(learning_rate=0.5, layers_0=5)
    page.click("step").click("reset")
    for name in ALL:
        assert page.app.query_params[name] == query[name]
    page = Page(task=TASK, goal="loss<0.2").click("new_start").set(problem="rings").click("suit")
    page.open("lessons").click("lesson_one_unit").click("lesson_leave")
    assert exercise_of(page)["task"] == TASK


def test_a_reached_goal_is_marked_and_stays_so():
    page = Page(**ALL, speed="1000").click("step").click("step")
    assert page.player.trainer.loss < 0.2
    reached = exercise_of(page)["reached"]
    losses = page.player.trainer.history
    assert reached == losses.epochs[losses.losses < 0.2][0]
    page.click("reset")
    assert exercise_of(page)["reached"] == reached
