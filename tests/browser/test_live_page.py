"""What only a browser shows: that the charts paint and move, the keys, and the page in every dress."""

import re

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
    trainer = experiment.start().trainer
    trainer.train(epoch)
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
    page.get_by_text("Stop conditions", exact=True).click()
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
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
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
    last = int(re.search(r"last finite state, epoch (\d+)", message.inner_text())[1])
    wait_for_epoch(page, f"e === {last}")
    assert number(page, "loss") < float("inf")
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
    page.get_by_text("pause the training to look at it").wait_for()
    pause(page)
    stage.get_by_text("12 of 13").wait_for()


def test_the_timeline_goes_back_and_training_goes_on_from_there(open_page):
    page = open_page()
    button(page, "Train").click()
    wait_for_epoch(page, "e > 400")
    pause(page)
    slider = page.get_by_role("slider", name="Timeline")
    slider.focus()
    slider.press("Home")
    wait_for_epoch(page, "e === 0")
    assert number(page, "loss") == run_to(0)
    page.get_by_text(re.compile(r"^Timeline: moment 1 of \d+$")).wait_for()
    page.get_by_role("slider", name="Timeline").press("ArrowRight")
    wait_for_epoch(page, "e > 0")
    epoch = number(page, "epoch")
    assert number(page, "loss") == run_to(int(epoch))
    button(page, "Step").click()
    wait_for_epoch(page, f"e === {epoch + Experiment().speed}")
    assert number(page, "loss") == run_to(int(number(page, "epoch")))


# --- Inside -----------------------------------------------------------------------------------------------------------

PARAMETER = "[data-testid=selected-parameter]"


def edge(page):
    """Where the middle of the first weight's line is on the page."""
    line = page.locator("[data-testid=network-diagram] line").first
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_network_is_drawn_and_lives_with_the_training(open_page):
    page = open_page(path="/?view=network")
    diagram = page.locator("[data-testid=network-diagram]")
    diagram.locator("line").nth(39).wait_for()
    assert diagram.locator("rect").count() == 22  # x, 20 units and the output
    before = diagram.locator("svg").inner_html()
    button(page, "Train").click()
    wait_for_epoch(page, "e > 300")
    assert diagram.locator("svg").inner_html() != before
    pause(page)


def test_a_weight_is_selected_by_mouse_and_set_by_hand(open_page):
    page = open_page(path="/?view=network,units,gradient")
    page.wait_for_selector("[data-testid=network-diagram] line")
    page.mouse.move(*edge(page))
    page.locator("[data-testid=network-diagram] .tip").get_by_text("W1[0, 0] = 0.352810469").wait_for()
    page.mouse.click(*edge(page))
    page.locator(PARAMETER).get_by_text("Selected: W1[0, 0]").wait_for()
    mark = page.locator(".layers .selected").first
    mark.wait_for(state="attached")
    assert mark.is_visible()
    loss = number(page, "loss")
    value = page.get_by_role("spinbutton", name="Set W1[0, 0] by hand")
    value.fill("3")
    value.press("Enter")
    page.get_by_text("Changed by hand from epoch 0 on.").wait_for()
    page.wait_for_function(f"Number(document.querySelector('[data-testid=loss]').dataset.value) !== {loss!r}")
    page.locator(PARAMETER).get_by_text("W1[0, 0] = 3,").wait_for()
    button(page, "Undo").click()
    page.wait_for_function(f"Number(document.querySelector('[data-testid=loss]').dataset.value) === {loss!r}")


def test_a_cell_of_a_heatmap_is_selected_by_a_click(open_page):
    page = open_page(path="/?view=network")
    chart = page.locator("[data-testid=weights-chart-2]")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 6, box["y"] + 60)
    page.mouse.click(box["x"] + box["width"] - 6, box["y"] + 60)
    page.locator(PARAMETER).get_by_text("Selected: b2[0] = ").wait_for()


def test_four_layers_of_64_are_folded_and_say_so(open_page):
    page = open_page(path="/?view=network")
    page.locator(".st-key-layer_count").get_by_text("4", exact=True).click()
    page.wait_for_selector("[data-testid=weights-chart-5] image")
    diagram = page.locator("[data-testid=network-diagram]")
    diagram.get_by_text("+ 10 more").nth(3).wait_for()
    assert diagram.locator("line").count() == 10 + 3 * 100 + 10


def test_the_units_add_up_to_the_fit_before_ones_eyes(open_page):
    page = open_page(path="/?view=units")
    sums = "document.querySelector('[data-testid=contributions-chart] .plot').data.at(-1).y"
    fit = "document.querySelector('[data-testid=fit-chart] .moving').data[0].y"
    page.wait_for_selector("[data-testid=contributions-chart] .js-line")
    button(page, "Train").click()
    wait_for_epoch(page, "e > 600")
    pause(page)
    apart = f"Math.max(...[...{sums}].map((y, i) => Math.abs(y - {fit}[2 * i])))"
    page.wait_for_function(f"{apart} < 1e-12")
    slider = page.get_by_role("slider", name="Units added")
    slider.focus()
    slider.press("Home")
    page.get_by_text("0 of 20").wait_for()
    page.wait_for_function(f"new Set({sums}).size === 1")  # the bias alone
    button(page, "Add one by one").click()
    page.get_by_text("20 of 20").wait_for()
    page.wait_for_function(f"{apart} < 1e-12")


def test_a_run_that_diverges_is_led_back(open_page):
    page = open_page()
    rate = page.get_by_role("spinbutton", name="Learning rate")
    rate.fill("5")
    rate.press("Enter")
    button(page, "Train").click()
    page.get_by_text("What happened").wait_for()
    button(page, "Go back to epoch 0 with learning rate 0.32").click()
    wait_for_epoch(page, "e === 0")
    page.get_by_text("What happened").wait_for(state="detached")
    assert rate.input_value() == "0.32"
    button(page, "Train").click()
    wait_for_epoch(page, "e > 300")
    pause(page)
    assert number(page, "loss") < 0.2


def test_the_stable_learning_rate_stands_beside_the_one_in_use(open_page):
    page = open_page()
    assert 0.3 < float(page.inner_text("[data-testid=stable-learning-rate]")) < 0.34
    assert page.inner_text("[data-testid=learning-rate]") == "in use: 0.1"
    before = number(page, "stable-learning-rate")
    button(page, "Train").click()
    wait_for_epoch(page, "e > 600")
    pause(page)
    assert number(page, "stable-learning-rate") != before


def test_a_mistake_is_caught(open_page):
    page = open_page(path="/?view=gradient")
    page.get_by_text("Both agree").wait_for()
    assert float(page.inner_text(".st-key-gradient-check-worst")) < 1e-7
    mistake = page.get_by_role("combobox", name="Break it")
    mistake.focus()
    mistake.press("ArrowDown")
    page.get_by_role("option").nth(1).click()
    page.get_by_text("They do not agree").wait_for()
    assert float(page.inner_text(".st-key-gradient-check-worst")) > 1e-3


def test_a_long_map_shows_its_progress_and_can_be_cancelled(open_page):
    largest = "layers=64,64,64,64&activations=tanh,tanh,tanh,tanh&points=1000"
    page = open_page(path=f"/?view=landscape&{largest}")
    button(page, "Map the loss around here").click()
    page.get_by_text("Mapping the loss").wait_for()
    button(page, "Cancel").click()
    button(page, "Map the loss around here").wait_for()
    button(page, "Map the loss around here").click()
    page.wait_for_selector(".st-key-landscape_chart .contourlayer", timeout=60_000)
    page.get_by_text("of the path").wait_for()


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("width", [390, 1440])
def test_every_panel_opens_in_every_dress(open_page, theme, width):
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
