"""A finger on the charts: it scrolls the page wherever it begins, and puts and moves points without losing any.

Touches are given to the browser as a screen gives them, by Chromium's own protocol; Firefox takes none from its driver.
"""

from tests.browser.test_accessibility import findings
from tests.support.browser import (
    STILL_FIT,
    only_chromium,
    place_of,
    resize,
    training_points,
    wait_for_points,
    wait_until_idle,
)

__all__ = ["findings"]

pytestmark = only_chromium("Firefox takes no touches from its driver")

PHONE = {"has_touch": True, "is_mobile": True}
SCREENS = [(390, 844), (844, 390)]
MAIN = "document.querySelector('[data-testid=stMain]')"
SHOWN_POINTS = f"JSON.stringify([[...{STILL_FIT}.data[1].x], [...{STILL_FIT}.data[1].y]])"
CENTRE = "chart => { chart.scrollIntoView({ block: 'center', behavior: 'instant' }) }"
LONG_PRESS_MS = 600  # a press is long or short by the clock alone


class Finger:
    def __init__(self, page):
        self.page = page
        self.devtools = page.context.new_cdp_session(page)

    def touch(self, kind, *places):
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def tap(self, place):
        self.touch("touchStart", place)
        self.touch("touchEnd")

    def drag(self, start, end, rest_ms=0):
        self.touch("touchStart", start)
        self.page.wait_for_timeout(rest_ms)
        for i in range(1, 11):
            self.touch("touchMove", tuple(a + (b - a) * i / 10 for a, b in zip(start, end, strict=True)))
        self.touch("touchEnd")

    def pinch(self, place):
        x, y = place
        self.touch("touchStart", (x - 20, y))
        self.touch("touchStart", (x - 20, y), (x + 20, y))
        for i in range(1, 11):
            self.touch("touchMove", (x - 20 - 4 * i, y), (x + 20 + 4 * i, y))
        self.touch("touchEnd")


def scrolled(page):
    return page.evaluate(f"{MAIN}.scrollTop")


def centred(page, chart):
    """Scrolls a chart to the middle; returns its middle."""
    chart.evaluate(CENTRE)
    box = chart.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def scroll_from(page, finger, place):
    """Draws a finger up from a place, or down at the end of the page, and waits until the page has scrolled by it."""
    before = scrolled(page)
    up = page.evaluate(f"{MAIN}.scrollHeight - {MAIN}.clientHeight - {MAIN}.scrollTop > 100")
    finger.drag(place, (place[0], place[1] + (-100 if up else 100)))
    page.wait_for_function(f"Math.abs({MAIN}.scrollTop - {before}) > 50")


def scrolls_from_every_chart(page, finger):
    points = training_points(page)
    charts = page.locator(".chart:visible, [data-testid=network-diagram] .canvas svg, .layer-charts .scroll")
    assert charts.count() >= 5
    for i in range(charts.count()):
        scroll_from(page, finger, centred(page, charts.nth(i)))
    assert training_points(page) == points


def test_the_page_of_a_plane_scrolls_by_a_finger_that_begins_on_any_chart(open_page):
    page = open_page(
        "/?problem=moons&view=network,units,gradient&face=backward", viewport={"width": 390, "height": 844}, **PHONE
    )
    page.wait_for_selector(".maps .main-svg")
    page.wait_for_selector("[data-testid=still-chart] .main-svg")
    wait_until_idle(page)
    finger = Finger(page)
    scrolls_from_every_chart(page, finger)
    resize(page, 844, 390)
    scrolls_from_every_chart(page, finger)


def test_the_page_of_own_points_does_too_and_a_tap_adds_a_point_and_a_long_press_moves_one(open_page, findings):
    path = "/?target=points&view=units,layers&l2=0.1"
    page = open_page(path, viewport={"width": 390, "height": 844}, **PHONE)
    page.wait_for_selector(".units .main-svg")
    page.wait_for_selector("[data-testid=fit-chart].editable")
    wait_until_idle(page)
    finger = Finger(page)
    assert findings(page) == []
    scrolls_from_every_chart(page, finger)
    for width, height in SCREENS:
        resize(page, width, height)
        wait_until_idle(page)
        taps_and_presses(page, finger)


def taps_and_presses(page, finger):
    """A tap adds a point and a long press moves one; scrolling and pinching do neither; at the end both are undone."""
    chart, points = page.locator("[data-testid=fit-chart]"), training_points(page)
    centred(page, chart)
    scroll_from(page, finger, place_of(page, -1, 0))
    centred(page, chart)
    finger.pinch(place_of(page, 0, 0.5))
    finger.devtools.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 1})
    assert training_points(page) == points

    centred(page, chart)
    finger.tap(place_of(page, 0.5, 0.5))
    wait_for_points(page, 6)
    added = training_points(page)
    assert [0.5, 0.5] in [[round(x, 1), round(y, 1)] for x, y in zip(*added, strict=True)]

    page.wait_for_selector("[data-testid=fit-chart].editable")
    centred(page, chart)
    before = scrolled(page)
    finger.drag(place_of(page, -1, 0), place_of(page, -1.4, 0.5), rest_ms=LONG_PRESS_MS)
    page.wait_for_function(
        "document.querySelector('[data-testid=fit-chart] .still').data[1].x.some(x => x < -1.3 && x > -1.5)"
    )
    wait_for_points(page, 6)
    assert scrolled(page) == before
    for expected in (added, points):
        wait_until_idle(page)
        page.evaluate("document.querySelector('.st-key-undo_points button').click()")  # the sidebar lies folded
        page.wait_for_function(f"{SHOWN_POINTS} === JSON.stringify({expected})")
