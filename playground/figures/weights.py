"""The parameters of one layer as a heatmap of [W | b], 0 in the middle of the colours, b set apart on the right."""

import numpy as np

from nn.arrays import Matrix
from playground.figures.base import NO_MARGINS, Figure, cell_gap, figure, heatmap, round_up
from playground.figures.palette import Palette, colorscale


def weights_figure(palette: Palette, layer_number: int, Wb: Matrix) -> Figure:
    """The heatmap of one layer. It has no axes: Plotly would redraw them every time, a third of the whole work.

    Args:
        palette: the colours.
        layer_number: 1 for the first layer after the input.
        Wb: [W | b], (units out, units in + 1).
    """
    units_out, units_in = Wb.shape[0], Wb.shape[1] - 1
    limit, gap = weights_limit(Wb), gap_width(units_in)
    cells = heatmap(
        [[*row[:-1], None, row[-1]] for row in Wb.tolist()],  # the gap before b
        (-limit, limit),
        hover="%{customdata} = %{z:.6g}",
        x=[*range(units_in + 1), units_in + gap, units_in + gap + 1],  # the edges of the cells
        y=list(range(units_out)),
        colorscale=colorscale(palette.diverging),
        xgap=cell_gap(units_in),
        ygap=cell_gap(units_out),
        hoverongaps=False,
        customdata=_names(layer_number, units_out, units_in),
    )
    x = {"visible": False, "range": [0, units_in + gap + 1]}
    y = {"visible": False, "range": [units_out - 0.5, -0.5]}  # unit 1 on top
    return figure(palette, [cells], x=x, y=y, margins=NO_MARGINS)


def gap_width(units_in: int) -> float:
    """The width of the gap before b, in columns of W."""
    return 0.1 + 0.04 * units_in


def weights_limit(Wb: Matrix) -> float:
    """The size that gets the full colour: the smallest of 0.5, 1, 2, 5, 10, ... that no parameter exceeds."""
    return round_up(max(float(np.abs(Wb).max()), 0.5))


def _names(layer_number: int, units_out: int, units_in: int) -> list[list[str]]:
    return [
        [f"W{layer_number}[{i}, {j}]" for j in range(units_in)] + ["", f"b{layer_number}[{i}]"]
        for i in range(units_out)
    ]
