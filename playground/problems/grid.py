"""The evaluation grid: the inputs at which a network's output is drawn, points of a line or cells of a plane."""

from collections.abc import Sequence

import numpy as np

from nn.arrays import Flat, Matrix

LINE = 201  # points of a line
MARGIN = 0.25  # how far a line extends beyond the samples on either side, as a share of their range
CELLS = 50  # along each side of a plane
SMALL_CELLS = 32  # along each side of one of several small planes


def evaluation_grid(ranges: Sequence[tuple[float, float]], cells: int = CELLS) -> Matrix:
    """(inputs, n): a line along one input, or the centres of the cells of a plane, row by row of the second input."""
    if len(ranges) == 1:
        ((low, high),) = ranges
        return np.linspace(low - MARGIN * (high - low), high + MARGIN * (high - low), LINE)[None]
    x1, x2 = (cell_centres(*limits, cells) for limits in ranges)
    return np.stack(np.meshgrid(x1, x2)).reshape(2, -1)


def cell_centres(low: float, high: float, cells: int = CELLS) -> Flat:
    """(cells,), the centres of equal cells from low to high."""
    return low + (high - low) / cells * (np.arange(cells) + 0.5)
