"""Tabs of a browser that one test leaves to the next, so that Streamlit's and Plotly's scripts are compiled once.

A new tab compiles three megabytes of script anew, which takes longer than most tests; a tab that has shown the page
before is ready in half the time. What a visitor would leave behind is taken out of a tab before the next test gets it.
"""

from collections.abc import Callable

from playwright.sync_api import Browser, Error, Page

VIEWPORT = {"width": 1440, "height": 900}
SHAREABLE = {"viewport", "color_scheme", "device_scale_factor", "has_touch", "is_mobile"}
LIGHT = "light"


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

        Options that SHAREABLE does not name, such as permissions, get a tab of their own as well. The window's size is
        one that any tab can be given, and so is the theme, but for Firefox, whose driver gives it to none.
        """
        options = {"viewport": VIEWPORT, **options}
        if as_new or not SHAREABLE.issuperset(options):
            page = browser.new_context(**options).new_page()
            return page, page.context.close
        given = {"viewport", "color_scheme"} if browser.browser_type.name == "chromium" else {"viewport"}
        key = repr((id(browser), sorted((name, value) for name, value in options.items() if name not in given)))
        page = self._idle.pop(key, None)
        if page is None:
            page = browser.new_context(**options).new_page()
        else:
            page.set_viewport_size(options["viewport"])
            if "color_scheme" in given:
                page.emulate_media(color_scheme=options.get("color_scheme", LIGHT))
        return page, lambda: self._give_back(key, page)

    def _give_back(self, key: str, page: Page) -> None:
        try:
            self._clean(page)
        except Error:  # closed, crashed, or kept from leaving
            page.context.close()
            return
        if key in self._idle or len(page.context.pages) > 1:
            page.context.close()
        else:
            self._idle[key] = page

    def _clean(self, page: Page) -> None:
        page.unroute_all()
        page.mouse.move(0, 0)
        page.goto(self._empty_page)
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.context.clear_cookies()
