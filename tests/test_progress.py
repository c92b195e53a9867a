"""Progress outlives the visit: what a browser has kept is added, checked, and forgotten when the visitor asks."""

import json

import pytest

from playground.lessons import LESSONS
from playground.session.exercise import MAX_KNOWN
from playground.session.progress import MAX_CHARACTERS
from tests.support.page import Page
from tests.support.visits import open_visit

LESSON = LESSONS["one_unit"]
QUERY = {"task": "Fit", "goal": "epoch>=12"}


def kept_by(visit):
    """What a browser has of a visit, as it sends it."""
    return {"progress": json.dumps(json.loads(visit.progress.part)["entries"])}


def reached_visit():
    visit = open_visit(**QUERY, lesson=LESSON.name).visit
    visit.lesson.predict(1)
    visit.lesson.done.add(LESSON.name)
    visit.step(None)
    visit.check_goals()
    assert visit.exercise.reached == 12
    return visit


def test_another_visit_has_the_lessons_predictions_and_goals_of_the_one_before():
    before = reached_visit()
    visit = open_visit(**QUERY, lesson=LESSON.name).visit
    visit.progress.take_up(kept_by(before))
    assert (visit.lesson.done, visit.lesson.predicted, visit.exercise.reached) == ({LESSON.name}, 1, 12)
    assert visit.progress.entries == before.progress.entries
    assert visit.progress.in_words == "1 lesson done, 1 prediction, 1 exercise"
    other = open_visit(task="Fit!", goal="epoch>=12").visit
    other.progress.take_up(kept_by(before))
    assert other.exercise.reached is None


def test_it_is_given_to_the_browser_when_it_changes_and_not_before():
    visit = open_visit(**QUERY).visit
    assert visit.keeping.parts() == {}
    visit.step(None)
    visit.check_goals()
    assert json.loads(visit.keeping.parts()["progress"]) == {
        "forgets": 0, "entries": {f"goal.{visit.exercise.name}": 12},
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        None, 5, b"{}", "", "{", "[]", "null", "[" * 15_000, "x" * (MAX_CHARACTERS + 1),
        '{"done.one_unit": 1' + " " * MAX_CHARACTERS + "}",
        '{"done.nothing": 1, "predicted.one_unit": 9, "goal.zz": 1, "": 1, "goal": 1, "other.one_unit": 1}',
        '{"done.one_unit": true, "predicted.one_unit": -1, "goal.0123456789abcdef": 1e300}',
        '{"done.one_unit": [], "predicted.one_unit": "1", "goal.0123456789abcdef": null}',
        '{"goal.0123456789abcdef": ' + "9" * 4000 + "}",
    ],
)  # fmt: skip
def test_whatever_else_a_browser_sends_changes_nothing(text):
    visit = open_visit(**QUERY).visit
    visit.progress.take_up({"progress": text})
    visit.taking_up.take_up({"progress": text})
    assert visit.progress.entries == {}
    assert visit.controls.message is None


def test_it_is_bounded():
    visit = open_visit(**QUERY).visit
    for i in range(MAX_KNOWN + 10):
        visit.exercise.note(f"{i:016x}", i)
    assert len(visit.exercise.known) == MAX_KNOWN
    assert len(visit.progress.part) < MAX_CHARACTERS


def test_it_can_be_forgotten():
    page = Page(**QUERY).click("step")
    assert "Kept in this browser: 1 exercise." in [each.value for each in page.open("lessons").app.caption]
    page.click("forget")
    assert page.visit.progress.forgets == 1
    assert page.visit.exercise.known == {}
    assert not [each for each in page.app.caption if "Kept in this browser" in each.value]
