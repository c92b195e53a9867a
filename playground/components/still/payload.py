"""A figure that stands still, as the browser is sent it: in every palette, but its numbers only once, and in binary."""

import base64
from collections.abc import Callable
from typing import Any

import numpy as np

from playground.components.view_contract import PackedArray, StillPayload
from playground.figures.base import Figure, Spec
from playground.figures.palette import PALETTES, Palette

PACKED = ("x", "y", "z", "customdata")  # what a trace may have a number of for every point
MAX_FLOAT32 = float(np.finfo(np.float32).max)


def still_payload(
    draw: Callable[[Palette], Figure], alt: str, *, height: int | None = None, clickable: bool = False
) -> StillPayload:
    """A chart with all that it needs to follow the page's theme.

    Args:
        draw: gives the figure in a palette.
        alt: what the chart shows, for those who cannot see it.
        height: in pixels; without it, that of the figure's layout.
        clickable: whether a click on one of its points is sent.
    """
    arrays: dict[str, PackedArray] = {}
    figures = {name: _packed(draw(palette), arrays) for name, palette in PALETTES.items()}
    return {
        "alt": alt,
        "height": figures["light"]["layout"]["height"] if height is None else height,
        "clickable": clickable,
        "arrays": arrays,
        "figures": figures,
    }


def _packed(figure: Figure, arrays: dict[str, PackedArray]) -> Figure:
    """A figure whose numbers are in `arrays`: each trace has as its "arrays" their names there, by its own names.

    Its axes make room for long labels, as nothing moves that could jump then.
    """
    layout = figure["layout"]
    axes = {name: layout[name] | {"automargin": True} for name in ("xaxis", "yaxis")}
    data = [_packed_trace(trace, arrays) for trace in figure["data"]]
    return {"data": data, "layout": layout | axes | {"hoverlabel": {"align": "left"}}}


def _packed_trace(trace: Spec, arrays: dict[str, PackedArray]) -> Spec:
    packed = {name: _pack(trace[name], single=_is_rounded(trace, name)) for name in PACKED if name in trace}
    places = {name: _place(array, arrays) for name, array in packed.items() if array is not None}
    return {name: value for name, value in trace.items() if name not in places} | {"arrays": places}


def _is_rounded(trace: Spec, name: str) -> bool:
    """Whether single precision is enough: numbers become colours alone, or are shown with no more than six digits."""
    if name == "customdata":
        return "%{customdata:.6g}" in trace.get("hovertemplate", "") and _fits_single(trace[name])
    return name == "z" and trace["z"] != trace.get("customdata")


def _fits_single(values: Any) -> bool:
    """Whether all numbers keep their first six digits in single precision, which the largest and smallest do not."""
    doubles = np.asarray(values, float)
    with np.errstate(over="ignore"):
        return np.allclose(doubles.astype(np.float32), doubles, rtol=1e-7, atol=0, equal_nan=True)


def _place(array: PackedArray, arrays: dict[str, PackedArray]) -> str:
    """The name of an array among those that are sent; equal ones are sent once."""
    for name, known in arrays.items():
        if known == array:
            return name
    arrays[name := str(len(arrays))] = array
    return name


def _pack(values: Any, *, single: bool) -> PackedArray | None:
    """Numbers as Plotly reads them, nan where there is none; None if there are no numbers, or if they are texts."""
    array = np.asarray(values)
    if array.size == 0 or array.dtype.kind == "U":
        return None
    array = array.astype("<f8")
    if single:
        array = np.clip(array, -MAX_FLOAT32, MAX_FLOAT32).astype("<f4")
    return {
        "dtype": array.dtype.str[1:],
        "bdata": base64.b64encode(array.tobytes()).decode(),
        "shape": ", ".join(map(str, array.shape)),
    }
