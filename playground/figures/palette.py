"""The colours of the charts, one set for Streamlit's light theme and one for its dark theme.

Blue and orange can be told apart with every common kind of colour blindness (Okabe and Ito 2008).
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

Colorscale: TypeAlias = list[list[float | str]]  # Plotly's: [place, colour], the places from 0 to 1


class Palette(NamedTuple):
    """Colours, named after what they stand for."""

    text: str
    muted: str
    grid: str
    zero: str
    target: str
    point: str
    output: str
    outside: str  # the background outside the training range
    paper: str  # the background of a label on a map
    edge: str  # the rim of a point on a map
    classes: tuple[str, ...]
    series: tuple[str, ...]  # of compared runs; the last one is the current run's
    diverging: tuple[str, ...]  # from the most negative value to the most positive, 0 in the middle


def colorscale(colors: Sequence[str]) -> Colorscale:
    """The colours at equal distances from 0 to 1; in between Plotly blends them."""
    return [[place, color] for place, color in zip(np.linspace(0, 1, len(colors)).tolist(), colors, strict=True)]


PALETTES = {
    "light": Palette(
        text="#31333f",
        muted="#6b6e7a",
        grid="#ececf1",
        zero="#c9cad3",
        target="#8a8d99",
        point="#0072b2",
        output="#d55e00",
        outside="rgba(49, 51, 63, 0.045)",
        paper="rgba(255, 255, 255, 0.8)",
        edge="#ffffff",
        classes=("#0072b2", "#d55e00", "#009e73"),
        series=("#0072b2", "#d55e00", "#009e73", "#a04f83", "#7d6608", "#2f9bd0", "#31333f"),
        diverging=("#00456e", "#2f86c1", "#a9cfe6", "#f6f6f4", "#f6c79b", "#de7a1c", "#8a3d00"),
    ),
    "dark": Palette(
        text="#fafafa",
        muted="#a3a8b8",
        grid="#262a36",
        zero="#454a5a",
        target="#8b90a0",
        point="#56b4e9",
        output="#ff8c3b",
        outside="rgba(250, 250, 250, 0.045)",
        paper="rgba(14, 17, 23, 0.8)",
        edge="#171614",
        classes=("#56b4e9", "#ff8c3b", "#2fc49a"),
        series=("#56b4e9", "#ff8c3b", "#2fc49a", "#e39bc6", "#f0e442", "#2f86c1", "#fafafa"),
        diverging=("#8fd3ff", "#3d9ad6", "#1d5478", "#1c1f29", "#7a4416", "#e0822a", "#ffc58f"),
    ),
}
