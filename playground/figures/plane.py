"""The output over a plane: a map of cells, and the points over it, coloured by their class or their value.

Two charts, one over the other: the points, which stand still, over the map, which moves.
"""

import numpy as np

from playground.figures.base import axis_title, figure
from playground.problems.grid import CELLS, cell_centres

NAMES = ("x₁", "x₂")
OPACITY = 0.75  # of the map, so that the points stand out


def points_figure(palette, problem):
    """What stands still: the points over the axes.

    Returns:
        A figure with the traces map, training points, test points. This map is not seen: it is here for its numbers.
    """
    x, y = (cell_centres(*range_, CELLS).tolist() for range_ in problem.ranges)
    numbers = {"type": "heatmap", "x": x, "y": y, "z": [[0.0] * CELLS] * CELLS, "opacity": 0, "showscale": False}
    words = "%{text}" if problem.classes > 2 else "network %{z:.6f}"
    numbers["hovertemplate"] = f"{words} at (%{{x:.2f}}, %{{y:.2f}})<extra></extra>"
    data = [
        numbers,
        _points(palette, problem, problem.samples, "training point", filled=True),
        _points(palette, problem, problem.test_samples, "test point", filled=False),
    ]
    x, y = _axes(problem)
    x, y = (axis | {"title": axis_title(palette, name)} for axis, name in zip((x, y), NAMES, strict=True))
    return figure(palette, data, x=x, y=y)


def map_figure(palette, problem):
    """What moves: the map alone, to be laid under `points_figure`; at 0 until a frame comes."""
    x, y = (axis | {"visible": False} for axis in _axes(problem))
    return figure(palette, [_map(palette, problem, CELLS)], x=x, y=y)


def small_figures(palette, problem, cells=CELLS):
    """Both once more for a small picture, without axes: the map, and over it the training points.

    Returns:
        [map, points], figures of one trace each.
    """
    points = _points(palette, problem, problem.samples, "training point", filled=True)
    points["marker"] |= {"size": 4, "line": {"color": palette.edge, "width": 0.5}}
    x, y = (axis | {"visible": False} for axis in _axes(problem))
    traces = _map(palette, problem, cells), points
    return [figure(palette, [trace], x=x, y=y, margins=(0, 0, 0, 0)) for trace in traces]


def shades(problem, output):
    """What the colours show of an output (outputs, n), (n,): the output itself, or a class and how sure it is of it.

    Of more than two classes, class k from its least share of the probability to all of it goes from k to k + 1.
    """
    if len(output) == 1:
        return output[0]
    least = 1 / len(output)
    sure = (output.max(axis=0) - least) / (1 - least)
    return problem.predicted_class(output) + np.clip(sure, 0.0, 0.999)


def shade_limits(problem):
    """The least and the greatest of the shades that get colours of their own."""
    if problem.classes:
        return 0.0, float(max(1, problem.classes * (problem.classes > 2)))
    y = np.concatenate([problem.samples[-1], problem.test_samples[-1]])
    low, high = float(y.min()), float(y.max())
    if low < 0 < high:  # 0 in the middle
        high = max(-low, high)
        low = -high
    return (low, high) if low < high else (low - 1, high + 1)


def scales(palette, problem):
    """The colour scales of the map, Plotly's: {"smooth", "discretised"}."""
    if problem.classes > 2:
        k, middle = problem.classes, palette.diverging[3]
        smooth = [[(i + end) / k, color] for i in range(k) for end, color in ((0, middle), (1, palette.classes[i]))]
        flat = [[(i + end) / k, palette.classes[i]] for i in range(k) for end in (0, 1)]
    else:
        smooth = [list(pair) for pair in zip(np.linspace(0, 1, 5).tolist(), palette.diverging[1:-1], strict=True)]
        below, above = palette.diverging[1], palette.diverging[5]
        flat = [[0, below], [0.5, below], [0.5, above], [1, above]]
    return {"smooth": smooth, "discretised": flat}


def _map(palette, problem, cells):
    low, high = shade_limits(problem)
    x, y = (cell_centres(*range_, cells).tolist() for range_ in problem.ranges)
    return {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": [[0.0] * cells] * cells,
        "zmin": low,
        "zmax": high,
        "zsmooth": "fast",
        "opacity": OPACITY,
        "colorscale": scales(palette, problem)["smooth"],
        "showscale": False,
        "hoverinfo": "skip",
    }


def _points(palette, problem, points, name, *, filled):
    low, high = shade_limits(problem)
    y = points[-1]
    if problem.classes:
        colors = {"color": [palette.classes[int(k)] for k in y.tolist()]}
        words = "class %{customdata:d}"
    else:
        colors = {"color": y.tolist(), "cmin": low, "cmax": high, "colorscale": scales(palette, problem)["smooth"]}
        words = "y = %{customdata:.4f}"
    edge = {"line": {"color": palette.edge, "width": 1}} if filled else {"line": {"width": 2}}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"{name}s",
        "x": points[0].tolist(),
        "y": points[1].tolist(),
        "customdata": y.tolist(),
        "marker": {"size": 7, "symbol": "circle" if filled else "x-thin-open"} | colors | edge,
        "hovertemplate": f"{name} (%{{x:.3f}}, %{{y:.3f}}), {words}<extra></extra>",
    }


def _axes(problem):
    return ({"range": list(range_), "showgrid": False} for range_ in problem.ranges)
