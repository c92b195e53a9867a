"""A matrix as a heatmap, with its numbers in the cells where they fit."""

import numpy as np

from playground.figures.base import figure
from playground.figures.contrast import inks

MOST_ROWS, MOST_COLUMNS = 24, 8  # with numbers


def matrix_figure(palette, values, cell=(None, None)):
    """The heatmap of a matrix (rows, columns), 0 in the middle of the colours; the full values are in the hover.

    `cell` (row, column) gets a frame; where one of them is None, the whole row or column; where both are, nothing.
    """
    rows, columns = values.shape
    limit = float(np.abs(values).max()) or 1.0
    shades = zip(np.linspace(0, 1, len(palette.diverging)).tolist(), palette.diverging, strict=True)
    data = [
        {
            "type": "heatmap",
            "z": values.tolist(),
            "x": list(range(columns)),
            "y": list(range(rows)),
            "zmin": -limit,
            "zmax": limit,
            "colorscale": [list(shade) for shade in shades],
            "showscale": False,
            "xgap": 1 if columns <= 32 else 0,
            "ygap": 1 if rows <= 32 else 0,
            "customdata": [[repr(value) for value in row] for row in values.tolist()],
            "hovertemplate": "[%{y}, %{x}] = %{customdata}<extra></extra>",
        }
    ]
    if rows <= MOST_ROWS and columns <= MOST_COLUMNS:
        data.append(_numbers(palette, values, limit))
    x = {"visible": False, "range": [-0.5, columns - 0.5]}
    y = {"visible": False, "range": [rows - 0.5, -0.5]}
    result = figure(palette, data, x=x, y=y, margins=(0, 0, 0, 0))
    result["layout"]["height"] = max(36, min(400, 22 * rows))
    if cell != (None, None):
        row, column = cell
        top, bottom = (-0.5, rows - 0.5) if row is None else (row - 0.5, row + 0.5)
        left, right = (-0.5, columns - 0.5) if column is None else (column - 0.5, column + 0.5)
        frame = {"type": "rect", "x0": left, "x1": right, "y0": top, "y1": bottom}
        result["layout"]["shapes"] = [frame | {"line": {"color": palette.text, "width": 2}}]
    return result


def _numbers(palette, values, limit):
    """The numbers on the cells, each in the colour that is told from its cell's: a heatmap's own have one for all."""
    places = np.indices(values.shape).reshape(2, -1)  # row and column of every cell
    with np.errstate(invalid="ignore"):  # a divergence has its infinities here
        shares = (values.ravel() / limit + 1) / 2
    return {
        "type": "scatter",
        "mode": "text",
        "x": places[1].tolist(),
        "y": places[0].tolist(),
        "text": [f"{value:.4g}".replace("-", "−") for value in values.ravel().tolist()],
        "textfont": {"size": 11, "color": inks(palette.diverging, shares)},
        "hoverinfo": "skip",
    }
