"""What all charts share: their frame, and how a range is rounded so that it seldom has to change."""

import math

import plotly.graph_objects as go


def blank_figure(palette, *, x_title, y_title, left=48, bottom=38):
    """An empty figure with two quiet axes. Its ranges are fixed by whoever fills it: a chart that moves must not."""
    axis = {
        "gridcolor": palette.grid,
        "zeroline": False,
        "linecolor": palette.zero,
        "ticks": "",
        "tickfont": {"color": palette.muted, "size": 11},
        "title": {"font": {"color": palette.muted, "size": 12}, "standoff": 6},
        "fixedrange": True,
    }
    layout = go.Layout(
        template=None,
        paper_bgcolor="rgba(0, 0, 0, 0)",
        plot_bgcolor="rgba(0, 0, 0, 0)",
        margin={"l": left, "r": 10, "t": 8, "b": bottom},
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        font={"color": palette.text, "family": "Source Sans, Source Sans Pro, sans-serif"},
        xaxis=axis,
        yaxis=axis,
    )
    layout.xaxis.title.text, layout.yaxis.title.text = x_title, y_title
    return go.Figure(layout=layout)


def round_up(value):
    """The next number of the series 1, 2, 5, 10, 20, ... that is not below a positive value."""
    decade = 10.0 ** math.floor(math.log10(value))
    return next(decade * step for step in (1, 2, 5, 10) if decade * step >= value * (1 - 1e-12))
