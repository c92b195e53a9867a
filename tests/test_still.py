"""A chart that stands still: what is sent is the figure in every palette, as small as it can be."""

import json

import numpy as np
import pytest

from playground.components.still import still_payload
from playground.figures.base import dots, figure, heatmap
from playground.figures.matrix import matrix_figure
from playground.figures.palette import PALETTES
from tests.support.still import figure_of

VALUES = np.random.RandomState(0).standard_normal((20, 100))


def drawn(palette):
    return matrix_figure(palette, VALUES, (1, 2))


def plain(value):
    """A figure without arrays of NumPy, nan as None."""
    if isinstance(value, np.ndarray):
        return np.where(np.isnan(value), None, value).tolist()
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("palette", PALETTES)
def test_the_browser_has_the_figure_in_every_palette_to_the_last_digit(palette):
    payload = json.loads(json.dumps(still_payload(drawn, "a matrix"), allow_nan=False))
    expected = drawn(PALETTES[palette])
    for axis in ("xaxis", "yaxis"):
        expected["layout"][axis]["automargin"] = True
    expected["layout"]["hoverlabel"] = {"align": "left"}
    assert plain(figure_of(payload, palette)) == expected


def test_numbers_are_sent_once_for_all_palettes_and_traces():
    payload = still_payload(drawn, "a matrix")
    assert len(payload["arrays"]) == 3  # x, y, and z, which is shown as a number, too
    assert len(json.dumps(payload)) < 8 * VALUES.size * 4 / 3 + 6000


def test_gaps_texts_and_empty_traces_are_what_they_were():
    def draw(palette):
        traces = [
            heatmap([[1.5, None], [np.inf, -1e300]]),
            dots([0, 1, 2], [None, 2.0, 3.0], {}, customdata=["a", "b", "c"]),
            dots([], [], {}),
        ]
        return figure(palette, traces, x={}, y={})

    payload = still_payload(draw, "several traces", height=100)
    colors, points, nothing = figure_of(payload, "light")["data"]
    np.testing.assert_array_equal(colors["z"], np.float32([[1.5, np.nan], [3.4028235e38, -3.4028235e38]]))
    assert plain(points["y"]) == [None, 2, 3]
    assert points["customdata"] == ["a", "b", "c"]
    assert (nothing["x"], nothing["y"]) == ([], [])


@pytest.mark.parametrize(("largest", "kind"), [(1 / 3, "f4"), (1e200, "f8"), (1e-300, "f8")])
def test_numbers_shown_with_six_digits_are_sent_in_single_precision_where_that_keeps_them(largest, kind):
    def draw(palette):
        shown = {"customdata": [[0.0, None], [1.5, largest]], "hovertemplate": "%{customdata:.6g}"}
        return figure(palette, [heatmap([[0.0, None], [1.0, 2.0]]) | shown], x={}, y={})

    payload = still_payload(draw, "losses", height=100)
    [trace] = payload["figures"]["light"]["data"]
    assert payload["arrays"][trace["arrays"]["customdata"]]["dtype"] == kind
    assert f"{float(figure_of(payload, 'light')['data'][0]['customdata'][1][1]):.6g}" == f"{largest:.6g}"


def test_the_height_is_that_of_the_layout_unless_another_is_given():
    assert still_payload(drawn, "")["height"] == drawn(PALETTES["light"])["layout"]["height"] == 400
    assert still_payload(drawn, "", height=100)["height"] == 100
