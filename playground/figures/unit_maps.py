"""The maps of a layer's units: one heatmap of tiles, 0 in the middle of the colours, which the browser fills."""

from playground.figures.base import NO_MARGINS, Figure, figure, heatmap
from playground.figures.palette import Palette, colorscale


def unit_maps_figure(palette: Palette) -> Figure:
    """A heatmap without axes. The browser arranges the tiles, as many per row as there is room for."""
    tiles = heatmap(
        [], hover="unit %{customdata}: a = %{z:.6g}", colorscale=colorscale(palette.diverging), hoverongaps=False
    )
    return figure(palette, [tiles], x={"visible": False}, y={"visible": False}, margins=NO_MARGINS)
