"""The panels that look inside a run: diagram, selected parameter, units, walk, gradient check and landscape."""

from tests.support.browser import STILL_FIT, button, fill, number, pause, wait_for_epoch, wait_for_number

PARAMETER = "[data-testid=selected-parameter]"


def edge(page):
    """Where the middle of the first weight's line is on the page."""
    line = page.locator("[data-testid=network-diagram] line").first
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_network_diagram_changes_as_it_trains_and_a_parameter_is_selected_by_mouse_and_set_by_hand(open_page):
    page = open_page(path="/?view=network")
    diagram = page.locator("[data-testid=network-diagram] .canvas")
    diagram.locator("line").nth(39).wait_for()
    assert diagram.locator("rect").count() == 22  # x, 20 units and the output
    page.mouse.move(*edge(page))
    diagram.locator(".tip").get_by_text("W1[0, 0] = 0.35281").wait_for()
    page.mouse.click(*edge(page))
    page.locator(PARAMETER).get_by_text("Selected: W1[0, 0]").wait_for()
    mark = page.locator(".layers .selected").first
    mark.wait_for(state="attached")
    assert mark.is_visible()
    loss = number(page, "loss")
    fill(page, "textbox", "Set W1[0, 0] by hand", "3")
    page.get_by_text("Changed by hand from epoch 0 on.").wait_for()
    wait_for_number(page, "loss", f"value !== {loss!r}")
    page.locator(PARAMETER).get_by_text("W1[0, 0] = 3,").wait_for()
    button(page, "Undo").click()
    wait_for_number(page, "loss", f"value === {loss!r}")

    chart = page.locator("[data-testid=weights-chart-2]")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 6, box["y"] + 60)
    page.mouse.click(box["x"] + box["width"] - 6, box["y"] + 60)
    page.locator(PARAMETER).get_by_text("Selected: b2[0] = ").wait_for()

    before = diagram.locator("svg").inner_html()
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 300")
    assert diagram.locator("svg").inner_html() != before
    pause(page)

    page.locator(".st-key-layer_count").get_by_text("4", exact=True).click()  # wide layers are folded, and say so
    page.wait_for_selector("[data-testid=weights-chart-5] image")
    diagram.get_by_text("+ 10 more").nth(3).wait_for()
    assert diagram.locator("line").count() == 10 + 3 * 100 + 10


def test_a_wrong_gradient_is_caught_and_the_units_add_up_to_the_fit(open_page):
    page = open_page(path="/?view=units,gradient")
    page.wait_for_selector("[data-testid=contributions-chart] .js-line")
    page.get_by_text("Both agree").wait_for()
    assert float(page.inner_text(".st-key-gradient-check-worst")) < 1e-7
    mistake = page.get_by_role("combobox", name="Break it")
    mistake.focus()
    mistake.press("ArrowDown")
    page.get_by_role("option").nth(1).click()
    page.get_by_text("They disagree").wait_for()
    assert float(page.inner_text(".st-key-gradient-check-worst")) > 1e-3

    sums = "document.querySelector('[data-testid=contributions-chart] .plot').data.at(-1).y"
    fit = f"{STILL_FIT}.data[3].y"  # the numbers under the pointer; the curve itself is drawn as exactly as it is seen
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 600")
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


def test_back_propagation_is_walked_by_keyboard(open_page):
    page = open_page(path="/?view=backprop")
    stage = page.locator(".st-key-backprop-stage")
    for stage_number in range(1, 14):
        stage.get_by_text(f"{stage_number} of 13").wait_for()
        page.keyboard.press("ArrowRight")
    stage.get_by_text("The loss after the step").wait_for()
    page.keyboard.press("ArrowLeft")
    stage.get_by_text("12 of 13 · The step").wait_for()
    assert page.url.endswith("?view=backprop")
    button(page, "Step").click()
    wait_for_epoch(page, "epoch > 0")
    button(page, "Train").click()
    page.get_by_text("pause the training to see this panel").wait_for()
    pause(page)
    stage.get_by_text("12 of 13").wait_for()


def test_a_long_map_shows_its_progress_and_can_be_cancelled(open_page):
    deep = "layers=64,64,64,64&activations=tanh,tanh,tanh,tanh&points=400"  # two seconds of work or more
    page = open_page(path=f"/?view=landscape&{deep}")
    button(page, "Map the loss around here").click()
    page.get_by_text("Mapping the loss").wait_for()
    button(page, "Cancel").click()
    button(page, "Map the loss around here").wait_for()
    button(page, "Map the loss around here").click()
    page.wait_for_selector(".st-key-landscape_chart .contourlayer")
    page.get_by_text("of the path").wait_for()
