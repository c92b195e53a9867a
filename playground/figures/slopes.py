"""A unit's g and g' over Z, and a dot per training example on both."""

import numpy as np

from nn.arrays import Flat
from playground.figures.base import Figure, dots, figure, line
from playground.figures.palette import Palette


def slopes_figure(palette: Palette, Zs: Flat, As: Flat, slopes: Flat) -> Figure:
    """The curves A = g(Z) and g'(Z) through Zs, if there are any, and after each its dots, still to come."""
    heights = np.concatenate([As, slopes, [0.0, 1.0]])
    low, high = float(heights.min()), float(heights.max())
    margin = 0.08 * (high - low)
    data = []
    curves = (("g(Z)", As, palette.point, "circle"), ("g′(Z)", slopes, palette.output, "diamond"))
    for name, curve, color, symbol in curves:
        data.append(line(Zs, curve, {"color": color, "width": 2}, hoverinfo="skip", showlegend=False))
        marker = {"size": 7, "color": color, "symbol": symbol, "opacity": 0.7}
        data.append(dots([], [], marker, hover=f"Z = %{{x:.6g}}<br>{name} = %{{y:.6g}}", name=name))
    return figure(
        palette,
        data,
        x={"title": "Z", "range": [-4.0, 4.0]},
        y={"range": [low - margin, high + margin]},
        margins=(46, 8, 26, 40),
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
    )
