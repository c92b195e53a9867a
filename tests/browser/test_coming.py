"""The page comes: its outline first, its scripts once, and it draws the same with either script of Plotly."""

import gzip

import pytest

from playground.components.assets import STATIC
from playground.components.plotly_file import package_script, small_name
from tests.browser.conftest import MAX_WAIT_MS
from tests.support.browser import button, loss_at, number, only_chromium, pause, wait_for_epoch, wait_until_idle
from tests.support.server import running_app

MAX_RELOAD_BYTES = 60_000


SMALL = STATIC / small_name()
SCRIPTS_OF_PLOTLY = [
    pytest.param(lambda: package_script().read_bytes(), id="package"),
    pytest.param(
        lambda: gzip.decompress(SMALL.read_bytes()),
        id="small",
        marks=pytest.mark.skipif(not SMALL.exists(), reason="python -m playground.plotly_script was not run"),
    ),
]


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


@pytest.mark.parametrize("script", SCRIPTS_OF_PLOTLY)
@pytest.mark.parametrize("path", ["/?view=units,landscape", "/?problem=moons&view=units"], ids=["a curve", "a plane"])
def test_the_page_draws_and_trains_with_either_script_of_plotly(open_page, script, path):
    def serve(route):
        route.fulfill(body=script(), content_type="text/javascript")

    page = open_page(path, prepare=lambda page: page.route("**/assets/plotly-*.js", serve))
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 20")
    epoch = pause(page)
    assert epoch > 20
    for name in ("fit-chart", "loss-chart", "weights-chart-1"):
        assert page.locator(f"[data-testid={name}] .main-svg").count() > 0
    if "problem" not in path:
        assert number(page, "loss") == pytest.approx(loss_at(epoch), rel=1e-12)


@only_chromium("nobody can ask Firefox for less motion by its driver")
def test_the_outline_stands_until_something_is_drawn_and_is_still_for_those_who_want_that(open_page):
    def prepare(page):
        page.add_init_script(
            """addEventListener("DOMContentLoaded", () => {
                 const outline = document.getElementById("outline");
                 const part = getComputedStyle(outline.querySelector("b"));
                 window.outline = [outline.getBoundingClientRect().width, part.animationName];
               });"""
        )

    page = open_page(prepare=prepare, reduced_motion="reduce")
    assert page.evaluate("window.outline") == [1440, "none"]
    assert page.locator("#outline").count() == 0


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


@pytest.mark.parametrize(
    ("width", "height", "scheme", "path"),
    [
        (1440, 900, "light", "/"),
        (1366, 768, "dark", "/?problem=rings&layers=4,3&activations=tanh,relu"),
        (1024, 768, "light", "/?target=step"),
        (768, 1024, "light", "/"),
        (390, 844, "dark", "/"),
        (844, 390, "light", "/"),
        (1440, 900, "light", "/?embed=true"),
    ],
)
def test_the_board_is_drawn_before_streamlit_which_takes_it_over_as_it_stands(open_page, width, height, scheme, path):
    script = NOTE_BOARD.replace("VALUES", repr(VALUES.split()))
    page = open_page(
        path,
        prepare=lambda page: page.add_init_script(script),
        viewport={"width": width, "height": height},
        color_scheme=scheme,
    )
    early, late = page.evaluate("[boards.outline, boards.root].map(({ places, values }) => ({ places, values }))")
    assert late["places"] == early["places"]
    assert late["values"] == early["values"]
    charts = page.evaluate(
        "[...document.querySelectorAll('.board .main-svg')].map(c => boards.outline.charts.includes(c))"
    )
    assert len(charts) >= 12
    assert all(charts)
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 20")


def test_a_lesson_stands_above_the_board_which_is_not_drawn_early(open_page):
    script = NOTE_BOARD.replace("VALUES", "[]")
    page = open_page("/?lesson=one_unit", prepare=lambda page: page.add_init_script(script))
    assert page.evaluate("Object.keys(boards)") == ["root"]


def test_an_embedded_page_has_no_sidebar_in_its_outline(open_page):
    page = open_page(
        "/?embed=true",
        prepare=lambda page: page.add_init_script(
            """addEventListener("DOMContentLoaded", () => {
                 window.side = document.querySelector("#outline .side").getBoundingClientRect().width;
               });"""
        ),
    )
    assert page.evaluate("window.side") == 0


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
