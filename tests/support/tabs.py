"""Tabs of a browser that one test leaves to the next, so that Streamlit's and Plotly's scripts are compiled once.

A new tab compiles three megabytes of script anew, which takes longer than most tests; a tab that has shown the page
before is ready in half the time. What a visitor would leave behind is taken out of a tab before the next test gets it.
"""

from collections.abc import Callable

from playwright.sync_api import Browser, Error, Page

VIEWPORT = {"width": 1440, "height": 900}
SHAREABLE = {"viewport", "color_scheme", "device_scale_factor", "has_touch", "is_mobile"}


class Tabs:
    """The tabs of one test session, by the options of their contexts.

    Args:
        empty_page: an address of the app that shows no page of ours; there the storage of the app can be emptied.
    """

    def __init__(self, empty_page: str):
        self._empty_page = empty_page
        self._idle: dict[str, Page] = {}

    def take(self, browser: Browser, *, as_new: bool, options: dict) -> tuple[Page, Callable[[], None]]:
        """(a tab, what gives it back): one that is idle or a new one; with `as_new` one that nobody had or will have.

        Options that SHAREABLE does not name, such as permissions, get a tab of their own as well.
        """
        options = {"viewport": VIEWPORT, **options}
        if as_new or not SHAREABLE.issuperset(options):
            page = browser.new_context(**options).new_page()
            return page, page.context.close
        key = repr((id(browser), sorted(options.items())))
        page = self._idle.pop(key, None) or browser.new_context(**options).new_page()
        return page, lambda: self._give_back(key, page, options)

    def _give_back(self, key: str, page: Page, options: dict) -> None:
        try:
            self._clean(page, options)
        except Error:  # closed, crashed, or kept from leaving
            page.context.close()
            return
        if key in self._idle or len(page.context.pages) > 1:
            page.context.close()
        else:
            self._idle[key] = page

    def _clean(self, page: Page, options: dict) -> None:
        page.unroute_all()
        page.set_viewport_size(options["viewport"])
        page.mouse.move(0, 0)
        page.goto(self._empty_page)
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.context.clear_cookies()
        page.goto("about:blank")
