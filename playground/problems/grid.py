"""The ground: the inputs over which a network's output is drawn, a line of points or a plane of cells."""

import numpy as np

LINE = 201  # points of a line
MARGIN = 0.25  # of the range, to either side: how far a line goes outside the training points
CELLS = 50  # along each side of a plane
SMALL_CELLS = 32  # of a small plane among others


def evaluation_grid(ranges, cells=CELLS):
    """(inputs, n): a line along one input, or the centres of the cells of a plane, the second input's rows in turn."""
    if len(ranges) == 1:
        ((low, high),) = ranges
        return np.linspace(low - MARGIN * (high - low), high + MARGIN * (high - low), LINE)[None]
    x1, x2 = (cell_centres(*range_, cells) for range_ in ranges)
    return np.stack(np.meshgrid(x1, x2)).reshape(2, -1)


def cell_centres(low, high, cells=CELLS):
    """(cells,), the cell_centres of so many equal cells from low to high."""
    return low + (high - low) / cells * (np.arange(cells) + 0.5)
