"""The fit: the target, the training points, and what the network makes of them, beyond the training range too."""

import numpy as np

from playground.figures.base import blank_figure


def fit_figure(palette, problem, grid, output):
    """The fit of a one-input problem.

    Args:
        palette: a Palette.
        problem: a Problem: its points Xs, Ys (1, m), its target function and its range.
        grid: (n,), the x at which the curves are drawn.
        output: (n,), the network's output there.

    Returns:
        A Figure with the traces target, points, output, in this order.
    """
    figure = blank_figure(palette, x_title="x", y_title="y")
    low, high = problem.range
    target = problem.target(grid)
    figure.add_scatter(
        x=grid,
        y=target,
        name="target",
        mode="lines",
        line={"color": palette.target, "width": 2, "dash": "dot"},
        hovertemplate="target %{y:.4f} at x = %{x:.3f}<extra></extra>",
    )
    figure.add_scatter(
        x=problem.Xs[0],
        y=problem.Ys[0],
        name="training points",
        mode="markers",
        marker={"color": palette.point, "size": 5, "opacity": 0.75},
        hovertemplate="point (%{x:.3f}, %{y:.4f})<extra></extra>",
    )
    figure.add_scatter(
        x=grid,
        y=output,
        name="network output",
        mode="lines",
        line={"color": palette.output, "width": 3, "simplify": False},
        hovertemplate="network %{y:.4f} at x = %{x:.3f}<extra></extra>",
    )
    for start, end in ((grid[0], low), (high, grid[-1])):
        figure.add_vrect(x0=start, x1=end, fillcolor=palette.outside, line_width=0, layer="below")
    figure.update_xaxes(range=[grid[0], grid[-1]])
    figure.update_yaxes(range=_padded(np.concatenate([problem.Ys[0], target[(grid >= low) & (grid <= high)]])))
    return figure


def _padded(values):
    low, high = float(values.min()), float(values.max())
    margin = 0.3 * (high - low or 1.0)
    return [low - margin, high + margin]
