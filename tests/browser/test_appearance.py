"""The page in both themes, on a desktop and on a phone."""

import pytest

from playground.figures.palette import PALETTES
from tests.support.browser import button, chart_boxes, resize, wait_for_epoch

LINE = "[data-testid=fit-chart] .moving .js-line"
WIDTHS = {"light": (1440, 390), "dark": (390, 1440)}  # at which the page opens, and which its window gets then


def assert_no_wider(page, width):
    page.wait_for_function("width => document.scrollingElement.scrollWidth <= width", arg=width)
    for box in chart_boxes(page):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def assert_marks_stand_before_their_words(page):
    """No line of a key begins between a mark and its word: each pair is on one line."""
    lines = page.eval_on_selector_all(
        ".network .swatch", "pairs => pairs.map(pair => pair.getClientRects().length).filter(Boolean)"
    )
    assert len(lines) >= 8
    assert set(lines) == {1}


@pytest.mark.parametrize("theme", PALETTES)
def test_all_of_it_is_in_the_colours_of_the_theme_and_no_wider_than_the_screen(open_page, theme):
    first, second = WIDTHS[theme]
    page = open_page(
        path="/?view=network,units,backprop,gradient,landscape",
        color_scheme=theme,
        viewport={"width": first, "height": 900},
    )
    stroke = page.eval_on_selector(LINE, "line => getComputedStyle(line).stroke")
    red, green, blue = bytes.fromhex(PALETTES[theme].output.removeprefix("#"))
    assert stroke == f"rgb({red}, {green}, {blue})"
    page.get_by_text("Both agree").wait_for()
    page.wait_for_selector("[data-testid=network-diagram] line")
    assert_marks_stand_before_their_words(page)
    button(page, "Map the loss around here").click()
    page.wait_for_selector(".st-key-landscape_chart .contourlayer")
    assert_no_wider(page, first)
    resize(page, second, 900)
    assert_no_wider(page, second)
    assert_marks_stand_before_their_words(page)
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 100")
