"""The evaluation grid: a line that extends beyond the points, or the centres of the cells of a plane."""

import numpy as np

from playground.problems.grid import CELLS, LINE, MARGIN, cell_centres, evaluation_grid


def test_a_line_extends_beyond_the_range_equally_on_both_sides():
    (x,) = evaluation_grid(((2.0, 6.0),))
    assert (x[0], x[-1], len(x)) == (2 - 4 * MARGIN, 6 + 4 * MARGIN, LINE)
    np.testing.assert_allclose(np.diff(x), np.diff(x)[0])


def test_the_cells_of_a_plane_fill_it_row_by_row():
    x1, x2 = evaluation_grid(((-6.0, 6.0), (0.0, 1.0)))
    assert len(x1) == CELLS**2
    np.testing.assert_array_equal(x1.reshape(CELLS, CELLS)[7], cell_centres(-6, 6))
    np.testing.assert_array_equal(x2.reshape(CELLS, CELLS)[:, 7], cell_centres(0, 1))


def test_the_centres_of_two_cells_are_at_one_and_three_quarters():
    np.testing.assert_array_equal(cell_centres(0, 1, 2), [0.25, 0.75])
