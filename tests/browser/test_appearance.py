"""The page in both themes and on a phone."""

import pytest

from playground.figures.palette import PALETTES
from tests.support.browser import button, chart_boxes, wait_for_epoch

LINE = "[data-testid=fit-chart] .moving .js-line"


@pytest.mark.parametrize("theme", PALETTES)
def test_the_charts_use_the_colours_of_the_theme(open_page, theme):
    page = open_page(color_scheme=theme)
    stroke = page.eval_on_selector(LINE, "line => getComputedStyle(line).stroke")
    red, green, blue = bytes.fromhex(PALETTES[theme].output.removeprefix("#"))
    assert stroke == f"rgb({red}, {green}, {blue})"


def test_a_phone_shows_all_of_it_without_scrolling_sideways(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    for box in chart_boxes(page):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 100")


def test_the_loss_has_a_logarithmic_and_a_linear_scale(open_page):
    page = open_page()
    assert page.evaluate("document.querySelector('[data-testid=loss-chart] .plot').layout.yaxis.type") == "log"
    page.get_by_role("button", name="linear").click()
    page.wait_for_function(
        "document.querySelector('[data-testid=loss-chart] .plot')._fullLayout.yaxis.type === 'linear'"
    )
    assert page.get_by_role("button", name="linear").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("width", [390, 1440])
def test_every_panel_opens_in_both_themes_on_a_phone_and_a_desktop(open_page, theme, width):
    page = open_page(
        path="/?view=network,units,backprop,gradient,landscape",
        color_scheme=theme,
        viewport={"width": width, "height": 900},
    )
    page.get_by_text("Both agree").wait_for()
    page.wait_for_selector("[data-testid=network-diagram] line")
    button(page, "Map the loss around here").click()
    page.wait_for_selector(".st-key-landscape_chart .contourlayer")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
