"""Axes of numbers that are far from 0 for their span, very small or very large: they can be read."""

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.figures.axes import digits, readable_axis
from playground.figures.fit import fit_figure, fit_ranges
from playground.figures.palette import PALETTES
from playground.problems.grid import evaluation_grid


@pytest.mark.parametrize("range_", [[-1.6, 1.6], [0.0, 1000.0], [-250.0, 1250.0], [900.0, 1100.0], [0.0, 0.05]])
def test_ordinary_numbers_have_a_plain_axis(range_):
    assert readable_axis("y", range_) == {"title": "y", "range": range_}


@pytest.mark.parametrize(
    ("range_", "title"),
    [
        ([1e6 - 1.6, 1e6 + 1.6], "y − 1,000,000"),
        ([-1e6 - 1.6, -1e6 + 1.6], "y + 1,000,000"),
        ([-1.6e-9, 1.6e-9], "y, in 10⁻⁹"),
        ([-2e7, 2e7], "y, in 10⁶"),
        ([1 - 1e-9, 1 + 1e-9], "y − 1, in 10⁻⁹"),
    ],
)
def test_the_title_says_what_the_numbers_leave_out(range_, title):
    axis = readable_axis("y", range_)
    assert axis["title"] == title
    assert 3 <= len(axis["tickvals"]) <= 8
    assert all(len(text) <= 6 for text in axis["ticktext"])
    assert len(set(axis["ticktext"])) == len(axis["ticktext"])
    assert all(range_[0] <= value <= range_[1] for value in axis["tickvals"])


@pytest.mark.parametrize(
    "range_", [[1e6 - 1.6, 1e6 + 1.6], [-1.6e-9, 1.6e-9], [3e4, 3e4 + 4], [-2e7, 2e7], [0.0, 5e300]]
)
def test_a_tick_is_where_its_number_says(range_):
    axis = readable_axis("y", range_)
    texts = [float(text.replace("−", "-")) for text in axis["ticktext"]]
    steps = np.diff(axis["tickvals"]) / np.diff(texts)
    np.testing.assert_allclose(steps, steps[0], rtol=1e-6)


@pytest.mark.parametrize(("range_", "form"), [([-1.6, 1.6], ".6~g"), ([1e6, 1e6 + 1], ".12~g"), ([0, 1e-9], ".6~g")])
def test_beside_the_pointer_numbers_have_as_many_digits_as_tell_them_apart(range_, form):
    assert digits(range_) == form


@pytest.mark.parametrize(
    "formula",
    [
        *("1e6 + sin(x)", "1e-9 * sin(x)", "0.1", "1e6", "sin(x)**2 + cos(x)**2", "1e90 * x"),
        *("1e-200 * x", "1e-300 * x", "5e-324 * sign(x)", "1e299 * x", "1e300"),
    ],
)
def test_the_fit_of_any_size_has_a_readable_axis_that_holds_its_points(formula):
    problem = Experiment(target="formula", formula=formula).make_problem()
    grid = evaluation_grid(problem.ranges)
    axis = fit_figure(PALETTES["light"], problem, grid)["layout"]["yaxis"]
    low, high = fit_ranges(problem, grid)[1]
    assert low < problem.samples[1].min() <= problem.samples[1].max() < high
    if "ticktext" in axis:
        assert len(set(axis["ticktext"])) == len(axis["ticktext"]) >= 3
        assert axis["title"]["text"] != "y"


def test_a_constant_has_a_span_that_is_not_its_rounding():
    problem = Experiment(target="formula", formula="sin(x)**2 + cos(x)**2").make_problem()
    low, high = fit_ranges(problem, evaluation_grid(problem.ranges))[1]
    assert high - low > 0.5
