"""The parameters of one layer as a heatmap of [W | b], 0 in the middle of the colours, b set apart on the right."""

import numpy as np

from playground.figures.base import blank_figure, round_up


def weights_figure(palette, layer_number, Wb):
    """The heatmap of one layer.

    Args:
        palette: a Palette.
        layer_number: 1 for the first layer after the input.
        Wb: [W | b], (units out, units in + 1).
    """
    units_out, units_in = Wb.shape[0], Wb.shape[1] - 1
    figure = blank_figure(palette, x_title="", y_title="", left=30, bottom=26)
    limit = weights_limit(Wb)
    figure.add_heatmap(
        z=weights_cells(Wb),
        x=np.arange(units_in + 2),
        y=np.arange(units_out),
        zmin=-limit,
        zmax=limit,
        colorscale=list(zip(np.linspace(0, 1, len(palette.diverging)).tolist(), palette.diverging, strict=True)),
        showscale=False,
        xgap=1 if units_in < 33 else 0,
        ygap=1 if units_out < 33 else 0,
        hoverongaps=False,
        customdata=_names(layer_number, units_out, units_in),
        hovertemplate="%{customdata} = %{z:.6g}<extra></extra>",
    )
    shown = _some(units_in)
    figure.update_xaxes(
        range=[-0.5, units_in + 1.5],
        tickvals=[*shown, units_in + 1],
        ticktext=[*(str(i + 1) for i in shown), "<b>b</b>"],
        showgrid=False,
    )
    shown = _some(units_out)
    figure.update_yaxes(
        range=[units_out - 0.5, -0.5], tickvals=shown, ticktext=[str(i + 1) for i in shown], showgrid=False
    )
    return figure


def weights_cells(Wb):
    """[W | b] with an empty column before b: (units out, units in + 2)."""
    return np.insert(Wb, Wb.shape[1] - 1, np.nan, axis=1)


def weights_limit(Wb):
    """The size that gets the full colour: the next of 0.5, 1, 2, 5, 10, ... from the largest parameter on."""
    return round_up(max(float(np.abs(Wb).max()), 0.5))


def _some(count):
    """At most eight indices of a row of units, the first and evenly on."""
    return list(range(0, count, max(1, -(-count // 8))))


def _names(layer_number, units_out, units_in):
    return [
        [f"W{layer_number}[{i + 1}, {j + 1}]" for j in range(units_in)] + ["", f"b{layer_number}[{i + 1}]"]
        for i in range(units_out)
    ]
