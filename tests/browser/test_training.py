"""That the charts paint and move while a network trains, and that what they show is the run itself."""

import re
from pathlib import Path

import pytest

from playground.components.sources import FOLDER as COMPONENTS
from playground.experiment import Experiment
from playground.figures.palette import PALETTES
from tests.support.browser import (
    CHARTS,
    button,
    chart_boxes,
    fill,
    loss_at,
    number,
    open_group,
    pause,
    wait_for_epoch,
    wait_for_number,
    wait_for_value,
    wait_until_idle,
)

COMPARE = Path(__file__).with_name("compare_drawn.js").read_text()


def marks(page):
    """What each chart has painted."""
    return page.evaluate(
        """charts => charts.map(name => [...document.querySelectorAll(`[data-testid=${name}] *`)]
            .filter(mark => mark.matches(".js-line, image, canvas"))
            .map(mark => mark.toDataURL?.() ?? mark.getAttribute("d") ?? mark.getAttribute("href")).join())""",
        CHARTS,
    )


def compare_cells(page, scheme):
    """Of every layer the share of the pixels that are drawn, and how many of their colours are not Plotly's."""
    wait_until_idle(page)
    page.add_script_tag(content=COMPARE)
    source, colors = (COMPONENTS / "board" / "cell_canvas.js").read_text(), list(PALETTES[scheme].diverging)
    return page.evaluate("([source, colors]) => compareCells(source, colors)", [source, colors])


def assert_the_loss_has_a_logarithmic_and_a_linear_scale(page):
    assert page.evaluate("document.querySelector('[data-testid=loss-chart] .plot').layout.yaxis.type") == "log"
    linear = page.get_by_role("button", name="linear")
    linear.click()
    page.wait_for_function(
        "document.querySelector('[data-testid=loss-chart] .plot')._fullLayout.yaxis.type === 'linear'"
    )
    assert linear.get_attribute("aria-pressed") == "true"


def test_every_chart_moves_while_it_trains_and_what_is_shown_is_the_run_itself_at_any_moment(open_page):
    page = open_page()
    assert number(page, "loss") == loss_at(0)
    assert 0.3 < float(page.inner_text("[data-testid=stable-learning-rate]")) < 0.34
    assert page.inner_text("[data-testid=learning-rate]") == "in use: 0.1"
    stable = number(page, "stable-learning-rate")
    painted, places = marks(page), chart_boxes(page)
    assert all(painted)
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 600")
    assert all(before != after for before, after in zip(painted, marks(page), strict=True))
    assert chart_boxes(page) == places
    epoch = pause(page)
    assert chart_boxes(page) == places
    assert number(page, "loss") == pytest.approx(loss_at(epoch), rel=1e-12)
    assert number(page, "stable-learning-rate") != stable
    layers = compare_cells(page, "light")
    assert len(layers) == 2
    for drawn, different in layers:
        assert drawn > 0.5
        assert different == 0

    slider = page.get_by_role("slider", name="Timeline")
    slider.focus()
    slider.press("Home")
    wait_for_epoch(page, "epoch === 0")
    assert number(page, "loss") == loss_at(0)
    page.get_by_text(re.compile(r"^Timeline: moment 1 of \d+$")).wait_for()
    page.get_by_role("slider", name="Timeline").press("ArrowRight")
    wait_for_epoch(page, "epoch > 0")
    epoch = number(page, "epoch")
    assert number(page, "loss") == loss_at(int(epoch))
    button(page, "Step").click()  # training goes on from there
    wait_for_epoch(page, f"epoch === {epoch + Experiment().speed}")
    assert number(page, "loss") == loss_at(int(number(page, "epoch")))
    assert_the_loss_has_a_logarithmic_and_a_linear_scale(page)


def test_what_passes_looks_as_plotly_draws_it(open_page):
    """Two layers of few cells in the light theme are compared above."""
    many = "layers=7,40&activations=tanh,relu&seed=3"
    page = open_page(f"/?target=step&low=-3&high=1&{many}&embed=true&embed_options=dark_theme")
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 100")
    pause(page)
    layers = compare_cells(page, "dark")
    assert len(layers) == 3
    for drawn, different in layers:
        assert drawn > 0.5
        assert different == 0
    plotlys, own = page.evaluate("source => compareLine(source)", (COMPONENTS / "board/passing_line.js").read_text())
    assert len(own) > 200
    assert own == [pytest.approx(place, abs=0.02) for place in plotlys]


def test_the_keys_do_what_the_buttons_do_another_network_gets_other_charts_and_training_stops_at_the_limit(open_page):
    page = open_page()
    page.keyboard.press("s")
    wait_for_epoch(page, f"epoch === {Experiment().speed}")
    page.keyboard.press("Space")
    button(page, "Pause").wait_for()
    wait_for_epoch(page, "epoch > 100")
    page.keyboard.press("Space")
    button(page, "Train").wait_for()
    page.keyboard.press("b")
    wait_for_epoch(page, "epoch === 0")
    assert number(page, "loss") == loss_at(0)
    wait_until_idle(page)
    page.keyboard.press("n")
    wait_for_number(page, "loss", f"value !== {loss_at(0)!r}")
    assert number(page, "loss") == loss_at(0, seed=1)
    wait_until_idle(page)  # the sidebar is drawn after the board
    wait_for_value(page.get_by_role("textbox", name="Weight seed"), "1")

    button(page, "Step").click()
    wait_for_epoch(page, "epoch > 0")
    page.locator(".st-key-layer_count").get_by_text("3", exact=True).click()
    page.wait_for_selector("[data-testid=weights-chart-4] image")
    page.locator(".st-key-message").get_by_text("starts again at epoch 0").wait_for()
    assert number(page, "epoch") == 0
    page.locator(".st-key-layer_count").get_by_text("1", exact=True).click()
    page.wait_for_selector("[data-testid=weights-chart-4]", state="detached")

    open_group(page, "Stop conditions")
    fill(page, "textbox", "Stop after epochs", "500")
    button(page, "Train").click()
    page.get_by_text("500 epochs are done").wait_for()
    wait_for_epoch(page, "epoch === 500")
    button(page, "Train").wait_for()


def test_two_pages_do_not_disturb_each_other(open_page):
    one, other = open_page(), open_page()
    button(one, "Train").click()
    wait_for_epoch(one, "epoch > 200")
    button(other, "Step").click()
    wait_for_epoch(other, "epoch > 0")
    assert number(other, "epoch") == Experiment().speed
    epoch = pause(one)
    assert number(one, "loss") == pytest.approx(loss_at(epoch), rel=1e-12)
    assert number(other, "loss") == loss_at(Experiment().speed)


def test_divergence_is_reported_the_last_finite_state_stays_and_a_run_that_diverges_is_led_back(open_page):
    page = open_page()
    rate = fill(page, "textbox", "Learning rate", "100")
    button(page, "Train").click()
    message = page.locator(".st-key-message")
    message.get_by_text("Training diverged").wait_for()
    button(page, "Train").wait_for()
    last = int(re.search(r"last finite state, epoch (\d+)", message.inner_text())[1])
    wait_for_epoch(page, f"epoch === {last}")
    assert number(page, "loss") < float("inf")
    assert "Traceback" not in page.inner_text("body")
    told = page.get_by_test_id("out-of-sight")
    told.get_by_text("↑ network: above this chart, at least 4.8e152").wait_for()  # there is no curve to be seen
    button(page, "Reset").click()
    wait_for_epoch(page, "epoch === 0")
    told.wait_for(state="hidden")
    page.get_by_text("What happened").wait_for(state="detached")
    wait_until_idle(page)

    fill(page, "textbox", "Learning rate", "5")
    page.wait_for_function("location.search.includes('learning_rate=5')")
    button(page, "Train").click()
    page.get_by_text("What happened").wait_for()
    button(page, "Go back to epoch 0, and try a learning rate of 0.16").click()
    wait_for_epoch(page, "epoch === 0")
    page.get_by_text("What happened").wait_for(state="detached")
    wait_for_value(rate, "0.16")
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 300")
    pause(page)
    assert number(page, "loss") < 0.2
