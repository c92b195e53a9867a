"""The output over a plane: a map of cells, and the samples on it, coloured by their class or their value.

Two charts, one over the other: the samples, which stand still, over the map, which moves.
"""

from typing import Any, TypedDict

import numpy as np

from nn.arrays import Flat, Matrix
from playground.figures.base import NO_MARGINS, Figure, Spec, as_text, dots, figure, heatmap, line
from playground.figures.palette import Colorscale, Palette, colorscale
from playground.problems.formulas import Formula, border_of
from playground.problems.grid import CELLS, cell_centres
from playground.problems.problem import Problem

AXIS_TITLES = ("x₁", "x₂")


def axis_titles(problem: Problem) -> list[str]:
    """What the two axes of a plane are called."""
    return [as_text(name) for name in problem.names[:-1] or AXIS_TITLES]


MAP_OPACITY = 0.75  # so that the samples stand out


class MapColors(TypedDict):
    """The two colour scales of a map: shaded, or with one flat colour per class or sign."""

    smooth: Colorscale
    discretised: Colorscale


def points_figure(palette: Palette, problem: Problem) -> Figure:
    """What stands still: the samples, over the axes.

    Returns:
        A figure with the traces map, training points and test points, and last the true border of a formula, if it
        has one. The map is invisible: it is there for the numbers beside the pointer.
    """
    words = "%{text}" if problem.classes > 2 else "network %{z:.6f}"
    x, y = _centres(problem, CELLS)
    numbers = heatmap(_zeros(CELLS), hover=f"{words} at (%{{x:.2f}}, %{{y:.2f}})", x=x, y=y, opacity=0)
    training = _points(palette, problem, problem.samples, "training point", filled=True)
    test = _points(palette, problem, problem.test_samples, "test point", filled=False)
    across, up = (axis | {"title": title} for axis, title in zip(_axes(problem), axis_titles(problem), strict=True))
    return figure(palette, [numbers, training, test, *_border(palette, problem)], x=across, y=up)


def map_figure(palette: Palette, problem: Problem) -> Figure:
    """What moves: the map alone, to be laid under `points_figure`; at 0 until a frame comes."""
    x, y = _hidden_axes(problem)
    return figure(palette, [_map(palette, problem, CELLS)], x=x, y=y)


def small_figures(palette: Palette, problem: Problem, cells: int = CELLS) -> list[Figure]:
    """The map, and the training points on it, as two small charts of one trace each, without axes."""
    rim = {"color": palette.edge if problem.classes else palette.text, "width": 0.5}
    points = _points(palette, problem, problem.samples, "training point", filled=True, size=4, line=rim)
    x, y = _hidden_axes(problem)
    return [figure(palette, [trace], x=x, y=y, margins=NO_MARGINS) for trace in (_map(palette, problem, cells), points)]


def shades(problem: Problem, output: Matrix) -> Flat:
    """What the colours show of an output (outputs, n), (n,): the output itself, or a class and its certainty.

    Of three or more classes, class k goes from k, where it is as likely as all others, to k + 1, where it is certain.
    """
    if len(output) == 1:
        value: Flat = output[0]
        return value
    least = 1 / len(output)
    certainty = (output.max(axis=0) - least) / (1 - least)
    predicted: Flat = problem.predicted_class(output) + np.clip(certainty, 0.0, 0.999)
    return predicted


def shade_limits(problem: Problem) -> tuple[float, float]:
    """The smallest and the largest shade that have a colour of their own."""
    if problem.classes:
        return 0.0, float(problem.classes) if problem.classes > 2 else 1.0
    y = np.concatenate([problem.samples[-1], problem.test_samples[-1]])
    low, high = float(y.min()), float(y.max())
    if low < 0 < high:  # 0 in the middle
        high = max(-low, high)
        low = -high
    return (low, high) if low < high else (low - 1, high + 1)


def scales(palette: Palette, problem: Problem) -> MapColors:
    """The colour scales of the map."""
    if problem.classes > 2:
        k, middle = problem.classes, palette.diverging[3]
        smooth: Colorscale = []
        flat: Colorscale = []
        for i, color in enumerate(palette.classes[:k]):
            smooth += [[i / k, middle], [(i + 1) / k, color]]
            flat += [[i / k, color], [(i + 1) / k, color]]
        return {"smooth": smooth, "discretised": flat}
    below, above = palette.diverging[1], palette.diverging[5]
    return {
        "smooth": colorscale(palette.diverging[1:-1]),
        "discretised": [[0, below], [0.5, below], [0.5, above], [1, above]],
    }


def _map(palette: Palette, problem: Problem, cells: int) -> Spec:
    x, y = _centres(problem, cells)
    return heatmap(
        _zeros(cells),
        shade_limits(problem),
        hoverinfo="skip",
        zsmooth="fast",
        opacity=MAP_OPACITY,
        colorscale=scales(palette, problem)["smooth"],
        x=x,
        y=y,
    )


def _centres(problem: Problem, cells: int) -> list[list[float]]:
    """The centres of the cells along x and along y."""
    return [cell_centres(low, high, cells).tolist() for low, high in problem.ranges]


def _zeros(cells: int) -> list[list[float]]:
    return [[0.0] * cells] * cells


def _points(palette: Palette, problem: Problem, samples: Matrix, name: str, *, filled: bool, **marker: Any) -> Spec:
    """The samples (inputs + 1, m) as filled circles or as crosses; `marker` has further options of Plotly's."""
    y = samples[-1]
    colors: Spec
    if problem.classes:
        colors = {"color": [palette.classes[int(k)] for k in y.tolist()]}
        words = "class %{customdata:d}"
    else:
        low, high = shade_limits(problem)
        colors = {"color": y.tolist(), "cmin": low, "cmax": high, "colorscale": scales(palette, problem)["smooth"]}
        words = "y = %{customdata:.4f}"
    rim = {"color": palette.edge, "width": 1} if filled else {"width": 2}
    symbol = "circle" if filled else "x-thin-open"
    if not problem.classes:  # a fit has the colours of its points, which then show by their rim alone
        rim, symbol = {"color": palette.text, "width": 1}, "circle" if filled else "x"
    style = {"size": 7, "symbol": symbol, "line": rim} | colors | marker
    hover = f"{name} (%{{x:.3f}}, %{{y:.3f}}), {words}"
    return dots(samples[0], samples[1], style, hover=hover, name=f"{name}s", customdata=y.tolist())


def _border(palette: Palette, problem: Problem) -> list[Spec]:
    """The border between the two classes of a formula, as a trace; none of any other problem."""
    if not isinstance(problem.target, Formula) or not problem.classes:
        return []
    first, second = problem.ranges
    border = border_of(problem.target, first, second)
    style = {"color": palette.text, "width": 1.5, "dash": "dot"}
    return [line(*border, style, hoverinfo="skip", name="true border")] if border.x1.size else []


def _axes(problem: Problem) -> list[Spec]:
    return [{"range": list(range_), "showgrid": False} for range_ in problem.ranges]


def _hidden_axes(problem: Problem) -> list[Spec]:
    return [axis | {"visible": False} for axis in _axes(problem)]
