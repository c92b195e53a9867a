"""The fit: the target, the training points, and what the network makes of them, beyond the training range too."""

import numpy as np

from playground.figures.base import axis_title, figure


def fit_figure(palette, problem, grid, output):
    """The fit of a one-input problem.

    Args:
        palette: a Palette.
        problem: a Problem: its points Xs, Ys (1, m), its target function and its range.
        grid: (n,), the x at which the curves are drawn.
        output: (n,), the network's output there.

    Returns:
        A figure with the traces target, training points, network, in this order.
    """
    low, high = problem.range
    target = problem.target(grid)
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "target",
            "x": grid.tolist(),
            "y": target.tolist(),
            "line": {"color": palette.target, "width": 2, "dash": "dot"},
            "hovertemplate": "target %{y:.4f} at x = %{x:.3f}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": "training points",
            "x": problem.Xs[0].tolist(),
            "y": problem.Ys[0].tolist(),
            "marker": {"color": palette.point, "size": 5, "opacity": 0.75},
            "hovertemplate": "point (%{x:.3f}, %{y:.4f})<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": "network",
            "x": grid.tolist(),
            "y": output.tolist(),
            "line": {"color": palette.output, "width": 3, "simplify": False},
            "hovertemplate": "network %{y:.4f} at x = %{x:.3f}<extra></extra>",
        },
    ]
    inside = target[(grid >= low) & (grid <= high)]
    x = {"title": axis_title(palette, "x"), "range": [grid[0], grid[-1]]}
    y = {"title": axis_title(palette, "y"), "range": _padded(np.concatenate([problem.Ys[0], inside]))}
    result = figure(palette, data, x=x, y=y)
    result["layout"]["shapes"] = [
        _ground(palette.outside, start, end) for start, end in ((grid[0], low), (high, grid[-1]))
    ]
    return result


def _ground(color, start, end):
    return {
        "type": "rect",
        "yref": "paper",
        "x0": start,
        "x1": end,
        "y0": 0,
        "y1": 1,
        "fillcolor": color,
        "line": {"width": 0},
        "layer": "below",
    }


def _padded(values):
    low, high = float(values.min()), float(values.max())
    margin = 0.3 * (high - low or 1.0)
    return [low - margin, high + margin]
