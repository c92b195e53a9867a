"""The charts of the layers: one quantity of each layer over the run, and of all layers at one moment."""

from playground.figures.base import Figure, dots, figure, line
from playground.figures.palette import Palette

BAND, BAR = 0.16, 0.5  # the opacity between the quartiles: bands of several layers lie over one another


def color_of(palette: Palette, layer: int) -> str:
    """The colour of a layer, 0 for the first."""
    return palette.series[layer % len(palette.series)]


def history_figure(palette: Palette, names: list[str]) -> Figure:
    """Empty curves by epoch: of each layer the area between its quartiles, then of each layer a line."""
    colors = [color_of(palette, layer) for layer in range(len(names))]
    bands = [
        line([], [], {"width": 0, "color": color}, fill="toself", fillcolor=_faint(color, BAND), hoverinfo="skip")
        for color in colors
    ]
    lines = [
        line([], [], {"width": 2, "color": color}, hover=f"{name}: %{{customdata:.4g}} at epoch %{{x:.0f}}")
        | {"mode": "lines+markers", "marker": {"size": 3, "color": color}}
        for name, color in zip(names, colors, strict=True)
    ]
    return figure(palette, bands + lines, x={"title": "epoch", "range": [0, 100], "nticks": 6}, y={"range": [0, 1]})


def moment_figure(palette: Palette, names: list[str]) -> Figure:
    """Of each layer, side by side, an empty bar from quartile to quartile, and a dot; a thin line joins the dots."""
    colors = [color_of(palette, layer) for layer in range(len(names))]
    bars = [line([], [], {"width": 14, "color": _faint(color, BAR)}, hoverinfo="skip") for color in colors]
    joined = [line([], [], {"width": 1, "color": palette.muted, "dash": "dot"}, hoverinfo="skip")]
    marks = [
        dots([], [], {"size": 11, "color": color}, hover=f"{name}: %{{customdata:.6g}}")
        for name, color in zip(names, colors, strict=True)
    ]
    ticks = {"tickmode": "array", "tickvals": list(range(len(names))), "ticktext": names}
    return figure(
        palette,
        bars + joined + marks,
        x={"title": "layer", "range": [-0.5, len(names) - 0.5], "showgrid": False, **ticks},
        y={"range": [0, 1]},
    )


def _faint(color: str, opacity: float) -> str:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
