"""The page comes: its outline first, its scripts once, and it draws the same with either script of Plotly."""

import pytest

from playground.components.assets import STATIC
from playground.components.plotly_file import package_script, small_name
from tests.browser.conftest import MAX_WAIT_MS
from tests.browser.test_accessibility import findings
from tests.support.browser import (
    button,
    choose,
    go,
    loss_at,
    number,
    only_chromium,
    pause,
    wait_for_epoch,
    wait_until_idle,
)
from tests.support.server import running_app

__all__ = ["findings"]

MAX_RELOAD_BYTES = 60_000


@pytest.fixture
def log():
    """log(page) collects what the page receives: {address: bytes as they came}, and under "" what is pushed."""
    received, addresses = {}, {}

    def collect(page):
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]}))
        devtools.on("Network.loadingFinished", lambda event: note(addresses[event["requestId"]]["url"], event))
        devtools.on(
            "Network.webSocketFrameReceived", lambda event: push(len(event["response"]["payloadData"]) * 3 // 4)
        )
        devtools.send("Network.enable")
        return received

    def note(address, event):
        received[address] = received.get(address, 0) + event["encodedDataLength"]

    def push(size):
        received[""] = received.get("", 0) + size

    return collect


@only_chromium("Firefox's driver does not count bytes as they come")
def test_a_reload_fetches_no_script_again_and_moves_little(open_page, log):
    received = {}

    def prepare(page):
        received["log"] = log(page)

    page = open_page(prepare=prepare)
    wait_until_idle(page)
    first = received["log"]
    assert sum(size for address, size in first.items() if ".js" in address) > 1_000_000
    first.clear()
    page.reload()
    page.wait_for_selector("[data-testid=fit-chart] .moving .js-line")
    wait_until_idle(page)
    assert [address for address, size in first.items() if ".js" in address and size] == []
    assert sum(first.values()) < MAX_RELOAD_BYTES


@pytest.mark.skipif(not (STATIC / small_name()).exists(), reason="python -m playground.plotly_script was not run")
def test_the_page_draws_and_trains_with_the_package_s_own_script_of_plotly(open_page):
    """As every other test does with the small one, where that was fetched."""

    def serve(route):
        route.fulfill(body=package_script().read_bytes(), content_type="text/javascript")

    page = open_page("/?view=units,landscape", prepare=lambda page: page.route("**/assets/plotly-*.js", serve))
    for loss_of in (loss_at, lambda epoch: loss_at(epoch, problem="moons", loss="squared_error")):
        button(page, "Train").click()
        wait_for_epoch(page, "epoch > 20")
        epoch = pause(page)
        assert number(page, "loss") == pytest.approx(loss_of(epoch), rel=1e-12)
        for name in ("fit-chart", "loss-chart", "weights-chart-1"):
            assert page.locator(f"[data-testid={name}] .main-svg").count() > 0
        assert page.locator(":is(.units, .maps) .main-svg").count() > 0
        if "problem" not in page.url:
            choose(page, "Problem", "Moons")
            page.wait_for_selector("[data-testid=unit-maps] image")
            wait_for_epoch(page, "epoch === 0")


VALUES = "--st-background-color --st-text-color --st-border-color --st-secondary-background-color --st-primary-color"
NOTE_BOARD = """
window.boards = {};
const place = (element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x, y, width, height].map(Math.round);
};
const colour = document.createElement("canvas").getContext("2d");
const look = () => {
  const board = document.querySelector(".board");
  const where = board?.closest("#outline, #root")?.id;
  const charts = [...(board?.querySelectorAll(".main-svg") ?? [])];
  if (where && (where === "root" ? !boards.root : charts.length)) {
    const style = getComputedStyle(board);
    const value = (name) => (colour.fillStyle = style.getPropertyValue(name).trim(), colour.fillStyle);
    boards[where] = {
      places: [board, ...board.querySelectorAll(".card, .plot, .numbers > div, h2")].map(place),
      values: [...VALUES.map(value), style.fontSize, style.lineHeight],
      charts,
    };
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


NOTE_OUTLINE = """
addEventListener("DOMContentLoaded", () => {
  const outline = document.getElementById("outline");
  const width = (element) => element.getBoundingClientRect().width;
  window.outline = {
    width: width(outline),
    side: width(outline.querySelector(".side")),
    animation: getComputedStyle(outline.querySelector("b")).animationName,
  };
});
"""
OPENINGS = {
    "light": [
        (1440, 900, "/"),
        (1024, 768, "/?target=step"),
        (768, 1024, "/"),
        (844, 390, "/"),
        (1440, 900, "/?embed=true"),
    ],
    "dark": [(1366, 768, "/?problem=rings&layers=4,3&activations=tanh,relu"), (390, 844, "/")],
}


@pytest.mark.parametrize("scheme", OPENINGS)
def test_the_board_is_drawn_before_streamlit_which_takes_it_over_as_it_stands(open_page, address, findings, scheme):
    first, *others = OPENINGS[scheme]
    page = open_page(
        first[2],
        prepare=lambda page: page.add_init_script(NOTE_BOARD.replace("VALUES", repr(VALUES.split())) + NOTE_OUTLINE),
        viewport={"width": first[0], "height": first[1]},
        color_scheme=scheme,
    )
    assert_taken_over(page, *first)
    for width, height, path in others:
        page.set_viewport_size({"width": width, "height": height})
        go(page, address + path)
        assert_taken_over(page, width, height, path)
    if scheme == "light":
        assert findings(page, idle=False) == []  # of an embedded page that trains


def assert_taken_over(page, width, height, path):
    early, late = page.evaluate("[boards.outline, boards.root].map(({ places, values }) => ({ places, values }))")
    assert late["places"] == early["places"], (width, height, path)
    assert late["values"] == early["values"], (width, height, path)
    outline = page.evaluate("window.outline")
    assert outline["width"] == width
    assert (outline["side"] > 0) == (width > 768 and "embed" not in path)
    charts = page.evaluate(
        "[...document.querySelectorAll('.board .main-svg')].map(c => boards.outline.charts.includes(c))"
    )
    assert len(charts) >= 12
    assert all(charts)
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 20")


@only_chromium("nobody can ask Firefox for less motion by its driver")
def test_above_a_board_stands_its_lesson_and_the_outline_is_still_for_those_who_want_that(open_page):
    script = NOTE_BOARD.replace("VALUES", "[]") + NOTE_OUTLINE
    page = open_page("/?lesson=one_unit", prepare=lambda page: page.add_init_script(script), reduced_motion="reduce")
    assert page.evaluate("Object.keys(boards)") == ["root"]  # it is not drawn early
    assert page.evaluate("[window.outline.width, window.outline.animation]") == [1440, "none"]
    assert page.locator("#outline").count() == 0


def test_a_host_that_does_not_know_st_app_draws_the_page_with_streamlits_own_first_page(browser):
    with running_app(as_app=False) as (address, _):
        page = browser.new_page()
        try:
            page.set_default_timeout(MAX_WAIT_MS)
            page.goto(f"{address}/?view=network")
            assert page.locator("#outline").count() == 0
            button(page, "Train").click()
            wait_for_epoch(page, "epoch > 20")
            epoch = pause(page)
            assert number(page, "loss") == pytest.approx(loss_at(epoch), rel=1e-12)
        finally:
            page.close()
