"""Own data on the page: formulas and points are learnt, or rejected with a reason."""

import numpy as np
import pytest

from playground.problems.tables import read_table
from tests.support.visits import open_visit


def test_a_formula_is_learnt(page):
    page.set(target="formula").set(formula="y = x ** 2 / 10")
    x, y = page.player.problem.samples
    np.testing.assert_allclose(y, x**2 / 10)
    page.click("step")
    assert page.epoch == 12


@pytest.mark.parametrize("formula", ["x +", "x2", "__import__('os')", "x.real", "1 / x", "", "exp(exp(x ** 2))"])
def test_an_invalid_formula_is_reported_and_changes_nothing(page, formula):
    page.set(target="formula").set(formula="sin(x)").click("step")
    page.set(formula=formula)
    assert page.said("error")
    assert page.message.endswith("The run continues unchanged.")
    assert page.experiment.formula == "sin(x)"
    assert page.epoch == 12
    page.set(formula="cos(x)")
    assert not page.said("error")


def test_the_invalid_character_is_pointed_at(page):
    page.set(target="formula").set(formula="sin(x) + y")
    assert page.app.sidebar.code[0].value == "sin(x) + y\n         ^"


def test_own_points_are_learnt(page):
    page.set(target="points").click("step")
    table = read_table(page.experiment.own.encode())
    np.testing.assert_array_equal(page.player.problem.samples, np.vstack([table.Xs, table.Ys]))
    for name in ("low", "high", "points", "noise", "formula"):
        with pytest.raises(KeyError):
            page.widget(name)


def points_after(*changes):
    """The own points of a visit after changes that the fit chart sent; and the visit's message."""
    visit = open_visit(target="points").visit
    for change in changes:
        visit.own_points.change_point(change)
    return visit.own_points.table, visit.controls.message


GONE = [{"from": [x, y], "to": None} for x, y in [(-2, 1), (-1, 0), (0, 1), (1, 0)]]


def test_the_chart_adds_removes_and_moves_points():
    table, _ = points_after(
        {"from": None, "to": [0.5, 7]}, {"from": [-2, 1], "to": [-3, 2.5]}, {"from": [1.0, 0.0], "to": None}
    )
    assert sorted(zip(table.Xs[0], table.Ys[0], strict=True)) == [(-3, 2.5), (-1, 0), (0, 1), (0.5, 7), (2, 1)]


@pytest.mark.parametrize(
    "change",
    [
        None, 5, "x", [], {}, {"from": "a", "to": [1]}, {"to": [float("nan"), 0]}, {"to": [1e999, 0]},
        {"to": [True, 1]},
        {"from": [9, 9], "to": None}, {"to": [1, 2, 3]}, {"to": [1e300, 0]},
    ],
)  # fmt: skip
def test_an_invalid_change_of_a_point_is_ignored(change):
    table, _ = points_after(change)
    assert table.Xs[0].tolist() == [-2, -1, 0, 1, 2]


def test_the_last_two_points_stay():
    table, message = points_after(*GONE)
    assert len(table.Xs[0]) == 2
    assert "at least 2 rows" in message.text


# --- Beside the field of the formula ----------------------------------------------------------------------------------


def beside(page):
    """What the sidebar says, without the escapes of Markdown."""
    return [caption.value.replace("\\", "") for caption in page.app.sidebar.caption]


def test_the_formula_as_understood_stands_beside_it(page):
    page.set(target="formula").set(formula="2x sin²x")
    assert page.experiment.formula == "2*x*sin(x)**2"
    assert page.widget("formula").value == "2x sin²x"
    assert "Understood as `y = 2*x*sin(x)**2`." in beside(page)
    page.set(learning_rate=0.2)  # and stays there
    assert "Understood as `y = 2*x*sin(x)**2`." in beside(page)
    page.set(formula="2 * x")
    assert not any("Understood" in caption for caption in beside(page))


def test_a_border_has_two_classes_and_says_so(page):
    page.set(target="formula").set(formula="y > x^2").set(loss="cross_entropy")
    assert page.player.problem.classes == 2
    assert "Understood as `x2 > x1**2`." in beside(page)
    assert (
        "Two inputs, x1 across and x2 up. The class is 1 where it holds, else 0; the dotted line is the border."
        in beside(page)
    )


def test_x2_where_a_curve_is_learnt_is_asked_about_and_the_curve_stays(page):
    page.set(target="formula").set(formula="sin(x)").set(formula="x2 + 1").set(learning_rate=0.2)
    assert page.said("error")
    assert "Write x**2 for the square of x, 2*x for twice x" in page.message
    assert (page.experiment.formula, page.experiment.learning_rate) == ("sin(x)", 0.2)
    assert "In use meanwhile: `y = sin(x)`." in beside(page)
    assert page.app.sidebar.code[0].value == "x2 + 1\n^"
    page.set(formula="f(x1, x2) = x2 + 1")
    assert (page.player.problem.n_inputs, page.said("error")) == (2, False)
    page.set(formula="x2 + 2")  # two inputs are learnt now
    assert (page.experiment.formula, page.said("error")) == ("x2 + 2", False)


@pytest.mark.parametrize(("formula", "words"), [("x +", "A value is missing at the end"), ("1 / x", "no finite value")])
def test_a_refused_formula_is_explained_beside_it_until_it_is_another(page, formula, words):
    page.set(target="formula").set(formula="cos(x)").set(formula=formula).click("step")
    assert not page.said("error")
    assert any(words in caption for caption in beside(page))
    assert "In use meanwhile: `y = cos(x)`." in beside(page)
    page.set(formula="cos(x)")
    assert not any("meanwhile" in caption for caption in beside(page))
