"""The loss by epoch, on a logarithmic or a linear scale."""

import math

import numpy as np

from playground.figures.base import axis_title, figure, round_up


def loss_figure(palette, epochs, losses):
    """The loss curve; its ranges are those of `loss_ranges`."""
    ranges = loss_ranges(epochs, losses)
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "loss",
            "x": epochs.tolist(),
            "y": losses.tolist(),
            "line": {"color": palette.output, "width": 2, "simplify": False},
            "hovertemplate": "loss %{y:.6g} at epoch %{x}<extra></extra>",
        }
    ]
    x = {"title": axis_title(palette, "epoch"), "range": ranges["epoch"], "nticks": 6}
    y = {
        "title": axis_title(palette, "loss"),
        "type": "log",
        "range": ranges["log"],
        "dtick": ranges["dtick"],
        "exponentformat": "power",
    }
    return figure(palette, data, x=x, y=y)


def loss_ranges(epochs, losses):
    """Ranges that hold the curve and change only now and then: {"epoch", "log", "linear"}, each [from, to].

    The logarithmic range is in powers of ten, as Plotly takes it, and "dtick" is how many of them lie between two
    ticks. A loss of 0 is drawn at 1e-16.
    """
    top = max(float(np.max(losses)), 1e-16)
    bottom = max(float(np.min(losses)), 1e-16)
    low, high = math.floor(math.log10(bottom) - 0.02), math.floor(math.log10(top)) + 1
    return {
        "epoch": [0, round_up(max(int(epochs[-1]), 100))],
        "log": [low, high],
        "linear": [0, round_up(top)],
        "dtick": max(1, -(-(high - low) // 8)),
    }
