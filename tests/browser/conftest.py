"""Pages in a real browser: Chromium, or the one that TEST_BROWSER names.

Skipped, with the reason, where there is none; REQUIRE_BROWSER=1 makes that a failure.
"""

import pytest

from tests.support.browser import chosen_browser, go, launch, path_of_browser
from tests.support.peers import missing
from tests.support.server import running_app
from tests.support.tabs import Tabs

MAX_WAIT_MS = 120_000  # for a state of the page: a busy machine is slow, not wrong


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Playwright is not installed: pip install -e '.[dev]'", "REQUIRE_BROWSER")
    name = chosen_browser()
    if path_of_browser(name) is None:
        missing(f"there is no {name.title()} on the PATH", "REQUIRE_BROWSER")
    with sync_playwright() as playwright:
        started = launch(getattr(playwright, name))
        yield started
        started.close()


@pytest.fixture(scope="session")
def dark_browser(browser):
    """dark_browser() gives a browser for pages in the dark theme; Chromium's own pages can be in either."""
    started = []

    def dark_browser():
        if browser.browser_type.name == "chromium":
            return browser
        if not started:
            started.append(launch(browser.browser_type, dark=True))
        return started[0]

    yield dark_browser
    for each in started:
        each.close()


@pytest.fixture(scope="session")
def address(browser):
    with running_app() as (address, _):
        yield address


@pytest.fixture(scope="session")
def tabs(address):
    return Tabs(f"{address}/_stcore/health")


@pytest.fixture
def open_page(browser, dark_browser, address, tabs):
    """open_page(path, **options of the context) gives a page whose charts are drawn, in a session of its own.

    What `prepare` does to the page is done before it opens. Its tab may be one in which another test's page was, with
    its scripts in the memory, unless `as_new` or `prepare` asks for one of a visitor who was never here.

    At the end no page may have reported an error, or asked for anything beyond the app's own server.
    """
    complaints, leavings = [], []

    def note_request(request):
        if not request.url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:")):
            complaints.append(f"a request to {request.url}")

    def note_console(message):
        if message.type == "error":
            complaints.append(f"console error: {message.text}")

    def note_error(error):
        complaints.append(f"error: {error.stack or error}")

    def open_page(path="/", *, prepare=None, as_new=False, **options):
        used = dark_browser() if options.get("color_scheme") == "dark" else browser
        page, give_back = tabs.take(used, as_new=as_new or prepare is not None, options=options)
        page.set_default_timeout(MAX_WAIT_MS)
        if prepare is not None:
            prepare(page)
        listeners = {"request": note_request, "console": note_console, "pageerror": note_error}
        for event, note in listeners.items():
            page.on(event, note)

        def leave():
            for event, note in listeners.items():
                page.remove_listener(event, note)
            give_back()

        leavings.append(leave)
        go(page, address + path)
        return page

    yield open_page
    for leave in leavings:
        leave()
    assert complaints == []
