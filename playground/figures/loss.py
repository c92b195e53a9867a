"""The loss by epoch, on a logarithmic or a linear scale."""

import math

import numpy as np

from playground.figures.base import axis_title, figure, round_up


def loss_figure(palette, epochs, losses, *, tested=False):
    """The loss curve, an empty one for the objective, dotted, and if something is tested an empty one for that, dashed.

    Ranges are those of `loss_ranges`.
    """
    ranges = loss_ranges(epochs, losses)
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "loss",
            "x": epochs.tolist(),
            "y": losses.tolist(),
            "line": {"color": palette.output, "width": 2, "simplify": False},
            "marker": {"color": palette.output, "size": 8},
            "hovertemplate": "loss %{y:.6g} at epoch %{x}<extra></extra>",
        },
        _empty("objective", {"color": palette.output, "width": 1.5, "dash": "dot"}),
    ]
    if tested:
        data.append(_empty("test loss", {"color": palette.text, "width": 1.5, "dash": "dash"}))
    x = {"title": axis_title(palette, "epoch"), "range": ranges["epoch"], "nticks": 6}
    y = {
        "title": axis_title(palette, "loss"),
        "type": "log",
        "range": ranges["log"],
        "tickmode": "array",
        **ranges["ticks"],
    }
    return figure(palette, data, x=x, y=y)


def _empty(name, line):
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [],
        "y": [],
        "line": line | {"simplify": False},
        "hovertemplate": f"{name} %{{y:.6g}} at epoch %{{x}}<extra></extra>",
    }


def loss_ranges(epochs, losses):
    """Ranges that hold the curve and change only now and then, and the ticks of the logarithmic one.

    Returns:
        {"epoch", "linear", "log": [from, to], "ticks": {"tickvals", "ticktext"}}. The logarithmic range is in powers of
        ten, as Plotly takes it. A loss of 0 is drawn at 1e-16.
    """
    top = max(float(np.max(losses)), 1e-16)
    bottom = max(float(np.min(losses)), 1e-16)
    low, high = math.floor(math.log10(bottom) - 0.02), min(math.floor(math.log10(top)) + 1, 308)
    return {
        "epoch": [0, round_up(max(int(epochs[-1]), 100))],
        "linear": [0, round_up(top)],
        "log": [low, high + 0.03],  # room for the topmost tick
        "ticks": _ticks(low, high),
    }


def _ticks(low, high):
    """Ticks from 10^low to 10^high: at 1, 2 and 5 of every power if these are few, else at every so many powers."""
    if high - low <= 2:
        steps = [(digit, power) for power in range(low, high) for digit in (1, 2, 5)] + [(1, high)]
    else:
        steps = [(1, power) for power in range(low, high + 1, -(-(high - low) // 8))]
    return {
        "tickvals": [float(f"{digit}e{power}") for digit, power in steps],
        "ticktext": [_label(digit, power) for digit, power in steps],
    }


def _label(digit, power):
    if -4 < power < 4:
        return f"{float(f'{digit}e{power}'):g}"
    return ("" if digit == 1 else f"{digit}·") + f"10<sup>{power}</sup>".replace("-", "−")
