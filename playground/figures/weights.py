"""The parameters of one layer as a heatmap of [W | b], 0 in the middle of the colours, b set apart on the right."""

import numpy as np

from playground.figures.base import figure, round_up


def weights_figure(palette, layer_number, Wb):
    """The heatmap of one layer, without axes: Plotly would draw them anew each time, which takes a third of it all.

    Args:
        palette: a Palette.
        layer_number: 1 for the first layer after the input.
        Wb: [W | b], (units out, units in + 1).
    """
    units_out, units_in = Wb.shape[0], Wb.shape[1] - 1
    limit, gap = weights_limit(Wb), gap_width(units_in)
    shades = zip(np.linspace(0, 1, len(palette.diverging)).tolist(), palette.diverging, strict=True)
    data = [
        {
            "type": "heatmap",
            "z": [[*row[:-1], None, row[-1]] for row in Wb.tolist()],  # a gap before b
            "x": [*range(units_in + 1), units_in + gap, units_in + gap + 1],  # edges
            "y": list(range(units_out)),
            "zmin": -limit,
            "zmax": limit,
            "colorscale": [list(shade) for shade in shades],
            "showscale": False,
            "xgap": 1 if units_in < 33 else 0,
            "ygap": 1 if units_out < 33 else 0,
            "hoverongaps": False,
            "customdata": _names(layer_number, units_out, units_in),
            "hovertemplate": "%{customdata} = %{z:.6g}<extra></extra>",
        }
    ]
    x = {"visible": False, "range": [0, units_in + gap + 1]}
    y = {"visible": False, "range": [units_out - 0.5, -0.5]}  # unit 1 on top
    return figure(palette, data, x=x, y=y, margins=(0, 0, 0, 0))


def gap_width(units_in):
    """How wide the gap before b is, in columns of W."""
    return 0.1 + 0.04 * units_in


def weights_limit(Wb):
    """The size that gets the full colour: the next of 0.5, 1, 2, 5, 10, ... from the largest parameter on."""
    return round_up(max(float(np.abs(Wb).max()), 0.5))


def _names(layer_number, units_out, units_in):
    return [
        [f"W{layer_number}[{i}, {j}]" for j in range(units_in)] + ["", f"b{layer_number}[{i}]"]
        for i in range(units_out)
    ]
