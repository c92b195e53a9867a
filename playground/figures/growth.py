"""The growth before a divergence: the loss, and what left the finite numbers first, by epoch."""

import math

from playground.figures.base import axis_title, figure


def growth_figure(palette, epochs, losses, sizes, name):
    """Two lines on a logarithmic scale.

    Args:
        palette: a Palette.
        epochs: the last ones before the end.
        losses, sizes: at each of them, the loss and the largest entry of the quantity; what is 0 or inf is left out.
        name: of the quantity; where that is the loss itself there is one line alone.
    """
    lines = [("loss", losses, palette.muted)]
    if name != "loss":
        lines.append((f"largest |{name}|", sizes, palette.output))
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": label,
            "x": epochs,
            "y": [value if 0 < value < math.inf else None for value in values],
            "line": {"color": color, "width": 2},
            "marker": {"size": 6},
            "hovertemplate": label + " %{y:.3e} at epoch %{x}<extra></extra>",
        }
        for label, values, color in lines
    ]
    x = {
        "title": axis_title(palette, "epoch"),
        "tickformat": "d",
        "nticks": 6,
        "range": [epochs[0] - 0.5, epochs[-1] + 0.5],
    }
    powers = [math.log10(value) for _, values, _ in lines for value in values if 0 < value < math.inf] or [0.0]
    margin = 0.06 * (max(powers) - min(powers)) or 1.0
    y = {"type": "log", "exponentformat": "power", "nticks": 6, "range": [min(powers) - margin, max(powers) + margin]}
    result = figure(palette, data, x=x, y=y, margins=(64, 10, 8, 40))
    result["layout"] |= {"height": 220, "showlegend": True, "legend": {"orientation": "h", "y": 1.15}}
    return result
