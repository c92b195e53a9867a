"""The contributions: every unit's weighted curve, and the sum of the largest of them on its way to the fit."""

from playground.figures.base import axis_title, figure
from playground.figures.fit import fit_ranges


def contributions_figure(palette, problem, grid, parts, count):
    """The weighted curves of the units, those that are added drawn strongly, and their sum.

    Args:
        palette: a Palette.
        problem: a Problem.
        grid: (n,), the inputs.
        parts: Contributions over the grid.
        count: how many of the largest are added to the bias.
    """
    x = grid.tolist()
    added = set(parts.order[:count].tolist())
    data = [
        _line(x, problem.target(grid), "target", {"color": palette.target, "width": 2, "dash": "dot"}),
        *(
            _line(
                x,
                parts.weighted[unit],
                f"unit {unit}",
                {"color": palette.point if unit in added else palette.zero, "width": 1.2},
                0.8 if unit in added else 0.45,
            )
            for unit in parts.order[::-1].tolist()
        ),
        _line(x, parts.sum_of(count), f"b + {count} units", {"color": palette.output, "width": 3}),
    ]
    xs, ys = fit_ranges(problem, grid)
    result = figure(
        palette, data, x=xs | {"title": axis_title(palette, "x")}, y=ys | {"title": axis_title(palette, "y")}
    )
    result["layout"]["height"] = 380
    return result


def units_figure(palette, problem, grid, parts):
    """Every unit's own curve a_j(x), before it is weighted."""
    data = [
        _line(grid.tolist(), A, f"unit {unit}", {"color": palette.point, "width": 1.2}, 0.7)
        for unit, A in enumerate(parts.A)
    ]
    low, high = float(parts.A.min()), float(parts.A.max())
    margin = 0.06 * (high - low or 1.0)
    x = {"title": axis_title(palette, "x"), "range": [grid[0], grid[-1]]}
    y = {"title": axis_title(palette, "a(x)"), "range": [low - margin, high + margin]}
    result = figure(palette, data, x=x, y=y)
    result["layout"]["height"] = 380
    return result


def _line(x, y, name, line, opacity=1):
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y.tolist(),
        "line": line,
        "opacity": opacity,
        "hovertemplate": name + " %{y:.6g} at x = %{x:.3f}<extra></extra>",
    }
