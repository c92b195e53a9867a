"""The landscape as a contour map: what is descended in powers of ten, the path across it, and the next step."""

import math

import numpy as np

from playground.figures.base import axis_title, figure

LEVELS = 15


def landscape_figure(palette, name, x, y, losses, path, step):
    """The map.

    Args:
        palette: a Palette.
        name: what the losses are.
        x, y: (n,) and (k,), distances along both directions; the network stands at 0, 0.
        losses: (k, n), nan where there is none.
        path: (p, 2), points that training came through, the first first.
        step: (2,), the end of the next step.
    """
    powers = np.log10(np.maximum(losses, 1e-16))
    low, high = float(np.nanmin(powers)), float(np.nanmax(powers))
    high = high if high > low else low + 1.0
    shades = palette.diverging[: len(palette.diverging) // 2 + 1]
    ticks = _ticks(low, high)
    data = [
        {
            "type": "contour",
            "x": x.tolist(),
            "y": y.tolist(),
            "z": _plain(powers),
            "customdata": _plain(losses),
            "zmin": low,
            "zmax": high,
            "contours": {"start": low, "end": high, "size": (high - low) / LEVELS},
            "line": {"width": 0.6, "color": palette.grid},
            "colorscale": [[i / (len(shades) - 1), shade] for i, shade in enumerate(shades)],
            "colorbar": {
                "title": {"text": name, "side": "right"},
                "thickness": 12,
                "outlinewidth": 0,
                "tickvals": ticks,
                "ticktext": [f"{10**tick:.2g}" for tick in ticks],
            },
            "hovertemplate": f"{name} %{{customdata:.6g}}<extra></extra>",
        },
        _marks(path, "lines", "path", line={"color": palette.output, "width": 2.5}),
        _marks(path[:1], "markers", "start", marker={"size": 9, "color": palette.output}),
        _marks(
            np.array([[0.0, 0.0], step]), "lines+markers", "next step", marker={"size": [0, 8], "color": palette.text},
            line={"color": palette.text, "width": 2},
        ),
        _marks(
            np.zeros((1, 2)), "markers", "here",
            marker={"size": 12, "color": palette.output, "line": {"width": 2, "color": palette.text}},
        ),
    ]  # fmt: skip
    axes = {
        "x": {"title": axis_title(palette, "along the gradient, uphill to the right"), "range": [x[0], x[-1]]},
        "y": {"title": axis_title(palette, "along the path so far"), "range": [y[0], y[-1]]},
    }
    result = figure(palette, data, **axes)
    labels = {"here": (0.0, 0.0)} | ({"start": path[0].tolist()} if path[0].any() else {})
    result["layout"] |= {
        "height": 480,
        "annotations": [
            {"x": x, "y": y, "text": text, "showarrow": False, "yshift": 18, "bgcolor": palette.paper}
            for text, (x, y) in labels.items()
        ],
    }
    return result


def _marks(points, mode, name, **style):
    return {
        "type": "scatter",
        "mode": mode,
        "name": name,
        "x": points[:, 0].tolist(),
        "y": points[:, 1].tolist(),
        "hovertemplate": name + "<extra></extra>",
    } | style


def _plain(values):
    """Rows of numbers, None where there is none: JSON knows no nan."""
    return [[None if math.isnan(value) else value for value in row] for row in values.tolist()]


def _ticks(low, high):
    """Whole powers of ten where the range holds two or more, else its ends."""
    whole = list(range(math.ceil(low), math.floor(high) + 1))
    return whole[:: 1 + len(whole) // 8] if len(whole) > 1 else [low, (low + high) / 2, high]
