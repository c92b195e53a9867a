"""The contributions: every unit's curve, weighted and not, and the sum of the largest of them on its way to the fit."""

import numpy as np

from playground.figures.base import axis_title, figure
from playground.figures.fit import fit_ranges, known


def contributions_figure(palette, problem, grid, units):
    """The target and, all at 0 until a frame comes, the weighted curves, the selected unit's, and the sum.

    Args:
        palette: a Palette.
        problem: a Problem.
        grid: (1, n), the inputs of the curves.
        units: how many; the curves are in the order of their size, the smallest first.
    """
    x = grid[0]
    target = _line(x, _own(problem, problem.target(x)), {"color": palette.target, "width": 2, "dash": "dot"}) | {
        "hoverinfo": "skip"
    }
    curves = [_line(x, 0 * x, {"color": palette.point, "width": 1.2}, 0.8) for _ in range(units)]
    chosen = _line(x, 0 * x, {"color": palette.text, "width": 3}) | {"visible": False, "hoverinfo": "skip"}
    total = _line(x, 0 * x, {"color": palette.output, "width": 3}) | {"hovertemplate": "sum %{y:.6g}<extra></extra>"}
    return _figure(palette, [target, *curves, chosen, total], x, own_range(problem, grid), "y")


def own_range(problem, grid):
    """[from, to] of y in which the sums are drawn: that of the fit, as the network sees it."""
    return _own(problem, np.array(fit_ranges(problem, grid)[1]["range"])).tolist()


def _own(problem, y):
    """y (n,) as the network sees it: the sum is the network's own."""
    return np.ravel(problem.y.transform(y))


def units_figure(palette, grid, units):
    """Every unit's own curve a_j(x), before it is weighted, at 0 until a frame comes; the selected unit's on top."""
    x = grid[0]
    curves = [_line(x, 0 * x, {"color": palette.point, "width": 1.2}, 0.7) for _ in range(units)]
    chosen = _line(x, 0 * x, {"color": palette.text, "width": 3}) | {"visible": False, "hoverinfo": "skip"}
    return _figure(palette, [*curves, chosen], x, [-0.05, 1.05], "a(x)")


def _figure(palette, data, x, ys, name):
    return figure(
        palette, data, x={"title": axis_title(palette, "x"), "range": [x[0], x[-1]]},
        y={"title": axis_title(palette, name), "range": ys},
    )  # fmt: skip


def _line(x, y, line, opacity=1):
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x.tolist(),
        "y": known(y),
        "line": line | {"simplify": False},
        "opacity": opacity,
    }
