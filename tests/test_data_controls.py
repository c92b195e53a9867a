"""One's own data on the page: formulas and points are taken, refused in words, undone and given back."""

import numpy as np
import pytest

from playground.table import read_table
from tests.test_app import Page


@pytest.fixture
def page():
    return Page()


def test_a_formula_of_ones_own_is_learnt(page):
    page.set(target="formula").set(formula="y = x ** 2 / 10")
    x, y = page.player.problem.points
    np.testing.assert_allclose(y, x**2 / 10)
    page.click("step")
    assert page.epoch == 12


@pytest.mark.parametrize("formula", ["x +", "2x", "__import__('os')", "x.real", "1 / x", "", "exp(exp(x ** 2))"])
def test_what_is_no_good_formula_is_told_and_loses_nothing(page, formula):
    page.set(target="formula").set(formula="sin(x)").click("step")
    page.set(formula=formula)
    assert page.said("error")
    assert page.message.endswith("The run goes on as it was.")
    assert page.experiment.formula == "sin(x)"
    assert page.epoch == 12
    page.set(formula="cos(x)")
    assert not page.said("error")


def test_the_character_that_is_wrong_is_pointed_at(page):
    page.set(target="formula").set(formula="sin(x) + y")
    assert page.app.sidebar.code[0].value == "sin(x) + y\n         ^"


def test_own_points_are_learnt_and_given_back(page):
    page.set(target="points").click("step")
    table = read_table(page.experiment.own.encode())
    np.testing.assert_array_equal(page.player.problem.points, np.vstack([table.Xs, table.Ys]))
    for name in ("low", "high", "points", "noise", "formula"):
        with pytest.raises(KeyError):
            page.widget(name)
