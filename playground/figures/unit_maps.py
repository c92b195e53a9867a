"""The maps of a layer's units: one heatmap of tiles, 0 in the middle of the colours, filled in by the browser."""

import numpy as np

from playground.figures.base import figure


def unit_maps_figure(palette):
    """A heatmap without axes; the browser lays out its tiles, as many in a row as there is room for."""
    shades = zip(np.linspace(0, 1, len(palette.diverging)).tolist(), palette.diverging, strict=True)
    data = [
        {
            "type": "heatmap",
            "z": [],
            "colorscale": [list(shade) for shade in shades],
            "showscale": False,
            "hoverongaps": False,
            "hovertemplate": "unit %{customdata}: a = %{z:.6g}<extra></extra>",
        }
    ]
    return figure(palette, data, x={"visible": False}, y={"visible": False}, margins=(0, 0, 0, 0))
