"""The figure of a matrix: a heatmap with numbers that can be read."""

import math

import numpy as np
import pytest
from plotly.colors import sample_colorscale, unlabel_rgb

from playground.figures.matrix import MAX_NUMBERED_COLUMNS, MAX_NUMBERED_ROWS, matrix_figure
from playground.figures.palette import PALETTES
from tests.support.contrast import contrast, to_hex
from tests.support.figures import EACH_PALETTE


@EACH_PALETTE
def test_a_number_on_a_cell_can_be_read_whatever_the_colour_of_the_cell(palette):
    shape = MAX_NUMBERED_ROWS, MAX_NUMBERED_COLUMNS
    values = np.linspace(-3, 3, math.prod(shape)).reshape(shape)
    cells, numbers = matrix_figure(palette, values)["data"]
    for x, y, text, ink in zip(numbers["x"], numbers["y"], numbers["text"], numbers["textfont"]["color"], strict=True):
        value = cells["z"][y][x]
        assert float(text.replace("−", "-")) == pytest.approx(value, rel=1e-3)
        share = (value - cells["zmin"]) / (cells["zmax"] - cells["zmin"])
        background = unlabel_rgb(sample_colorscale(cells["colorscale"], share)[0])  # as Plotly blends it
        assert contrast(ink, to_hex(background)) >= 4.5


@pytest.mark.parametrize("values", [[[np.inf, 1.0]], [[np.nan, -1.0]]], ids=str)
def test_a_matrix_that_is_not_finite_has_its_numbers_and_colours_all_the_same(values):
    cells, numbers = matrix_figure(PALETTES["light"], np.array(values))["data"]
    assert numbers["text"][1] in ("1", "−1")
    assert (cells["zmin"], cells["zmax"]) == (-1, 1)
