"""The fit: the target, the training points, and what the network makes of them, beyond the training range too.

Two charts, one over the other: what stands still, and what moves.
"""

import math

import numpy as np

from playground.figures.base import axis_title, figure


def fit_figure(palette, problem, grid):
    """What stands still: the target and the training points, over the axes.

    Args:
        palette: a Palette.
        problem: a Problem: its points and test points, its target function and its range.
        grid: (1, n), the x at which the curves are drawn.

    Returns:
        A figure with the traces target, training points, test points, and the network's output, which is here for its
        numbers alone: it is drawn by `output_figure`.
    """
    x = grid[0]
    target = problem.target(x)
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "target",
            "x": x.tolist(),
            "y": known(target),
            "line": {"color": palette.target, "width": 2, "dash": "dot"},
            "hovertemplate": "target %{y:.4f} at x = %{x:.3f}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": "training points",
            "x": problem.samples[0].tolist(),
            "y": problem.samples[1].tolist(),
            "marker": {"color": palette.point, "size": 5, "opacity": 0.75},
            "hovertemplate": "point (%{x:.3f}, %{y:.4f})<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": "test points",
            "x": problem.test_samples[0].tolist(),
            "y": problem.test_samples[1].tolist(),
            "marker": {"color": palette.text, "size": 6, "symbol": "circle-open"},
            "hovertemplate": "test point (%{x:.3f}, %{y:.4f})<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": "network",
            "x": x.tolist(),
            "y": [0.0] * len(x),
            "opacity": 0,
            "hoverlabel": {"bgcolor": palette.output},
            "hovertemplate": "network %{y:.6f} at x = %{x:.3f}<extra></extra>",
        },
    ]
    across, up = fit_ranges(problem, grid)
    across, up = across | {"title": axis_title(palette, "x")}, up | {"title": axis_title(palette, "y")}
    return figure(palette, data, x=across, y=up)


def output_figure(palette, problem, grid):
    """What moves: the network's output alone, to be laid over `fit_figure`.

    A chart of its own because Plotly works through every trace of a chart, and the browser paints every mark of it
    again, for each picture.
    """
    x = grid[0]
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x.tolist(),
            "y": [0.0] * len(x),
            "line": {"color": palette.output, "width": 3, "simplify": False},
            "hoverinfo": "skip",
        }
    ]
    across, up = fit_ranges(problem, grid)
    return figure(palette, data, x=across | {"visible": False}, y=up | {"visible": False})


def fit_ranges(problem, grid):
    """The ranges of x and y that hold the points and the target where there are points, and some room."""
    ((low, high),), x = problem.ranges, grid[0]
    inside = problem.target(x[(x >= low) & (x <= high)])
    shown = np.concatenate([problem.samples[1], problem.test_samples[1], inside[np.isfinite(inside)]])
    return {"range": [x[0], x[-1]]}, {"range": _padded(shown)}


def known(values):
    """Numbers for Plotly, None where there is no finite one."""
    return [value if math.isfinite(value) else None for value in values.tolist()]


def _padded(values):
    low, high = float(values.min()), float(values.max())
    margin = 0.3 * (high - low or 1.0)
    return [low - margin, high + margin]
