"""A refusal belongs to what was refused: it blocks nothing else, and it goes when that is no longer in question."""

import pytest

from playground.experiment import Experiment
from playground.sharing.saved import write_run
from tests.support.page import Page
from tests.support.visits import open_visit

GOOD, OTHER, BAD = b"x,y\n0,1\n1,2\n2,3\n", b"x,y\n5,1\n6,0\n", b"x,y\n1,2\n3,abc\n"
REFUSED = ["x +", "foo(x)", "1 / x", ""]


def own_points(page, name, content):
    page.app.file_uploader(key="own_file").upload(name, content)
    return page.run()


@pytest.mark.parametrize("formula", REFUSED)
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"learning_rate": 0.25}, {"learning_rate": 0.25}),
        ({"layers_0": 7}, {"layers": (7,)}),
        ({"points": 40}, {"points": 40}),
        ({"speed": 100}, {"speed": 100}),
        ({"optimizer": "adam"}, {"optimizer": "adam"}),
        ({"layer_count": 2}, {"layers": (20, 20), "activations": ("sigmoid", "sigmoid")}),
        ({"target": "step"}, {"target": "step", "formula": ...}),
    ],
    ids=str,
)
def test_while_a_formula_is_refused_every_other_control_works(formula, changes, expected):
    page = Page(target="formula", formula="cos(x)").set(formula=formula).set(**changes)
    expected = {"target": "formula", "formula": "cos(x)"} | expected
    if expected["formula"] is ...:  # another target is learnt, and nobody asks what the formula says
        expected["formula"] = formula
    assert page.experiment == Experiment(**expected)
    assert page.said("error") == (expected["target"] == "formula")
    if page.said("error"):
        assert "In use: y = cos(x); everything else as chosen." in page.message
        assert page.widget("formula").value == formula  # what was typed is still there


def test_training_goes_on_with_the_formula_in_use(page):
    page.set(target="formula").set(formula="cos(x)").set(formula="x +").click("step").click("reset").click("train")
    assert (page.experiment.formula, page.player.playing) == ("cos(x)", True)
    page.set(learning_rate=0.2, formula="x + 1")
    assert (page.experiment.formula, page.experiment.learning_rate) == ("x + 1", 0.2)


def test_two_refused_changes_leave_the_rest(page):
    page.set(target="formula").set(formula="x +").set(low=7.0).set(noise=0.5)
    assert page.experiment == Experiment(target="formula", noise=0.5)
    page.set(formula="x + 1").set(low=-2.0)
    assert page.experiment == Experiment(target="formula", noise=0.5, formula="x + 1", low=-2.0)


def test_a_range_on_which_a_refused_formula_has_values_takes_both(page):
    page.set(target="formula").set(formula="log(x)").set(low=1.0)
    assert page.experiment == Experiment(target="formula", formula="log(x)", low=1.0)
    assert not page.said("error")


def test_a_suggestion_leaves_what_is_being_typed(page):
    page.set(target="formula").set(formula="x +")
    page.visit.controls.take(page.experiment.changed(learning_rate=0.2))
    page.run()
    assert page.widget("formula").value == "x +"
    assert page.experiment.learning_rate == 0.2


@pytest.mark.parametrize("act", ["train", "step", "reset", "new_start"])
def test_the_next_act_of_training_clears_a_refusal(page, act):
    page.set(target="points")
    own_points(page, "bad.csv", BAD)
    assert page.said("error")
    page.click(act)
    assert not page.said("error")


def test_a_good_file_after_a_bad_one_leaves_no_error_even_if_it_is_the_one_in_use(page):
    page.set(target="points")
    own_points(page, "good.csv", GOOD)
    in_use = page.experiment.own
    for good in (GOOD, OTHER):
        own_points(page, "bad.csv", BAD)
        assert page.said("error")
        assert page.message.startswith("bad.csv: ")
        assert page.experiment.own == in_use
        own_points(page, "good.csv", good)
        assert not page.said("error")
        in_use = page.experiment.own


def test_a_refused_file_is_not_shown_as_if_it_were_in_use(page):
    page.set(target="points")
    for _ in range(5):
        own_points(page, "bad.csv", BAD)
        assert page.app.file_uploader(key="own_file").value is None
    own_points(page, "good.csv", GOOD)
    assert page.app.file_uploader(key="own_file").value is not None
    page.app.file_uploader(key="own_file").set_value(None)
    page.run()
    assert not page.said("error")
    assert page.experiment.own.startswith("x,y\n0")  # the points stay


def test_a_change_of_the_points_clears_the_refusal_of_a_file():
    visit = open_visit(target="points").visit
    visit.controls.reject("bad.csv: wrong")
    visit.own_points.change_point({"from": None, "to": [0.5, 7]})
    assert visit.controls.message is None


def test_a_race_a_moment_a_pause_and_the_x_of_a_file_clear_a_refusal():
    visit = open_visit().visit
    for act in (
        lambda: visit.race.start("learning_rate", (0.1, 0.2), ("0.1", "0.2")),
        lambda: visit.controls.go_to(0),
        visit.controls.step,
        visit.controls.pause,
        visit.own_points.file.take,  # of no file: the × was pressed
    ):
        visit.controls.reject("Wrong.")
        act()
        assert visit.controls.rejection is None


def test_opening_a_saved_run_leaves_the_lesson_and_the_race():
    saved = write_run(open_visit(seed="3").visit.player)
    page = Page(lesson="one_unit", view="race").click("race_start")
    assert page.visit.race.race is not None
    page.open("share")
    uploader = next(each for each in page.app.file_uploader if each.key.startswith("saved_run"))
    uploader.upload("run.json", saved)
    page.run()
    assert page.experiment == Experiment(seed=3)
    assert page.visit.lesson.lesson is None
    assert page.visit.race.race is None
    assert "lesson" not in page.app.query_params
    assert "Lesson" not in page.text


def test_an_undo_brings_back_a_formula_that_would_be_asked_about():
    visit = open_visit(target="formula", formula="x2 + 1").visit
    visit.own_changes.change("formula", "sin(x)")
    visit.own_changes.undo("formula")
    assert visit.player.experiment.formula == "x2 + 1"
