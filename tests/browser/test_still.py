"""Charts that stand still: they follow the theme, are drawn again only when they change, and answer to a click."""

from playground.figures.palette import PALETTES
from tests.support.browser import button, chosen_browser, only_chromium, type_into, wait_for_epoch, wait_until_idle

GRADIENT = ".st-key-gradient_chart [data-testid=still-chart]"
DRAWN = f"{GRADIENT} .main-svg"
HELD = "**/*plotly*.js*"  # the address of Plotly's script

PLACE_OF_POINT = """(plot, point) => {
    const { left, top } = plot.getBoundingClientRect();
    const [{ xaxis, yaxis }, { x, y }] = [plot._fullLayout, plot._fullData.at(-1)];
    return [left + xaxis._offset + xaxis.d2p(x[point]), top + yaxis._offset + yaxis.d2p(y[point])];
}"""  # on the page, of a point of the last trace

ASKED_FOR = {"landscape": "Map the loss around here", "compare": "Pin this run", "sweep": "Start the sweep"}
LABELS = {name: name.title() for name in ASKED_FOR} | {"gradient": "Gradient check", "backprop": "Back-propagation"}


def watch_line(page):
    """What the page is sent from now on: the bytes of each file, by its address, and of all messages together."""
    moved, addresses = {"messages": 0}, {}
    session = page.context.new_cdp_session(page)

    def note_message(event):
        moved["messages"] += 3 * len(event["response"]["payloadData"]) // 4  # it is in base64

    def note_file(event):
        moved[addresses.get(event["requestId"], "")] = event["encodedDataLength"]

    session.on("Network.webSocketFrameReceived", note_message)
    session.on(
        "Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]})
    )
    session.on("Network.loadingFinished", note_file)
    session.send("Network.enable")
    return moved


@only_chromium("Firefox's driver does not count bytes as they come")
def test_panels_with_a_still_chart_are_light_and_ask_for_no_second_plotly(open_page):
    """Of each panel, its own messages, and all files that it could have asked for if it had been the first."""
    page = open_page(as_new=True)
    button(page, "Step").click()
    wait_for_epoch(page, "epoch > 0")
    wait_until_idle(page)
    moved = watch_line(page)
    for name, label in LABELS.items():
        moved["messages"] = 0
        panel = page.get_by_test_id("stMain").get_by_text(label, exact=True)
        panel.click()
        if name in ASKED_FOR:
            button(page, ASKED_FOR[name]).click()
        page.wait_for_selector(f".st-key-panel_{name} [data-testid=still-chart] .main-svg")
        wait_until_idle(page)
        files = [address for address in moved if address != "messages"]
        assert moved["messages"] > 5_000, name
        assert not [address for address in files if "plotly" in address.lower()], name
        assert any("/still" in address for address in files), name
        counted = moved
        if name not in ASKED_FOR:  # formulas and code need what Streamlit has for them
            counted = {address: size for address, size in moved.items() if "/static/" not in address}
        assert sum(counted.values()) < 100_000, (name, counted)
        panel.click()
        page.wait_for_selector(f".st-key-panel_{name}", state="detached")
        wait_until_idle(page)


def color_of_points(page):
    return page.evaluate(f"getComputedStyle(document.querySelector('{GRADIENT} .point')).fill")


def as_css(color):
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return f"rgb({red}, {green}, {blue})"


def test_the_same_figure_is_not_drawn_again_and_another_one_is(open_page):
    page = open_page(path="/?view=gradient")
    page.wait_for_selector(f"{GRADIENT} .point")
    page.evaluate(
        f"""window.drawings = 0;
        document.querySelector('{GRADIENT} .plot').on('plotly_afterplot', () => window.drawings++)"""
    )
    page.get_by_test_id("stMain").get_by_text("Network", exact=True).click()
    page.wait_for_selector("[data-testid=network-diagram] line")
    wait_until_idle(page)
    assert page.evaluate("window.drawings") == 0
    button(page, "Step").click()
    wait_for_epoch(page, "epoch > 0")
    page.wait_for_function("window.drawings > 0")


def test_a_chart_has_its_place_before_plotly_has_come_and_follows_the_theme_without_being_mounted_again(
    open_page, address
):
    held = []
    page = open_page(as_new=True)
    page.route(HELD, lambda route: held.append(route))
    page.goto(f"{address}/?view=gradient", wait_until="commit")  # the load event waits for Plotly
    chart = page.locator(GRADIENT)
    chart.get_by_role("img", name="Each parameter's numeric derivative").wait_for()
    assert chart.bounding_box()["height"] == 360
    assert page.locator(DRAWN).count() == 0
    wait_until_idle(page)
    panel = page.locator(".st-key-panel_gradient")
    before = panel.bounding_box()["height"]
    for route in held:
        route.continue_()
    page.wait_for_selector(DRAWN)
    assert panel.bounding_box()["height"] == before

    page.wait_for_selector(f"{GRADIENT} .point")
    if chosen_browser() == "chromium":  # Firefox's driver cannot give an open page another theme
        assert color_of_points(page) == as_css(PALETTES["light"].point)
        page.evaluate(f"window.plot = document.querySelector('{GRADIENT} .plot')")
        page.emulate_media(color_scheme="dark")
        fill = as_css(PALETTES["dark"].point)
        page.wait_for_function(f"getComputedStyle(document.querySelector('{GRADIENT} .point')).fill === '{fill}'")
        assert page.evaluate(f"window.plot === document.querySelector('{GRADIENT} .plot')")


def test_a_click_chooses_a_point_of_a_sweep_again_and_again_on_a_line_and_on_a_map(open_page):
    page = open_page(path="/?view=sweep")
    panel = page.locator(".st-key-panel_sweep")
    for name, value in (("Seeds", "1"), ("Epochs", "10")):
        field = panel.get_by_role("textbox", name=name)
        type_into(field, value)
        wait_until_idle(page)
    for is_map, runs, drawn in ((False, 5, ".point"), (True, 20, ".heatmaplayer image")):
        if is_map:
            panel.get_by_text("and a second knob").click()
            panel.get_by_role("textbox").nth(3).wait_for()
        button(panel, "Start the sweep").click()
        panel.get_by_text(f"{runs} of {runs} runs were trained").wait_for()
        panel.locator(f"[data-testid=still-chart] {drawn}").first.wait_for()
        wait_until_idle(page)
        plot = panel.locator("[data-testid=still-chart] .plot").element_handle()
        plot.scroll_into_view_if_needed()
        for place, rate in ((0, "0.01"), (2, "0.1"), (1, "0.032")):
            point = 4 * place if is_map else place
            x, y = plot.evaluate(PLACE_OF_POINT, point)
            page.mouse.move(x, y)
            page.wait_for_function("([plot, point]) => plot._hoverdata?.[0].pointNumber === point", arg=[plot, point])
            page.mouse.click(x, y)
            button(panel, f"Open Learning rate {rate}").wait_for()
