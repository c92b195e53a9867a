"""What came of a sweep: the median final loss of every cell; over one knob a line with its spread, over two a map."""

import math

import numpy as np

from playground.figures.base import CLEAR, axis_title, figure
from playground.figures.loss import loss_ranges


def sweep_figure(palette, cells, labels, ticks):
    """The cells that have a result.

    Args:
        palette: a Palette.
        cells: for each cell its loss, low, high, diverged and runs, as a sweep's Cell; the last axis changes fastest.
        labels: the names of one or two knobs.
        ticks: for each knob the words of its values.

    Returns:
        A figure whose last trace has a point for each cell, in order, to be clicked.
    """
    losses = [_shown(cell.loss) for cell in cells]
    words = [_words(cell) for cell in cells]
    build = _line if len(labels) == 1 else _map
    chart = build(palette, cells, losses, words, labels, ticks)
    chart["layout"]["hoverdistance"] = 200  # pixels: a click anywhere in a cell is a click on its point
    return chart


def _line(palette, cells, losses, words, labels, ticks):
    """Medians, with bars from the least to the greatest."""
    low, high = ([_shown(getattr(cell, end)) for cell in cells] for end in ("low", "high"))
    known = [loss for loss in (*losses, *low, *high) if loss is not None]
    below = [0 if loss is None else loss - least for loss, least in zip(losses, low, strict=True)]
    above = [0 if loss is None or most is None else most - loss for loss, most in zip(losses, high, strict=True)]
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": list(range(len(cells))),
            "y": losses,
            "error_y": {"type": "data", "symmetric": False, "array": above, "arrayminus": below, "thickness": 1.2},
            "line": {"color": palette.output, "width": 2},
            "marker": {"size": 12},
            "text": words,
            "hovertemplate": "%{text}<extra></extra>",
        }
    ]
    ranges = loss_ranges(np.array([0]), np.array(known or [1.0]))
    y = {"title": axis_title(palette, "final loss"), "type": "log", "range": ranges["log"], "tickmode": "array"}
    return figure(palette, data, x=_axis(palette, labels[0], ticks[0]), y=y | ranges["ticks"])


def _map(palette, cells, losses, words, labels, ticks):
    """Colours by the logarithm, the least loss darkest; the first knob upwards, the second to the right."""
    rows, columns = len(ticks[0]), len(ticks[1])
    powers = [None if loss is None else math.log10(loss) for loss in losses]
    known = [power for power in powers if power is not None] or [0.0, 1.0]
    light, middle, strong = palette.diverging[3:6]
    colors = [[0, strong], [0.5, middle], [1, light]]
    data = [
        {
            "type": "heatmap",
            "z": [powers[row * columns : (row + 1) * columns] for row in range(rows)],
            "zmin": min(known),
            "zmax": max(max(known), min(known) + 1e-3),
            "colorscale": colors,
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [place % columns for place in range(len(cells))],
            "y": [place // columns for place in range(len(cells))],
            "text": [_short(cell) for cell in cells],
            "textfont": {"color": palette.text, "size": 11},
            "marker": {"size": 30, "color": CLEAR},
            "customdata": words,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    ]
    return figure(palette, data, x=_axis(palette, labels[1], ticks[1]), y=_axis(palette, labels[0], ticks[0]))


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
    if cell.loss is None:
        return ""
    if not math.isfinite(cell.loss):
        return "diverged"
    return f"{cell.loss:.2g}" + (f"<br><sub>{cell.low:.1g} to {cell.high:.1g}</sub>" if cell.runs > 1 else "")


def _words(cell):
    if cell.loss is None:
        return "not trained yet"
    spread = f", from {cell.low:.3g} to {cell.high:.3g}" if cell.runs > 1 else ""
    lost = f"; {cell.diverged} of {cell.runs} diverged" if cell.diverged else ""
    return f"median loss {cell.loss:.4g}{spread}{lost}"
