"""A unit's g and g' over Z, with the training examples on both."""

import numpy as np

from nn.arrays import Flat
from playground.figures.base import Figure, dots, figure, line
from playground.figures.palette import Palette

HEIGHT = 300


def slopes_figure(palette: Palette, Zs: Flat, As: Flat, slopes: Flat, Z: Flat, A: Flat, slope: Flat) -> Figure:
    """The curves A = g(Z) and g'(Z) through Zs, if there are any, and a dot per training example on each."""
    places = np.concatenate([Zs, Z])
    heights = np.concatenate([As, slopes, A, slope, [0.0]])
    low, high = float(heights.min()), float(heights.max())
    margin = 0.08 * (high - low) or 1.0
    left, right = float(places.min()), float(places.max())
    side = 0.02 * (right - left) or 1.0
    data = []
    curves = (("g(Z)", As, A, palette.point, "circle"), ("g′(Z)", slopes, slope, palette.output, "diamond"))
    for name, curve, at, color, symbol in curves:
        data.append(line(Zs, curve, {"color": color, "width": 2}, hoverinfo="skip", showlegend=False))
        marker = {"size": 7, "color": color, "symbol": symbol, "opacity": 0.7}
        data.append(dots(Z, at, marker, hover=f"Z = %{{x:.6g}}<br>{name} = %{{y:.6g}}", name=name))
    return figure(
        palette,
        data,
        x={"title": "Z", "range": [left - side, right + side]},
        y={"range": [low - margin, high + margin]},
        margins=(46, 8, 26, 40),
        height=HEIGHT,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
    )
