"""The colours of the charts, one set for Streamlit's light theme and one for its dark theme.

Blue and orange are told apart with every common kind of colour-blindness (Okabe and Ito 2008).
"""

from typing import NamedTuple


class Palette(NamedTuple):
    """Colours by what they stand for."""

    text: str
    muted: str
    grid: str
    zero: str
    target: str
    point: str
    output: str
    outside: str  # the ground outside the training range
    paper: str  # the ground of a label over a picture
    edge: str  # around a point that lies on a picture
    classes: tuple
    series: tuple  # of runs that are compared
    diverging: tuple  # from the most negative over 0 to the most positive


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
