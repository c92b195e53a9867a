"""The growth before a divergence: the loss, and the quantity that stopped being finite first, by epoch."""

import math
from collections.abc import Sequence

from playground.figures.base import Figure, figure, scatter
from playground.figures.palette import Palette


def growth_figure(
    palette: Palette, epochs: Sequence[int], losses: Sequence[float], sizes: Sequence[float], name: str
) -> Figure:
    """One or two lines on a logarithmic scale.

    Args:
        palette: the colours.
        epochs: the last ones before the divergence.
        losses, sizes: the loss at each epoch, and the quantity's largest entry. Values of 0 and inf are left out.
        name: of the quantity; if that is the loss itself, there is one line.
    """
    lines = [("loss", _positive(losses), palette.muted)]
    if name != "loss":
        lines.append((f"largest |{name}|", _positive(sizes), palette.output))
    data = [
        scatter(
            "lines+markers",
            epochs,
            values,
            hover=f"{label} %{{y:.3e}} at epoch %{{x}}",
            name=label,
            line={"color": color, "width": 2},
            marker={"size": 6},
        )
        for label, values, color in lines
    ]
    powers = [math.log10(value) for _, values, _ in lines for value in values if value is not None] or [0.0]
    margin = 0.06 * (max(powers) - min(powers)) or 1.0
    return figure(
        palette,
        data,
        x={"title": "epoch", "tickformat": "d", "nticks": 6, "range": [epochs[0] - 0.5, epochs[-1] + 0.5]},
        y={
            "type": "log",
            "exponentformat": "power",
            "nticks": 6,
            "range": [min(powers) - margin, max(powers) + margin],
        },
        margins=(64, 10, 8, 40),
        height=220,
        showlegend=True,
        legend={"orientation": "h", "y": 1.15},
    )


def _positive(values: Sequence[float]) -> list[float | None]:
    return [value if 0 < value < math.inf else None for value in values]
