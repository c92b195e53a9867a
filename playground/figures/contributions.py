"""What each unit contributes to the fit: the units' own curves, the weighted curves, and the sum of the largest."""

from typing import Any

import numpy as np

from nn.arrays import Flat, Matrix
from playground.figures.base import Figure, Range, Spec, figure, line
from playground.figures.fit import fit_ranges
from playground.figures.palette import Palette
from playground.problems.problem import Problem


def contributions_figure(palette: Palette, problem: Problem, grid: Matrix, units: int) -> Figure:
    """The target, the weighted curves, the selected unit's and the sum: all but the target at 0 until a frame comes.

    Args:
        palette: the colours.
        problem: what is learnt.
        grid: (1, n), the inputs of the curves.
        units: how many; the curves are in order of size, the smallest first.
    """
    x = grid[0]
    target_style = {"color": palette.target, "width": 2, "dash": "dot"}
    data = [
        _curve(x, _network_scale(problem, problem.target(x)), target_style, opacity=1, hoverinfo="skip"),
        *_unit_curves(palette, x, units, opacity=0.8),
        _curve(x, 0 * x, {"color": palette.output, "width": 3}, opacity=1, hover="sum %{y:.6g}"),
    ]
    return _figure(palette, data, x, sum_range(problem, grid), "y")


def sum_range(problem: Problem, grid: Matrix) -> Range:
    """[from, to] of the sum: the range of the fit, on the scale of the network's own output."""
    scaled: Range = _network_scale(problem, np.array(fit_ranges(problem, grid)[1])).tolist()
    return scaled


def _network_scale(problem: Problem, y: Flat) -> Flat:
    """Values y (n,) on the scale of the network's own output, which the sum is."""
    return np.ravel(problem.y.transform(y))


def units_figure(palette: Palette, grid: Matrix, units: int) -> Figure:
    """Every unit's curve a_j(x) before it is weighted, at 0 until a frame comes; the selected unit's on top."""
    x = grid[0]
    return _figure(palette, _unit_curves(palette, x, units, opacity=0.7), x, [-0.05, 1.05], "a(x)")


def _unit_curves(palette: Palette, x: Flat, units: int, *, opacity: float) -> list[Spec]:
    """All units' curves, and a bolder one for the selected unit."""
    curves = [_curve(x, 0 * x, {"color": palette.point, "width": 1.2}, opacity=opacity) for _ in range(units)]
    selected = _curve(x, 0 * x, {"color": palette.text, "width": 3}, opacity=1, visible=False, hoverinfo="skip")
    return [*curves, selected]


def _figure(palette: Palette, data: list[Spec], x: Flat, y_range: Range, y_title: str) -> Figure:
    return figure(
        palette, data, x={"title": "x", "range": [float(x[0]), float(x[-1])]}, y={"title": y_title, "range": y_range}
    )


def _curve(x: Flat, y: Flat, style: Spec, **options: Any) -> Spec:
    return line(x, y, style | {"simplify": False}, **options)
