"""The fit of a curve: the target, the samples and the network's output, some way beyond the training range too.

Two charts, one over the other: one that stands still, and one that moves.
"""

import numpy as np

from nn.arrays import Flat, Matrix
from playground.figures.axes import digits, readable_axis
from playground.figures.base import Figure, Range, as_text, dots, figure, line, scatter
from playground.figures.palette import Palette
from playground.problems.problem import Problem
from playground.problems.scale import vary

LEAST_SPAN = 1e-300  # of y; of less there are too few numbers for ticks


def fit_figure(palette: Palette, problem: Problem, grid: Matrix) -> Figure:
    """What stands still: the target, the training and the test points, and the axes.

    Args:
        palette: the colours.
        problem: what is learnt.
        grid: (1, n), the x at which the curves are drawn.

    Returns:
        A figure with the traces target, training points, test points and network. The last one is invisible:
        it is there for the numbers beside the pointer. `output_figure` draws the output.
    """
    x = grid[0]
    x_range, y_range = fit_ranges(problem, grid)
    place, value = f"%{{x:{digits(x_range)}}}", f"%{{y:{digits(y_range)}}}"
    data = [
        line(
            x,
            problem.target(x),
            {"color": palette.target, "width": 2, "dash": "dot"},
            hover=f"target {value} at x = {place}",
            name="target",
        ),
        dots(
            problem.samples[0],
            problem.samples[1],
            {"color": palette.point, "size": 5, "opacity": 0.75},
            hover=f"point ({place}, {value})",
            name="training points",
        ),
        dots(
            problem.test_samples[0],
            problem.test_samples[1],
            {"color": palette.text, "size": 6, "symbol": "circle-open"},
            hover=f"test point ({place}, {value})",
            name="test points",
        ),
        scatter(
            "lines",
            x,
            [0.0] * len(x),
            hover=f"network {value} at x = {place}",
            name="network",
            opacity=0,
            hoverlabel={"bgcolor": palette.output},
        ),
    ]
    across, up = map(as_text, problem.names or ("x", "y"))
    return figure(palette, data, x=readable_axis(across, x_range), y=readable_axis(up, y_range))


def output_figure(palette: Palette, problem: Problem, grid: Matrix) -> Figure:
    """What moves: the network's output alone, to be laid over `fit_figure`.

    It is a chart of its own because for each repaint Plotly goes through all traces of a chart, and the browser paints
    all its marks again.
    """
    style = {"color": palette.output, "width": 3, "simplify": False}
    x_range, y_range = fit_ranges(problem, grid)
    return figure(
        palette,
        [line(grid[0], [0.0] * grid.shape[1], style, hoverinfo="skip")],
        x={"range": x_range, "visible": False},
        y={"range": y_range, "visible": False},
    )


def fit_ranges(problem: Problem, grid: Matrix) -> tuple[Range, Range]:
    """The ranges of x and y: all of the grid; the samples, and the target within the training range, with a margin."""
    ((low, high),), x = problem.ranges, grid[0]
    target = problem.target(x[(x >= low) & (x <= high)])
    y = np.concatenate([problem.samples[1], problem.test_samples[1], target[np.isfinite(target)]])
    return [float(x[0]), float(x[-1])], _padded(y)


def _padded(values: Flat) -> Range:
    low, high = float(values.min()), float(values.max())
    span = max(high - low, LEAST_SPAN) if vary(values[None]).any() else max(1.0, abs(high))
    return [low - 0.3 * span, high + 0.3 * span]
