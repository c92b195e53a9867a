"""An activation as a curve, with the place of one unit on it."""

import numpy as np

from nn.arrays import Flat
from playground.figures.base import Figure, dots, figure, line
from playground.figures.palette import Palette


def activation_figure(palette: Palette, Zs: Flat, As: Flat, Z: float, A: float) -> Figure:
    """A over Z, and the point of the unit with dotted lines to both axes."""
    low, high = float(np.min(As)), float(np.max(As))
    margin = 0.08 * (high - low) or 1.0
    bottom, left = low - margin, float(np.min(Zs))
    dotted = {"color": palette.target, "width": 1, "dash": "dot"}
    return figure(
        palette,
        [
            line(Zs, As, {"color": palette.point, "width": 2}, hover="g(%{x:.4g}) = %{y:.6g}"),
            line([Z, Z, left], [bottom, A, A], dotted, hoverinfo="skip"),
            dots([Z], [A], {"size": 10, "color": palette.output}, hover="Z = %{x:.6g}<br>A = %{y:.6g}"),
        ],
        x={"title": "Z", "range": [left, float(np.max(Zs))]},
        y={"title": "A = g(Z)", "range": [bottom, high + margin]},
        margins=(64, 8, 6, 40),
        height=220,
    )
