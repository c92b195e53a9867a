"""The page in a frame of another site, where the browser forbids storage, cookies and the clipboard."""

import http.server
import threading
from urllib.parse import unquote

import pytest

from tests.browser.conftest import MAX_WAIT_MS
from tests.support.browser import chosen_browser

FORBID = """
if (window !== window.top) {
  const forbidden = () => { throw new DOMException("Access is denied for this document.", "SecurityError"); };
  for (const name of ["sessionStorage", "localStorage", "indexedDB"]) {
    Object.defineProperty(window, name, { get: forbidden });
  }
  Object.defineProperty(Document.prototype, "cookie", { get: () => "", set: () => {} });
  Object.defineProperty(Navigator.prototype, "clipboard", { get: () => ({ writeText: async () => forbidden() }) });
  document.execCommand = forbidden;
}
"""
BACKGROUNDS = {"dark_theme": "rgb(23, 22, 20)", "light_theme": "rgb(255, 255, 255)"}


class OtherSite(http.server.BaseHTTPRequestHandler):
    """Shows, in a frame, the address that stands behind the question mark."""

    def do_GET(self):
        address = unquote(self.path.partition("?")[2]).replace("&", "&amp;")
        page = f'<!doctype html><title>Another site</title><iframe src="{address}" width="1380" height="840"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def other_site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OtherSite)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"  # the app is at 127.0.0.1, which is another site
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(MAX_WAIT_MS)
    page.add_init_script(FORBID)
    yield page
    context.close()


@pytest.fixture
def frame(tab, address, other_site):
    """frame(path) gives the frame in which another site shows a page, whose charts are drawn."""
    errors = []

    def note_error(error):
        errors.append(error.stack or str(error))

    def frame(path):
        tab.goto(f"{other_site}/?{address}{path}")
        tab.frame_locator("iframe").locator("[data-testid=fit-chart] .moving .js-line").wait_for()
        return tab.frames[-1]

    tab.on("pageerror", note_error)
    yield frame
    tab.remove_listener("pageerror", note_error)
    assert errors == []


def press(button):
    """Presses a button in a frame of another site, where the pointer of Firefox's driver does not come."""
    if chosen_browser() == "chromium":
        button.click()
    else:
        button.dispatch_event("click")


def train(frame):
    press(frame.locator(".st-key-train button"))
    frame.wait_for_function("Number(document.querySelector('[data-testid=epoch]').dataset.value) > 50")
    press(frame.locator(".st-key-pause button"))
    frame.get_by_text("Paused at epoch").wait_for()
    return frame.locator("[data-testid=epoch]").get_attribute("data-value")


@pytest.mark.parametrize("option", BACKGROUNDS)
def test_an_embedded_page_trains_in_the_theme_that_is_asked_for(frame, option):
    embedded = frame(f"/?embed=true&embed_options={option}")
    background = embedded.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == BACKGROUNDS[option]
    train(embedded)


def test_a_framed_page_trains_saves_opens_and_says_what_the_frame_forbids(frame):
    framed = frame("/?target=cosine")
    epoch = train(framed)
    press(framed.get_by_role("button", name="Keep and share"))
    framed.get_by_text("Another page shows this one in a frame").wait_for()
    press(framed.get_by_role("button", name="Copy link"))
    link = framed.get_by_role("textbox", name="Link to this experiment")
    link.wait_for()
    assert link.input_value().endswith("/?target=cosine")
    with framed.page.expect_download() as download:
        press(framed.get_by_role("button", name="Save the run"))
    saved = download.value.path().read_bytes()
    press(framed.locator(".st-key-reset button:visible"))
    framed.wait_for_function("document.querySelector('[data-testid=epoch]').dataset.value === '0'")
    press(framed.get_by_role("button", name="Keep and share"))
    field = framed.locator("[data-testid=stPopoverBody] input[type=file]")
    field.set_input_files({"name": "run.json", "mimeType": "application/json", "buffer": saved})
    framed.wait_for_function(f"document.querySelector('[data-testid=epoch]').dataset.value === '{epoch}'")
