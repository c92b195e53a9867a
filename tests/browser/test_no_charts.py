"""Where charts cannot come, the page says so, and why, and everything else works."""

import contextlib

import pytest

from tests.browser.conftest import MAX_WAIT_MS
from tests.support.browser import button, loss_at, number, pause, wait_for_epoch

BROKEN = "window.Plotly = { react() { throw new TypeError('plots are not for today') } }"
CASES = {
    "blocked": (lambda route: route.abort(), "Plotly's script did not come"),
    "missing": (lambda route: route.fulfill(status=404, body=""), "Plotly's script did not come"),
    "an error in it": (lambda route: script(route, "throw new Error('no')"), "stopped with an error of its own"),
    "an error in a chart": (lambda route: script(route, BROKEN), "plots are not for today"),
}


def script(route, text):
    route.fulfill(body=text, content_type="text/javascript")


@pytest.fixture(scope="module")
def tab(browser):
    with contextlib.closing(browser.new_page()) as page:
        page.set_default_timeout(MAX_WAIT_MS)
        yield page


@pytest.fixture
def page(tab):
    yield tab
    tab.unroute_all()


@pytest.mark.parametrize("case", CASES)
def test_without_charts_the_page_says_why_and_trains(page, address, case):
    how, reason = CASES[case]
    page.route("**/assets/plotly-*.js", how)
    page.goto(f"{address}/?view=units,gradient")
    for panel in (".board", ".units", ".still"):
        told = page.locator(f"{panel} .no-charts")
        told.wait_for()
        assert reason in told.inner_text()
        assert not page.locator(f"{panel} .chart:visible").count()
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 20")
    epoch = pause(page)
    assert number(page, "loss") == pytest.approx(loss_at(epoch), rel=1e-12)


def test_a_part_whose_script_does_not_come_says_so(page, address):
    page.route("**/assets/board-*.js", lambda route: route.fulfill(status=404, body=""))
    page.goto(address)
    page.get_by_text("This part did not come").wait_for()
