"""The true border of a formula of two inputs, and that it is drawn."""

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.figures.palette import PALETTES
from playground.figures.plane import points_figure
from playground.problems.formulas import border_of, formula_of

RANGE = (-5.0, 5.0)
BORDERS = {  # a formula, and what is 0 along its border
    "y > x^2": lambda x1, x2: x2 - x1**2,
    "x**2 + y**2 < 9": lambda x1, x2: np.hypot(x1, x2) - 3,
    "x1*x2 > 1": lambda x1, x2: x1 * x2 - 1,
    "y > sin(3x)": lambda x1, x2: x2 - np.sin(3 * x1),
    "y > 0.3": lambda x1, x2: x2 - 0.3,
    "0 < y < x": lambda x1, x2: x2 * (x2 - x1),
    "where(x1 + x2 > 1, 1, 0)": lambda x1, x2: x1 + x2 - 1,
}


@pytest.mark.parametrize(("text", "zero"), BORDERS.items(), ids=BORDERS)
def test_the_border_is_where_the_class_changes(text, zero):
    x1, x2 = border_of(formula_of(text), RANGE, RANGE)
    inside = np.isfinite(x1)
    assert inside.sum() > 50
    np.testing.assert_allclose(zero(x1[inside], x2[inside]), 0, atol=1e-6)
    steps = np.hypot(np.diff(x1), np.diff(x2))
    assert np.nanmax(steps) < 0.2  # a line from cell to cell, and no leap


def test_a_ring_is_closed_and_two_branches_are_two_lines():
    x1, x2 = border_of(formula_of("x**2 + y**2 < 9"), RANGE, RANGE)
    assert np.isfinite(x1).all()
    assert (x1[0], x2[0]) == (x1[-1], x2[-1])
    assert np.isnan(border_of(formula_of("x1*x2 > 1"), RANGE, RANGE).x1).sum() == 1


def test_a_texture_has_no_border():
    assert border_of(formula_of("sin(50*x1) > sin(50*x2)"), RANGE, RANGE).x1.size == 0


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_border_is_drawn_over_the_points(palette):
    problem = Experiment(target="formula", formula="y > x**2").make_problem()
    *_, border = points_figure(palette, problem)["data"]
    assert (border["name"], border["mode"], border["line"]["dash"]) == ("true border", "lines", "dot")
    x1, x2 = (np.array(border[name], float) for name in ("x", "y"))
    np.testing.assert_allclose(x2, x1**2, atol=1e-6)


@pytest.mark.parametrize("fields", [{"problem": "circle"}, {"target": "formula", "formula": "x1 + x2"}], ids=str)
def test_nothing_else_has_a_border(fields):
    assert len(points_figure(PALETTES["light"], Experiment(**fields).make_problem())["data"]) == 3
