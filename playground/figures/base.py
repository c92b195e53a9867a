"""What all charts share: their frame, and how a range is rounded so that it seldom has to change.

A figure is the dict {"data": [...], "layout": {...}} that Plotly draws. The builders write it plainly: Plotly's own
classes check every value, which takes 70 ms a page, and a test has them check all figures once.
"""

import math
import sys

CLEAR = "rgba(0, 0, 0, 0)"
MARGINS = (54, 10, 8, 38)


def figure(palette, data, *, x, y, margins=MARGINS):
    """A figure with two quiet axes.

    Args:
        palette: a Palette.
        data: traces.
        x, y: what is special about the axes. Ranges are given, never found by Plotly: what moves must not jump.
        margins: left, right, top and bottom, in pixels.
    """
    axis = {
        "gridcolor": palette.grid,
        "zeroline": False,
        "showline": True,
        "linecolor": palette.zero,
        "ticks": "",
        "tickfont": {"color": palette.muted, "size": 11},
        "fixedrange": True,
    }
    layout = {
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "margin": dict(zip("lrtb", margins, strict=True)),
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "font": {"color": palette.text, "family": "Source Sans, Source Sans Pro, sans-serif"},
        "xaxis": axis | x,
        "yaxis": axis | y,
    }
    return {"data": data, "layout": layout}


def axis_title(palette, text):
    """The title of an axis, quieter than its numbers."""
    return {"text": text, "font": {"color": palette.muted, "size": 12}, "standoff": 6}


def round_up(value):
    """The next number of the series 1, 2, 5, 10, 20, ... that is not below a positive value."""
    decade = 10.0 ** math.floor(math.log10(value))
    candidates = (decade * step for step in (1, 2, 5, 10))
    return min(next(number for number in candidates if number >= value * (1 - 1e-12)), sys.float_info.max)
