"""What only a browser shows: that the charts paint and move, the keys, and the page in every dress."""

import pytest

from playground.experiment import Experiment
from playground.figures.palette import PALETTES

LINE = "[data-testid=fit-chart] .moving .js-line"
CHARTS = ("fit-chart", "loss-chart", "weights-chart-1", "weights-chart-2")


def button(page, name):
    return page.get_by_role("button", name=name)


def number(page, name):
    return float(page.get_attribute(f"[data-testid={name}]", "data-value"))


def wait_for_epoch(page, condition):
    page.wait_for_function(f"(e => {condition})(Number(document.querySelector('[data-testid=epoch]').dataset.value))")


def pause(page):
    """Pauses, and waits until the page shows the epoch it says it has paused at."""
    button(page, "Pause").click()
    text = page.get_by_text("Paused at epoch").inner_text()
    epoch = int(text.removeprefix("Paused at epoch ").rstrip(".").replace(",", ""))
    wait_for_epoch(page, f"e === {epoch}")
    return epoch


def marks(page):
    """What each chart has painted."""
    return page.evaluate(
        """charts => charts.map(name => [...document.querySelectorAll(`[data-testid=${name}] :is(.js-line, image)`)]
            .map(mark => mark.getAttribute("d") ?? mark.getAttribute("href")).join())""",
        CHARTS,
    )


def boxes(page):
    return [page.locator(f"[data-testid={name}]").bounding_box() for name in CHARTS]


def run_to(epoch, **changes):
    """The same training without a page: its loss at an epoch."""
    experiment = Experiment(**changes)
    trainer = experiment.trainer(experiment.problem())
    trainer.step(epoch)
    return trainer.loss


def test_every_chart_moves_while_it_trains_and_nothing_else_does(open_page):
    page = open_page()
    painted, places = marks(page), boxes(page)
    assert all(painted)
    button(page, "Train").click()
    wait_for_epoch(page, "e > 500")
    assert all(before != after for before, after in zip(painted, marks(page), strict=True))
    assert boxes(page) == places
    pause(page)
    assert boxes(page) == places


def test_what_is_shown_is_the_run_itself(open_page):
    page = open_page()
    assert number(page, "loss") == run_to(0)
    button(page, "Train").click()
    wait_for_epoch(page, "e > 300")
    epoch = pause(page)
    assert number(page, "loss") == pytest.approx(run_to(epoch), rel=1e-12)


def test_training_stops_at_the_limit_and_says_so(open_page):
    page = open_page()
    limit = page.get_by_role("spinbutton", name="Stop after epochs")
    limit.fill("500")
    limit.press("Enter")
    button(page, "Train").click()
    page.get_by_text("500 epochs are done").wait_for()
    wait_for_epoch(page, "e === 500")
    button(page, "Train").wait_for()


def test_the_keys_do_what_the_buttons_do(open_page):
    page = open_page()
    page.keyboard.press("s")
    wait_for_epoch(page, f"e === {Experiment().speed}")
    page.keyboard.press("Space")
    button(page, "Pause").wait_for()
    wait_for_epoch(page, "e > 100")
    page.keyboard.press("Space")
    button(page, "Train").wait_for()
    page.keyboard.press("b")
    wait_for_epoch(page, "e === 0")
    assert number(page, "loss") == run_to(0)
    page.keyboard.press("n")
    page.wait_for_function(f"Number(document.querySelector('[data-testid=loss]').dataset.value) !== {run_to(0)!r}")
    assert number(page, "loss") == run_to(0, seed=1)
    assert page.get_by_role("spinbutton", name="Weight seed").input_value() == "1"


def test_two_pages_do_not_disturb_each_other(open_page):
    one, other = open_page(), open_page()
    button(one, "Train").click()
    wait_for_epoch(one, "e > 200")
    button(other, "Step").click()
    wait_for_epoch(other, "e > 0")
    assert number(other, "epoch") == Experiment().speed
    epoch = pause(one)
    assert number(one, "loss") == pytest.approx(run_to(epoch), rel=1e-12)
    assert number(other, "loss") == run_to(Experiment().speed)


@pytest.mark.parametrize("theme", PALETTES)
def test_the_charts_wear_the_theme(open_page, theme):
    page = open_page(color_scheme=theme)
    stroke = page.eval_on_selector(LINE, "line => getComputedStyle(line).stroke")
    red, green, blue = bytes.fromhex(PALETTES[theme].output.removeprefix("#"))
    assert stroke == f"rgb({red}, {green}, {blue})"


def test_a_phone_shows_all_of_it_without_scrolling_sideways(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    for box in boxes(page):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    button(page, "Train").click()
    wait_for_epoch(page, "e > 100")


def test_the_loss_has_a_logarithmic_and_a_linear_scale(open_page):
    page = open_page()
    assert page.evaluate("document.querySelector('[data-testid=loss-chart] .plot').layout.yaxis.type") == "log"
    page.get_by_role("button", name="linear").click()
    page.wait_for_function(
        "document.querySelector('[data-testid=loss-chart] .plot')._fullLayout.yaxis.type === 'linear'"
    )
    assert page.get_by_role("button", name="linear").get_attribute("aria-pressed") == "true"


def test_another_network_gets_other_charts_and_a_word_about_it(open_page):
    page = open_page()
    button(page, "Step").click()
    wait_for_epoch(page, "e > 0")
    page.locator(".st-key-layer_count").get_by_text("3", exact=True).click()
    page.wait_for_selector("[data-testid=weights-chart-4] image")
    page.locator(".st-key-message").get_by_text("starts again at epoch 0").wait_for()
    assert number(page, "epoch") == 0
    page.locator(".st-key-layer_count").get_by_text("1", exact=True).click()
    page.wait_for_selector("[data-testid=weights-chart-4]", state="detached")


def test_divergence_is_told_plainly_and_the_last_finite_state_stays(open_page):
    page = open_page()
    rate = page.get_by_role("spinbutton", name="Learning rate")
    rate.fill("100")
    rate.press("Enter")
    button(page, "Train").click()
    message = page.locator(".st-key-message")
    message.get_by_text("Training diverged").wait_for()
    button(page, "Train").wait_for()
    page.wait_for_function("!document.querySelector('.board').classList.contains('training')")
    assert number(page, "loss") < float("inf")
    assert f"epoch {number(page, 'epoch'):,.0f}." in message.inner_text()
    assert "Traceback" not in page.inner_text("body")
    button(page, "Reset").click()
    wait_for_epoch(page, "e === 0")


def test_back_propagation_is_walked_by_keyboard(open_page):
    page = open_page(path="/?view=backprop")
    stage = page.locator(".st-key-backprop-stage")
    for number in range(1, 14):
        stage.get_by_text(f"{number} of 13").wait_for()
        page.keyboard.press("ArrowRight")
    stage.get_by_text("The loss after the step").wait_for()
    page.keyboard.press("ArrowLeft")
    stage.get_by_text("12 of 13 · The step").wait_for()
    assert page.url.endswith("?view=backprop")
    button(page, "Step").click()
    wait_for_epoch(page, "e > 0")
    button(page, "Train").click()
    page.get_by_text("Pause the training, and walk through").wait_for()
    pause(page)
    stage.get_by_text("12 of 13").wait_for()


def test_the_timeline_goes_back_and_training_goes_on_from_there(open_page):
    page = open_page()
    button(page, "Train").click()
    wait_for_epoch(page, "e > 400")
    last = pause(page)
    slider = page.get_by_role("slider", name="Timeline")
    slider.focus()
    slider.press("Home")
    wait_for_epoch(page, "e === 0")
    assert number(page, "loss") == run_to(0)
    page.get_by_text(f"at epoch 0 of {last:,}").wait_for()
    page.get_by_role("slider", name="Timeline").press("ArrowRight")
    wait_for_epoch(page, "e > 0")
    epoch = number(page, "epoch")
    assert number(page, "loss") == run_to(int(epoch))
    button(page, "Step").click()
    wait_for_epoch(page, f"e === {epoch + Experiment().speed}")
    assert number(page, "loss") == run_to(int(number(page, "epoch")))
