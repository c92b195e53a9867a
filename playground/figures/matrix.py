"""A matrix as a heatmap, with its numbers in the cells where they fit."""

import numpy as np

from nn.arrays import Matrix
from playground.figures.base import NO_MARGINS, Figure, Range, Spec, cell_gap, figure, heatmap, rectangle, scatter
from playground.figures.contrast import text_colors
from playground.figures.palette import Palette, colorscale

MAX_NUMBERED_ROWS, MAX_NUMBERED_COLUMNS = 24, 8  # of a matrix whose numbers are written into its cells


def matrix_figure(palette: Palette, values: Matrix, cell: tuple[int | None, int | None] = (None, None)) -> Figure:
    """The heatmap of a matrix (rows, columns), 0 in the middle of the colours; hovering shows the full values.

    `cell` (row, column) gets a frame. If one of them is None, the whole row or column does; if both are, nothing does.
    """
    rows, columns = values.shape
    limit = float(np.abs(values[np.isfinite(values)]).max(initial=0)) or 1.0
    data = [
        heatmap(
            values.tolist(),
            (-limit, limit),
            hover="[%{y}, %{x}] = %{customdata}",
            x=list(range(columns)),
            y=list(range(rows)),
            colorscale=colorscale(palette.diverging),
            xgap=cell_gap(columns),
            ygap=cell_gap(rows),
            customdata=values.tolist(),  # z itself would be rounded beside the pointer
        )
    ]
    if rows <= MAX_NUMBERED_ROWS and columns <= MAX_NUMBERED_COLUMNS:
        data.append(_numbers(palette, values, limit))
    result = figure(
        palette,
        data,
        x={"visible": False, "range": _edges(None, columns)},
        y={"visible": False, "range": _edges(None, rows)[::-1]},
        margins=NO_MARGINS,
        height=max(36, min(400, 22 * rows)),
    )
    if cell != (None, None):
        frame = rectangle(_edges(cell[1], columns), _edges(cell[0], rows), palette.text, 2)
        result["layout"]["shapes"] = [frame]
    return result


def _edges(index: int | None, count: int) -> Range:
    """The edges of a cell along one axis, or of all `count` cells together."""
    return [-0.5, count - 0.5] if index is None else [index - 0.5, index + 0.5]


def _numbers(palette: Palette, values: Matrix, limit: float) -> Spec:
    """The numbers on the cells, each black or white to suit its cell: a heatmap's own texts share one colour."""
    rows, columns = np.indices(values.shape).reshape(2, -1)
    with np.errstate(invalid="ignore"):  # a diverged network has infinities
        shares = (values.ravel() / limit + 1) / 2
    return scatter(
        "text",
        columns,
        rows,
        hoverinfo="skip",
        text=[f"{value:.4g}".replace("-", "−") for value in values.ravel().tolist()],
        textfont={"size": 11, "color": text_colors(palette.diverging, shares)},
    )
