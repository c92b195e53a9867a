"""The page with watch.js in it, which sees the first chart, how often charts are painted, and when all stands still."""

from pathlib import Path
from typing import NamedTuple

from tests.support.browser import button

VIEWPORT = {"width": 1440, "height": 900}
WATCH = Path(__file__).with_name("watch.js").read_text()
SETTLED = Path(__file__).with_name("settled.js").read_text()


def open_page(window, address, requests=None):
    """The page in a new tab of a window, Playwright's context, with its first chart painted.

    What it sends to the server is added to `requests`, a list.
    """
    page = window.new_page()
    page.add_init_script(WATCH)
    if requests is not None:
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: requests.append(frame)))
        page.on("request", lambda request: requests.append(request) if request.method == "POST" else None)
    page.goto(address)
    first_chart(page)
    return page


def first_chart(page):
    """Seconds from navigation to the first painted chart, once it is painted."""
    page.wait_for_function("watch.firstPaint !== null")
    return page.evaluate("watch.firstPaint") / 1000


def train(page):
    """Starts the training by a click; it is under way when this returns."""
    page.evaluate("watch.start()")
    button(page, "Train").click()
    page.wait_for_function("watch.times.fit.length > 30")


def watch_for(page, seconds):
    """What the watch sees for so many seconds: {"times": {chart: [ms]}, "blank": how often one had nothing, ...}."""
    page.evaluate("watch.start()")
    page.wait_for_timeout(seconds * 1000)
    return page.evaluate("watch.on = false, watch")


class Pause(NamedTuple):
    """What a pause did: how long the picture went on, what changed last, and whether its epoch is the run's."""

    ms: float
    changed: str
    epoch_is_shown: bool


def pauses(page, count, key=None):
    """Pauses the training several times, by a click or by a key.

    The picture is what the charts show, and the epoch beside them. A change is noted when it is made, not when it is
    next painted, and counts if it can be seen. The time begins with the button, or the key, going down.
    """

    def press(name):
        if key:
            page.keyboard.press(key)
        else:
            button(page, name).click()

    page.evaluate(SETTLED)
    page.evaluate("document.activeElement.blur(), watch.closely()")  # a key is for the page, not for a button
    seen = []
    for _ in range(count):
        page.evaluate("watch.start()")
        press("Train")
        page.wait_for_function("watch.times.fit.length > 30")
        page.get_by_text("Paused at epoch").wait_for(state="detached")
        press("Pause")
        message = page.get_by_text("Paused at epoch")
        message.wait_for()
        button(page, "Train").wait_for()
        page.wait_for_function("performance.now() - watch.lastChange > 700")
        last = page.evaluate("watch.settled()")
        shown = int(page.get_attribute("[data-testid=epoch]", "data-value"))
        seen.append(Pause(last["ms"], last["changed"], message.inner_text().startswith(f"Paused at epoch {shown:,}.")))
    return seen
