"""The lessons on the page: predict, train, reveal, reach the goal; and a link of its own for each."""

import pytest

from playground.experiment import Experiment
from playground.lessons import LESSONS
from tests.support.page import Page

FIRST = next(iter(LESSONS.values()))


def texts(page):
    return "\n".join(element.value for kind in ("markdown", "info", "success") for element in page.app.get(kind))


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_has_a_link_that_opens_its_experiment(name):
    page = Page(lesson=name)
    assert page.experiment == LESSONS[name].experiment
    assert set(page.app.session_state["views"]) == set(LESSONS[name].views)
    assert LESSONS[name].title in texts(page)
    assert LESSONS[name].question in texts(page)
    assert LESSONS[name].explanation not in texts(page)
    page.click("step").click("lesson_reveal")
    assert LESSONS[name].explanation in texts(page)
    assert LESSONS[name].goal in texts(page)


def test_a_link_into_a_lesson_keeps_what_was_changed_in_it():
    assert Page(lesson=FIRST.name, learning_rate="0.3").experiment == Experiment(learning_rate=0.3)


@pytest.mark.parametrize("right", [True, False])
def test_a_prediction_is_judged_once_it_is_revealed_and_then_stays(right):
    page = Page(lesson=FIRST.name)
    answer = FIRST.right if right else (FIRST.right + 1) % len(FIRST.choices)
    assert page.widget("lesson_reveal").disabled
    page.click(f"answer_{answer}").click("step").click("lesson_reveal")
    assert (f"Right: {FIRST.choices[FIRST.right]}" in texts(page)) == right
    assert (f"the answer is: {FIRST.choices[FIRST.right]}" in texts(page)) != right
    assert f"{FIRST.choices[answer]} (your prediction)" in texts(page)
    assert not [button for button in page.app.button if button.key.startswith("answer")]


def test_the_menu_begins_a_lesson_and_next_goes_on_and_leave_keeps_the_run():
    page = Page().click("step").open("lessons").click(f"lesson_{FIRST.name}")
    assert page.epoch == 0
    assert not page.app.session_state["lessons"]
    assert page.app.query_params["lesson"] == FIRST.name
    assert set(FIRST.views) <= set(page.app.session_state["views"])
    page.click("lesson_next")
    second = list(LESSONS.values())[1]
    assert page.app.query_params["lesson"] == second.name
    assert page.visit.lesson.predicted is None
    page.click("step").click("lesson_leave")
    assert "lesson" not in page.app.query_params
    assert page.epoch > 0
    assert page.experiment == second.experiment


def test_a_reached_goal_is_reported():
    page = Page(lesson=FIRST.name).click("step").click("lesson_reveal")
    assert f"Goal: {FIRST.goal}" in texts(page)
    page.click("reset").set(hand_number=0.8).set(select_input=1).set(hand_number=0.1)
    assert (page.epoch, page.player.trainer.network.parameters.tolist()) == (0, [0.8, 0.1])
    assert f"Goal reached. {FIRST.goal}" in texts(page)
    assert page.visit.lesson.done == {FIRST.name}


def test_the_stage_that_an_explanation_points_to_is_opened():
    lesson = next(lesson for lesson in LESSONS.values() if lesson.stage)
    page = Page(lesson=lesson.name).click("step").click("lesson_reveal").click("lesson_stage")
    assert "backprop" in page.app.session_state["views"]
    assert lesson.stage in page.app.container(key="backprop-stage").markdown[0].value


def test_a_divergence_is_explained_once_and_leads_to_its_lesson():
    page = Page(learning_rate="50", speed="1000").click("step")
    assert page.player.trainer.diverged
    assert not [button for button in page.app.button if button.key == "why_change"]
    page.click("recover_lesson")
    assert page.app.query_params["lesson"] == "stable_edge"
    assert page.epoch == 0
