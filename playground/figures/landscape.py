"""The loss landscape as a contour map in powers of ten, with the path across it and the next step."""

import math

import numpy as np

from nn.arrays import Flat, Matrix
from playground.figures.base import Figure, Spec, figure, finite_or_none, scatter
from playground.figures.palette import Palette, colorscale

LEVELS = 15  # contour lines


def landscape_figure(palette: Palette, name: str, x: Flat, y: Flat, losses: Matrix, path: Matrix, step: Flat) -> Figure:
    """The map.

    Args:
        palette: the colours.
        name: what the losses are.
        x, y: (n,) and (k,), distances along both directions; the network is at 0, 0.
        losses: (k, n), nan where there is none.
        path: (p, 2), where training went, from its start on.
        step: (2,), the end of the next step.
    """
    here = np.zeros((1, 2))
    data = [
        _contours(palette, name, x, y, losses),
        _track("lines", "path", path, line={"color": palette.output, "width": 2.5}),
        _track("markers", "start", path[:1], marker={"size": 9, "color": palette.output}),
        _track(
            "lines+markers",
            "next step",
            np.vstack([here, step]),
            marker={"size": [0, 8], "color": palette.text, "line": {"width": 0}},
            line={"color": palette.text, "width": 2},
        ),
        _track(
            "markers",
            "here",
            here,
            marker={"size": 12, "color": palette.output, "line": {"width": 2, "color": palette.text}},
        ),
    ]
    labels = {"here": [0.0, 0.0]} | ({"start": path[0].tolist()} if path[0].any() else {})
    return figure(
        palette,
        data,
        x={"title": "along the gradient, uphill to the right", "range": [float(x[0]), float(x[-1])]},
        y={"title": "along the path so far", "range": [float(y[0]), float(y[-1])]},
        height=480,
        annotations=[
            {"x": x, "y": y, "text": text, "showarrow": False, "yshift": 18, "bgcolor": palette.paper}
            for text, (x, y) in labels.items()
        ],
    )


def _contours(palette: Palette, name: str, x: Flat, y: Flat, losses: Matrix) -> Spec:
    powers = np.log10(np.maximum(losses, 1e-16))
    low, high = float(np.nanmin(powers)), float(np.nanmax(powers))
    high = high if high > low else low + 1.0
    ticks = _ticks(low, high)
    return {
        "type": "contour",
        "x": x.tolist(),
        "y": y.tolist(),
        "z": [finite_or_none(row) for row in powers],
        "customdata": [finite_or_none(row) for row in losses],
        "hoverongaps": False,
        "zmin": low,
        "zmax": high,
        "contours": {"start": low, "end": high, "size": (high - low) / LEVELS},
        "line": {"width": 0.6, "color": palette.grid},
        "colorscale": colorscale(palette.diverging[: len(palette.diverging) // 2 + 1]),
        "colorbar": {
            "title": {"text": name, "side": "right"},
            "thickness": 12,
            "outlinewidth": 0,
            "tickvals": ticks,
            "ticktext": [f"{10**tick:.2g}" for tick in ticks],
        },
        "hovertemplate": f"{name} %{{customdata:.6g}}<extra></extra>",
    }


def _track(mode: str, name: str, points: Matrix, **style: Spec) -> Spec:
    return scatter(mode, points[:, 0], points[:, 1], hover=name, name=name, **style)


def _ticks(low: float, high: float) -> list[float]:
    """Whole powers of ten if the range holds at least two, otherwise its ends and its middle."""
    whole: list[float] = list(range(math.ceil(low), math.floor(high) + 1))
    return whole[:: 1 + len(whole) // 8] if len(whole) > 1 else [low, (low + high) / 2, high]
