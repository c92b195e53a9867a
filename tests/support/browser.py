"""The browsers, and what a browser test does and reads on the page.

Every wait is for a state of the page, never for a time. `page` is Playwright's.
"""

import os
import shutil
from urllib.parse import urlencode

import pytest

from playground.experiment import Experiment
from playground.sharing.links import to_query

# Only the page may be fetched: Chromium's own requests would fail on a closed network and slow it down.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIREFOX_PREFS = {  # a headless one has no mouse otherwise
    "ui.primaryPointerCapabilities": 6,
    "ui.allPointerCapabilities": 6,
}
PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
}
LOOK_AT_FILES = """() => {
    window.saved = null;
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = async function () {
        HTMLAnchorElement.prototype.click = click;
        const [address, name] = [this.href, this.download];
        const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
        window.saved = [[...bytes.slice(0, 16)], name];
    };
}"""
CHARTS = ("fit-chart", "loss-chart", "weights-chart-1", "weights-chart-2")
STILL_FIT = "document.querySelector('[data-testid=fit-chart] .still')"  # points and axes: drawn at a pause
RESTS = """() => {
    const parts = [...document.querySelectorAll(".board .card, .board .plot, .board .main-svg")];
    const places = JSON.stringify(parts.map((part) => part.getBoundingClientRect()));
    window.rested = { places, frames: places === window.rested?.places ? window.rested.frames + 1 : 0 };
    return window.rested.frames >= 10;
}"""  # for so many frames nothing of the board was moved or sized
MOVING_FIT = "document.querySelector('[data-testid=fit-chart] .moving')"  # the network's output: drawn every frame


def chosen_browser():
    """The browser that runs the tests: Playwright's name of it, from TEST_BROWSER."""
    return os.environ.get("TEST_BROWSER") or "chromium"


def path_of_browser(name):
    """The path of a browser, or None if there is none on the PATH."""
    return next(filter(None, map(shutil.which, PROGRAMS[name])), None)


def chromium_path():
    return path_of_browser("chromium")


def launch(kind, *, dark=False):
    """A headless browser of its own. `kind` is Playwright's browser type: Chromium or Firefox.

    An ordinary Firefox is driven by WebDriver BiDi, by which nobody can ask for the dark theme: `dark` starts it so.
    """
    if kind.name != "firefox":
        return kind.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
    prefs = {**FIREFOX_PREFS, "layout.css.prefers-color-scheme.content-override": 0 if dark else 1}
    return kind.launch(channel="moz-firefox", executable_path=path_of_browser("firefox"), firefox_user_prefs=prefs)


def only_chromium(reason):
    """Skips a test in other browsers, for a reason that is their driver's and not the page's."""
    return pytest.mark.skipif(chosen_browser() != "chromium", reason=reason)


# --- What a visitor does ----------------------------------------------------------------------------------------------


def button(page, name):
    return page.get_by_role("button", name=name)


def fill(page, role, name, value):
    """Types a value into a field and presses Enter; returns the field."""
    field = page.get_by_role(role, name=name, exact=True)
    type_into(field, value)
    return field


def type_into(field, value):
    """Types a value in the place of what stands in a field, key by key: what is filled in at once Firefox loses."""
    field.fill("")
    field.press_sequentially(str(value))
    field.press("Enter")


def choose(page, name, option):
    """Chooses an option of a select box."""
    box = page.get_by_role("combobox", name=name, exact=True)
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name=option, exact=True).click()


def open_group(page, name):
    """Opens a group of the sidebar, of which nothing has been changed yet, and waits until it no longer moves."""
    group = page.get_by_test_id("stSidebar").locator("details", has=page.get_by_text(name, exact=True))
    group.locator("summary").click()
    page.wait_for_function("group => group.open && !group.getAnimations().length", arg=group.element_handle())


def pause(page):
    """Pauses, waits until the page shows the epoch at which it says it has paused, and returns that epoch."""
    button(page, "Pause").click()
    text = page.get_by_text("Paused at epoch").inner_text()
    epoch = int(text.removeprefix("Paused at epoch ").rstrip(".").replace(",", ""))
    wait_for_epoch(page, f"epoch === {epoch}")
    return epoch


def saved_picture(page, save):
    """The first bytes and the name of a picture that `save` has the page save.

    Firefox's driver does not report a file that a page makes itself: there its link is looked at when it is pressed.
    """
    if chosen_browser() == "chromium":
        with page.expect_download() as download:
            save()
        return download.value.path().read_bytes()[:16], download.value.suggested_filename
    page.evaluate(LOOK_AT_FILES)
    save()
    page.wait_for_function("window.saved")
    start, name = page.evaluate("window.saved")
    return bytes(start), name


# --- What the page shows ----------------------------------------------------------------------------------------------


def number(page, name):
    """The value of a tile, to the last digit."""
    return float(page.get_attribute(f"[data-testid={name}]", "data-value"))


def wait_for_number(page, name, condition):
    """Waits until the value of a tile meets a condition: JavaScript in `value`."""
    value = f"Number(document.querySelector('[data-testid={name}]').dataset.value)"
    page.wait_for_function(f"(value => {condition})({value})")


def wait_for_epoch(page, condition):
    """Waits until the epoch meets a condition: JavaScript in `epoch`."""
    wait_for_number(page, "epoch", f"(epoch => {condition})(value)")


def wait_for_value(field, value):
    """Waits until a field has a value, and the server has answered."""
    field.page.wait_for_function("([field, value]) => field.value === value", arg=[field.element_handle(), value])
    wait_until_idle(field.page)


def wait_until_drawn(page):
    """Waits until the charts of a page that opens are drawn, and no longer stand in the outline."""
    page.wait_for_selector("[data-testid=fit-chart] .moving :is(.js-line, .heatmaplayer image)")
    page.wait_for_selector("[data-testid^=weights-chart] image")
    page.wait_for_selector("#outline", state="detached")


def go(page, address):
    """Opens another address in a tab, and waits until it is drawn."""
    page.goto(address, wait_until="commit")  # Firefox's driver misses a load now and then
    wait_until_drawn(page)


def wait_for_address(page, pattern):
    """Waits until the page's address holds a match; `wait_for_url` also waits for a load, which Firefox may miss."""
    page.wait_for_function("pattern => new RegExp(pattern).test(location.href)", arg=pattern)


def resize(page, width, height):
    """Gives the window another size, and waits until nothing moves any more."""
    page.set_viewport_size({"width": width, "height": height})
    wait_until_still(page)


def wait_until_still(page):
    """Waits until no chart of the board moves any more."""
    page.evaluate("window.rested = null")
    page.wait_for_function(RESTS)


def wait_until_idle(page):
    """Waits until the server has answered and Streamlit has drawn the answer."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def chart_boxes(page):
    """The bounding box of every chart."""
    return [page.locator(f"[data-testid={name}]").bounding_box() for name in CHARTS]


def place_of(page, x, y):
    """Where the data point (x, y) of the fit chart is on the page."""
    left, top = page.evaluate(
        f"""([x, y]) => {{ const {{ margin, xaxis, yaxis, width, height }} = {STILL_FIT}.layout;
           const [[x0, x1], [y0, y1]] = [xaxis.range, yaxis.range];
           return [margin.l + ((x - x0) / (x1 - x0)) * (width - margin.l - margin.r),
                   margin.t + ((y1 - y) / (y1 - y0)) * (height - margin.t - margin.b)]; }}""",
        [x, y],
    )
    box = page.locator("[data-testid=fit-chart]").bounding_box()
    return box["x"] + left, box["y"] + top


def training_points(page):
    """The training points that the fit chart shows: [x, y]."""
    return page.evaluate(f"[Array.from({STILL_FIT}.data[1].x), Array.from({STILL_FIT}.data[1].y)]")


def wait_for_points(page, count):
    page.wait_for_function(
        f"{STILL_FIT}.data[1].x.length === {count} && !document.querySelector('[data-test-script-state=running]')"
    )


# --- The same training without a page ---------------------------------------------------------------------------------


def path_of(changes):
    """The address, from the server's root on, of an Experiment with some changes."""
    return "/?" + urlencode(to_query(Experiment(**changes)))


def trained(epochs, changes):
    """The problem and the trainer of an Experiment with some changes, after so many epochs."""
    _, problem, trainer = Experiment(**changes).start()
    trainer.train(epochs)
    return problem, trainer


def loss_at(epoch, **changes):
    return trained(epoch, changes)[1].loss
