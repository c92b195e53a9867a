"""What came of a sweep: the median final loss of every cell; over one knob a line with its spread, over two a map."""

import math

import numpy as np

from playground.figures.base import CLEAR, axis_title, figure
from playground.figures.loss import loss_ranges


def sweep_figure(palette, cells, labels, ticks, chosen=None):
    """The cells that have a result.

    Args:
        palette: a Palette.
        cells: for each cell its loss, low, high, diverged and runs, as a sweep's Cell; the last axis changes fastest.
        labels: the names of one or two knobs.
        ticks: for each knob the words of its values.
        chosen: the number of the cell that is outlined, or None.

    Returns:
        A figure whose last trace has a point for each cell, in order, to be clicked.
    """
    build = _line if len(labels) == 1 else _map
    chart = build(palette, cells, labels, ticks, chosen)
    chart["layout"]["hoverdistance"] = 200  # pixels: a click anywhere in a cell is a click on its point
    chart["data"][-1] |= {
        "customdata": [in_words(cell) for cell in cells],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    for trace in chart["data"][1:]:  # Plotly would fade what is not clicked
        trace["unselected"] = {"marker": {"opacity": 1}, "textfont": {"color": palette.text}}
    return chart


def _line(palette, cells, labels, ticks, chosen):
    """Medians, with bars from the least to the greatest, and a cross at the top where runs diverged."""
    losses, low, high = ([_shown(getattr(cell, name)) for cell in cells] for name in ("loss", "low", "high"))
    known = [loss for loss in (*losses, *low, *high) if loss is not None]
    ranges = loss_ranges(np.array([0]), np.array(known or [1.0]))
    bottom, edge = ranges["log"]
    lost = [place for place, cell in enumerate(cells) if cell.diverged]
    room = 0.075 * (edge - bottom) if lost else 0.0  # above all losses there are crosses
    top, edge = 10.0 ** min(edge + 2 * room, 308), edge + 3 * room
    most = [top if cell.diverged else greatest for cell, greatest in zip(cells, high, strict=True)]
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(range(len(cells))),
            "y": losses,
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": [0 if loss is None else end - loss for loss, end in zip(losses, most, strict=True)],
                "arrayminus": [0 if loss is None else loss - end for loss, end in zip(losses, low, strict=True)],
                "thickness": 1.2,
            },
            "line": {"color": palette.output, "width": 2},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": lost,
            "y": [top] * len(lost),
            "text": [_lost(cells[place], "<br>") for place in lost],
            "textposition": "bottom center",
            "textfont": {"color": palette.text, "size": 12},
            "marker": {"symbol": "x", "size": 11, "color": palette.text},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": list(range(len(cells))),
            "y": [top if cell.loss == math.inf else loss for cell, loss in zip(cells, losses, strict=True)],
            "marker": {
                "size": [16 if place == chosen else 12 for place in range(len(cells))],
                "opacity": 1,
                "color": [CLEAR if cell.loss == math.inf else palette.output for cell in cells],
                "line": {"color": palette.text, "width": [2 if place == chosen else 0 for place in range(len(cells))]},
            },
        },
    ]
    y = {"title": axis_title(palette, "final loss"), "type": "log", "range": [bottom, edge], "tickmode": "array"}
    return figure(palette, data, x=_axis(palette, labels[0], ticks[0]), y=y | ranges["ticks"])


def _map(palette, cells, labels, ticks, chosen):
    """Colours by the logarithm, the least loss most orange; the first knob upwards, the second to the right."""
    columns = len(ticks[1])
    powers = [None if cell.loss in (None, math.inf) else math.log10(_shown(cell.loss)) for cell in cells]
    known = [power for power in powers if power is not None] or [0.0, 1.0]
    light, middle, strong = palette.diverging[3:6]
    rows, places = zip(*(divmod(place, columns) for place in range(len(cells))), strict=True)
    data = [
        {
            "type": "heatmap",
            "z": _in_rows(powers, columns),
            "zmin": min(known),
            "zmax": max(max(known), min(known) + 1e-3),
            "colorscale": [[0, strong], [0.5, middle], [1, light]],
            "opacity": 0.7,  # what is written on the strongest can be read
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
            "text": _in_rows([_short(cell) for cell in cells], columns),
            "texttemplate": "%{text}",
            "textfont": {"color": palette.text},  # Plotly finds a size that fits the cells
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": list(places),
            "y": list(rows),
            "marker": {"size": 30, "color": CLEAR},
        },
    ]
    chart = figure(palette, data, x=_axis(palette, labels[1], ticks[1]), y=_axis(palette, labels[0], ticks[0]))
    if chosen is not None:
        row, place = divmod(chosen, columns)
        around = {"x0": place - 0.5, "x1": place + 0.5, "y0": row - 0.5, "y1": row + 0.5}
        chart["layout"]["shapes"] = [{"type": "rect", "line": {"color": palette.text, "width": 3}} | around]
    return chart


def _in_rows(items, columns):
    return [items[start : start + columns] for start in range(0, len(items), columns)]


def _axis(palette, label, ticks):
    places = list(range(len(ticks)))
    return {
        "title": axis_title(palette, label), "range": [-0.5, len(ticks) - 0.5], "tickmode": "array", "tickvals": places,
        "ticktext": list(ticks), "showgrid": False,
    }  # fmt: skip


def _shown(loss):
    """A loss for a logarithmic axis; None where there is none."""
    return max(loss, 1e-16) if loss is not None and math.isfinite(loss) else None


def _short(cell):
    """The median, and under it the least and the greatest, in lines that are narrow enough for a phone."""
    if cell.loss is None:
        return ""
    if cell.loss == math.inf:
        return _lost(cell, "<br>")
    spread = f"<br>{_number(cell.low)}–<br>{_number(cell.high)}" if cell.runs > 1 else ""
    return _number(cell.loss) + spread


def _lost(cell, space=" "):
    return "diverged" if cell.diverged == cell.runs else f"{cell.diverged} of {cell.runs}{space}diverged"


def in_words(cell):
    """What came of a cell, in words."""
    if cell.loss is None:
        return "not trained yet"
    if cell.loss == math.inf:
        return _lost(cell) + (f"; the least loss is {_number(cell.low)}" if cell.low < math.inf else "")
    spread = f", from {_number(cell.low)} to {_number(cell.high)}" if cell.runs > 1 else ""
    lost = f"; {_lost(cell)}" if cell.diverged else ""
    return f"median loss {_number(cell.loss)}{spread}{lost}"


def _number(loss):
    """Three digits of any loss, so that rounded too a median is in its range."""
    return "diverged" if loss == math.inf else f"{loss:#.3g}".rstrip(".")
