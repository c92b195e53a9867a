"""The form of the lessons. Their claims are proved in test_lessons_*.py, on the very runs that they open."""

import re

import pytest

from playground.analysis.walk import walk
from playground.lessons import LESSONS, Lesson
from playground.lessons.back_propagating import BACK_PROPAGATING
from playground.lessons.descending import DESCENDING
from playground.lessons.evaluating import EVALUATING
from playground.panels.inside import PANELS
from playground.player import Player
from playground.sharing.links import from_query, to_query

EVERY = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


def test_the_lessons_are_in_the_order_of_the_posts():
    assert list(LESSONS.values()) == [*EVALUATING, *BACK_PROPAGATING, *DESCENDING]
    assert len(LESSONS) >= 14


@EVERY
def test_a_lesson_is_a_short_text(lesson):
    assert isinstance(lesson, Lesson)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", lesson.name)
    sentences = len(re.findall(r"[.?!](?=\s|$)", lesson.explanation))
    assert 3 <= sentences <= 6
    limits = {"title": 50, "question": 220, "look": 120, "explanation": 420, "goal": 130}
    assert {name: len(getattr(lesson, name)) for name in limits if len(getattr(lesson, name)) > limits[name]} == {}
    assert lesson.question.endswith("?")
    assert lesson.goal.endswith(".")
    assert lesson.explanation.count("$") % 2 == lesson.explanation.count("**") % 2 == 0


@EVERY
def test_choices_are_few_short_and_different(lesson):
    assert 2 <= len(set(lesson.choices)) == len(lesson.choices) <= 4
    assert max(map(len, lesson.choices)) <= 45
    assert lesson.right in range(len(lesson.choices))


def test_the_right_choice_is_not_always_in_the_same_place():
    places = [lesson.right for lesson in LESSONS.values()]
    assert max(places.count(place) for place in set(places)) <= len(places) / 2
    assert len(set(places)) == 3


@EVERY
def test_an_explanation_names_the_panels_that_it_points_to(lesson):
    assert lesson.views
    assert set(lesson.views) <= set(PANELS)
    named = set(re.findall(r"\*\*(.+?)\*\*", lesson.explanation))
    assert named == {PANELS[view].label for view in lesson.views}


@EVERY
def test_a_stage_is_one_of_the_walk_and_the_walk_is_open(lesson):
    assert (lesson.stage is not None) == ("backprop" in lesson.views)
    if lesson.stage:
        stages = walk(Player(lesson.experiment).trainer)
        assert sum(stage.name.startswith(lesson.stage) for stage in stages) == 1


@EVERY
def test_a_lesson_fits_into_a_link(lesson):
    start, errors = from_query(to_query(lesson.experiment))
    assert (start.experiment, errors) == (lesson.experiment, [])


def test_titles_are_different():
    assert len({lesson.title for lesson in LESSONS.values()}) == len(LESSONS)
