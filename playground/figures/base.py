"""What all charts share: their types, axes and frame, and the few kinds of trace that they are made of.

A figure is the dict that Plotly draws. It is written as a dict because Plotly's own classes check every value, which
takes 70 ms per page; a test has them check every figure.
"""

import math
import sys
from collections.abc import Sequence
from typing import Any, TypeAlias, TypedDict

import numpy as np
import numpy.typing as npt

from playground.figures.palette import Palette

Spec: TypeAlias = dict[str, Any]  # a trace, axis or layout by Plotly's own names, each with values of its own type
Values: TypeAlias = npt.NDArray[Any] | Sequence[float | None]
Range: TypeAlias = list[float]  # [from, to]

TRANSPARENT = "rgba(0, 0, 0, 0)"
MARGINS = (46, 8, 6, 34)
NO_MARGINS = (0, 0, 0, 0)
MAX_SEPARATED_CELLS = 32  # along a side of a heatmap; there is no room for gaps between more


class Figure(TypedDict):
    """A chart: its traces, and everything around them."""

    data: list[Spec]
    layout: Spec


def as_text(words: str) -> str:
    """A visitor's words in a figure, where Plotly would take "<b>" for a mark."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def figure(
    palette: Palette, data: list[Spec], *, x: Spec, y: Spec, margins: tuple[int, int, int, int] = MARGINS, **layout: Any
) -> Figure:
    """A figure with two plain axes.

    Args:
        palette: the colours.
        data: the traces.
        x, y: options of the axes; "title" is a text. The range is always given, as nothing may jump while it moves.
        margins: left, right, top and bottom, in pixels.
        layout: further options of the layout.
    """
    frame: Spec = {
        "paper_bgcolor": TRANSPARENT,
        "plot_bgcolor": TRANSPARENT,
        "margin": dict(zip("lrtb", margins, strict=True)),
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "font": {"color": palette.text, "family": "Source Sans, Source Sans Pro, sans-serif"},
        "xaxis": _axis(palette, x),
        "yaxis": _axis(palette, y),
    }
    return {"data": data, "layout": frame | layout}


def _axis(palette: Palette, options: Spec) -> Spec:
    """An axis without ticks; its title is quieter than its numbers."""
    axis: Spec = {
        "gridcolor": palette.grid,
        "zeroline": False,
        "showline": True,
        "linecolor": palette.zero,
        "ticks": "",
        "tickfont": {"color": palette.muted, "size": 11},
        "fixedrange": True,
    }
    axis |= options
    if "title" in options:
        axis["title"] = {"text": options["title"], "font": {"color": palette.muted, "size": 12}, "standoff": 4}
    return axis


def scatter(mode: str, x: Values, y: Values, *, hover: str | None = None, **options: Any) -> Spec:
    """A trace of points, joined or not: "lines", "markers", "text", or several of them joined by "+".

    Args:
        mode: how the points are drawn.
        x, y: the points. Where y is not finite, there is a gap.
        hover: what is shown beside the pointer, a template of Plotly's.
        options: further options of the trace.
    """
    trace: Spec = {"type": "scatter", "mode": mode, "x": _plain(x), "y": finite_or_none(y)}
    return trace | _hover(hover) | options


def line(x: Values, y: Values, style: Spec, *, hover: str | None = None, **options: Any) -> Spec:
    """A line through points, of a style {"color", "width", "dash", ...}; the rest is as for `scatter`."""
    return scatter("lines", x, y, hover=hover, line=style, **options)


def dots(x: Values, y: Values, marker: Spec, *, hover: str | None = None, **options: Any) -> Spec:
    """Separate points, each a marker {"color", "size", "symbol", ...}; the rest is as for `scatter`."""
    return scatter("markers", x, y, hover=hover, marker=marker, **options)


def heatmap(
    z: Sequence[Sequence[Any]], limits: tuple[float, float] | None = None, *, hover: str | None = None, **options: Any
) -> Spec:
    """A heatmap of rows of numbers without a legend.

    Args:
        z: the rows.
        limits: the numbers that get the first and the last colour; without them Plotly finds them.
        hover, options: as for `scatter`.
    """
    ends = {} if limits is None else {"zmin": limits[0], "zmax": limits[1]}
    return {"type": "heatmap", "z": z, "showscale": False} | ends | _hover(hover) | options


def cell_gap(count: int) -> int:
    """The gap between the cells along one side of a heatmap, in pixels."""
    return int(count <= MAX_SEPARATED_CELLS)


def _hover(template: str | None) -> Spec:
    return {} if template is None else {"hovertemplate": f"{template}<extra></extra>"}


def rectangle(x: Range, y: Range, color: str, width: int) -> Spec:
    """The outline of a rectangle from x[0] to x[1] and from y[0] to y[1]: a shape of the layout."""
    corners = {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}
    return {"type": "rect", "line": {"color": color, "width": width}} | corners


def finite_or_none(values: Values) -> list[float | None]:
    """Numbers for Plotly: None, which leaves a gap, in place of any that is not finite."""
    return [value if value is not None and math.isfinite(value) else None for value in _plain(values)]


def _plain(values: Values) -> list[float | None]:
    return values.tolist() if isinstance(values, np.ndarray) else list(values)


def round_up(value: float) -> float:
    """The smallest number of the series 1, 2, 5, 10, 20, ... that is at least a positive value."""
    decade = 10.0 ** math.floor(math.log10(value))
    candidates = (decade * step for step in (1, 2, 5, 10))
    return min(next(number for number in candidates if number >= value * (1 - 1e-12)), sys.float_info.max)
