"""The figures of a plane: the map of the output, and the samples on it."""

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.figures.palette import PALETTES
from playground.figures.plane import map_figure, points_figure, scales, shade_limits, shades, small_figures
from playground.problems.grid import CELLS
from tests.support.figures import EACH_PALETTE, EACH_PROBLEM, PROBLEMS, ranges


@EACH_PROBLEM
@EACH_PALETTE
def test_the_points_lie_over_the_map_training_and_test_points_apart(palette, problem):
    points, output = points_figure(palette, problem), map_figure(palette, problem)
    assert ranges(points) == ranges(output) == ([-6, 6], [-6, 6])
    assert points["layout"]["margin"] == output["layout"]["margin"]
    _, training, test = points["data"]
    for trace, given in ((training, problem.samples), (test, problem.test_samples)):
        assert [trace["x"], trace["y"], trace["customdata"]] == given.tolist()
    assert training["marker"]["symbol"] != test["marker"]["symbol"]


@EACH_PROBLEM
def test_the_cells_of_the_map_tile_the_plane(problem):
    small, _ = small_figures(PALETTES["light"], problem, 7)
    for figure, cells in ((map_figure(PALETTES["light"], problem), CELLS), (small, 7)):
        (trace,) = figure["data"]
        for cell_centres in (trace["x"], trace["y"]):
            width = 12 / cells
            assert cell_centres[0] - width / 2 == pytest.approx(-6)
            np.testing.assert_allclose(np.diff(cell_centres), width)
            assert len(cell_centres) == cells


@EACH_PROBLEM
@EACH_PALETTE
def test_a_small_map_has_the_colours_of_the_large_one_and_the_training_points_over_it(palette, problem):
    small, over = small_figures(palette, problem, 7)
    (trace,), (points,) = small["data"], over["data"]
    (large,), training = map_figure(palette, problem)["data"], points_figure(palette, problem)["data"][1]
    for name in ("colorscale", "zmin", "zmax", "opacity"):
        assert trace[name] == large[name]
    assert [points["x"], points["y"], points["customdata"]] == problem.samples.tolist()
    assert points["marker"]["color"] == training["marker"]["color"]
    assert small["layout"] == over["layout"]
    assert ranges(small) == ([-6, 6], [-6, 6])


def test_one_output_is_shown_as_it_is_and_of_three_the_class_and_how_sure_it_is():
    np.testing.assert_array_equal(shades(PROBLEMS["plane"], np.array([[-3.0, 0.0, 7.0]])), [-3, 0, 7])
    A = np.array([[1.0, 1 / 3, 0.2, 0.25], [0.0, 1 / 3, 0.2, 0.5], [0.0, 1 / 3, 0.6, 0.25]])
    found = shades(PROBLEMS["rings"], A)
    assert np.floor(found).tolist() == [0, 0, 2, 1]
    np.testing.assert_allclose(found % 1, [0.999, 0, 0.4, 0.25], atol=1e-12)  # (p - 1/3) / (2/3)


@EACH_PALETTE
def test_discretised_a_map_has_a_colour_a_class_and_it_is_that_of_the_points(palette):
    flat = scales(palette, PROBLEMS["rings"])["discretised"]
    assert [color for _, color in flat] == [color for color in palette.classes for _ in range(2)]
    assert len({color for _, color in scales(palette, PROBLEMS["circle"])["discretised"]}) == 2
    for problem in PROBLEMS.values():
        for scale in scales(palette, problem).values():
            stops = [stop for stop, _ in scale]
            assert (stops[0], stops[-1], stops) == (0, 1, sorted(stops))


def test_colours_are_even_around_0_where_values_are_on_both_sides_of_it():
    assert shade_limits(PROBLEMS["circle"]) == (0, 1)
    assert shade_limits(PROBLEMS["rings"]) == (0, 3)
    low, high = shade_limits(PROBLEMS["plane"])
    assert low == -high
    positive = Experiment(target="formula", formula="x1 ** 2 + x2 ** 2 + 3").make_problem()
    assert shade_limits(positive) == (positive.samples[-1].min(), positive.samples[-1].max())


@EACH_PALETTE
def test_points_are_seen_on_a_plane_of_their_own_colour(palette):
    own = "x1,x2,y\n" + "".join(f"{i // 4},{i % 4},7\n" for i in range(16))
    problem = Experiment(target="points", own=own, test_fraction=0.3).make_problem()
    _, training, test = points_figure(palette, problem)["data"]
    for trace in (training, test, small_figures(palette, problem)[1]["data"][0]):
        assert trace["marker"]["line"]["color"] == palette.text  # and the fill is that of the map
        assert not trace["marker"]["symbol"].endswith("open")
