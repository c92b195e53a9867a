"""A run goes on after a reload, a restart of the server, a cut of the line; Back and Forward undo what was changed."""

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.browser import (
    button,
    choose,
    fill,
    go,
    loss_at,
    number,
    pause,
    wait_for_epoch,
    wait_for_value,
    wait_until_drawn,
    wait_until_idle,
)
from tests.support.cut_line import cut_line
from tests.support.server import free_port, running_app

KEPT = "epoch => JSON.parse(sessionStorage['playground.kept.history'] ?? '{}').shown === epoch"
CHOSEN = ("linear", "Spread of A")  # on the chart of the loss and that of the layers
BOARDS_LOADED = (
    "performance.getEntriesByType('resource').filter(({ name }) => /assets.board-\\w+.js/.test(name)).length"
)
SAYS_THAT_IT_TRIES_AGAIN = """() => {
    const last = document.querySelector("[role=dialog] > :last-child");
    return last && getComputedStyle(last, "::after").content.includes("tries again by itself");
}"""
RETURN_SECONDS = 5  # within which a page goes on, once its server is back


@pytest.fixture
def open_at(browser):
    """open_at(address) gives a page whose charts are drawn."""
    contexts = []

    def open_at(address):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        go(page, address)
        return page

    yield open_at
    for context in contexts:
        context.close()


def trained_and_paused(page):
    """Trains a while and pauses; returns the epoch."""
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 200")
    epoch = pause(page)
    wait_until_idle(page)
    page.wait_for_function(KEPT, arg=epoch)
    return epoch


def wait_until_it_went_on(page, epoch, after):
    page.get_by_text(f"Went on at epoch {epoch:,} after {after}.").wait_for()
    wait_for_epoch(page, f"epoch === {epoch}")


def steps_on_as_if_nothing_had_been(page, epoch):
    button(page, "Step").click()
    wait_for_epoch(page, f"epoch > {epoch}")
    return number(page, "loss") == loss_at(int(number(page, "epoch")))


def test_a_reload_goes_on_where_the_run_was_in_its_own_tab_alone_until_it_is_begun_afresh(open_page, address):
    page = open_page("/?view=layers")
    for name in CHOSEN:
        page.get_by_role("button", name=name, exact=True).click()
    epoch = trained_and_paused(page)
    loss = number(page, "loss")
    kept = page.evaluate("({...sessionStorage})")
    copy = page.context.new_page()
    go(copy, page.url)
    copy.wait_for_function("'playground.tab' in sessionStorage")  # or its own name would come over the copied one
    copy.evaluate("kept => Object.assign(sessionStorage, kept)", kept)
    copy.reload()
    wait_until_drawn(copy)
    wait_until_idle(copy)
    copy.wait_for_function("name => sessionStorage['playground.tab'] !== name", arg=kept["playground.tab"])
    assert number(copy, "epoch") == 0
    copy.close()

    page.reload()
    wait_until_it_went_on(page, epoch, "the page was loaded again")
    assert number(page, "loss") == loss
    assert are_chosen(page)
    assert steps_on_as_if_nothing_had_been(page, epoch)
    assert page.get_by_text("Went on").count() == 0
    epoch = int(number(page, "epoch"))
    wait_until_idle(page)
    page.wait_for_function(KEPT, arg=epoch)
    page.reload()
    wait_until_it_went_on(page, epoch, "the page was loaded again")
    button(page, "Start afresh").click()
    wait_for_epoch(page, "epoch === 0")
    wait_until_idle(page)

    trained_and_paused(page)
    go(page, f"{address}/?view=layers")  # a link inherits nothing; one with other settings neither, in test_exercise
    assert not are_chosen(page)
    page.wait_for_function("!Object.keys(sessionStorage).some((name) => name.includes('kept'))")
    wait_until_idle(page)
    assert number(page, "epoch") == 0


def are_chosen(page):
    """Whether the charts show what was chosen on them."""
    page.locator("[data-quantity][aria-pressed=true]").wait_for()
    buttons = [page.get_by_role("button", name=name, exact=True) for name in CHOSEN]
    return [each.get_attribute("aria-pressed") for each in buttons] == ["true", "true"]


def wait_until_cut(page):
    page.wait_for_selector("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])")


def test_a_run_goes_on_at_a_replica_after_its_sessions_end_and_when_the_server_is_killed(open_at, address):
    port = free_port()
    with cut_line(address) as line, contextlib.ExitStack() as servers:
        page = open_at(line.address)
        starting = servers.enter_context(ThreadPoolExecutor(1)).submit(
            lambda: servers.enter_context(running_app(port=port, options=["--server.disconnectedSessionTTL=1"]))
        )
        epoch = trained_and_paused(page)
        replica, process = starting.result()

        def goes_on_at(server):
            line.mend(server)
            mended = time.monotonic()
            wait_until_it_went_on(page, epoch, "the connection was lost")
            assert time.monotonic() - mended < RETURN_SECONDS
            assert steps_on_as_if_nothing_had_been(page, epoch)

        line.cut()
        wait_until_cut(page)
        goes_on_at(replica)
        wait_until_idle(page)
        epoch = int(number(page, "epoch"))
        page.wait_for_function(KEPT, arg=epoch)
        line.cut()
        wait_until_cut(page)
        time.sleep(2)  # the session ends, which no state of the page shows
        goes_on_at(replica)

        button(page, "Train").click()
        wait_for_epoch(page, "epoch > 1000")
        process.kill()
        wait_until_cut(page)
        shown = int(number(page, "epoch"))
        process.wait()
        page.wait_for_function(SAYS_THAT_IT_TRIES_AGAIN)
        servers.enter_context(running_app(port=port, another_version=True))  # as after an update
        page.get_by_text("Went on at epoch").wait_for()
        assert page.evaluate(BOARDS_LOADED) == 2
        assert page.get_by_role("dialog").count() == 0
        wait_for_epoch(page, f"epoch > {shown} + 500")
        epoch = pause(page)
        assert number(page, "loss") == loss_at(epoch)

        fill(page, "textbox", "Learning rate", "0.2")
        wait_for_address(page, "?learning_rate=0.2")
        line.cut()
        wait_until_cut(page)
        page.go_back()  # of which Streamlit tells nobody
        line.mend(replica)
        wait_for_value(page.get_by_role("textbox", name="Learning rate", exact=True), "0.1")
        wait_for_address(page, "")
        assert (number(page, "epoch"), number(page, "loss")) == (epoch, loss_at(epoch))
        for turn, value in ((page.go_forward, "0.2"), (page.go_back, "0.1")):  # by the session, which is there still
            line.cut()
            wait_until_cut(page)
            turn()
            line.mend(replica)
            wait_for_value(page.get_by_role("textbox", name="Learning rate", exact=True), value)
        page.go_forward()
        wait_for_address(page, "?learning_rate=0.2")
        wait_for_value(page.get_by_role("textbox", name="Learning rate", exact=True), "0.2")


def test_back_and_forward_undo_and_redo_each_change_and_leave_an_untouched_page(open_page, address):
    page = open_page(path="/?points=30&learning_rate=0.10", as_new=True)  # a history has fifty entries at most
    before = page.evaluate("history.length")
    slider = page.get_by_role("slider", name="Units 1")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")  # without waiting: much later presses are acts of their own
    page.wait_for_function("location.search.includes('layers=23')")
    wait_until_idle(page)
    assert page.evaluate("history.length") == before + 1  # the presses of one key are one step
    page.go_back()
    page.wait_for_function("!location.search.includes('layers')")
    wait_until_idle(page)
    for _ in range(2):
        if page.url != "about:blank":
            page.go_back()
            page.wait_for_function("true")
    assert page.url == "about:blank"

    go(page, f"{address}/")
    rate = page.get_by_role("textbox", name="Learning rate", exact=True)
    before = page.evaluate("history.length")
    fill(page, "textbox", "Learning rate", "0.25")
    wait_for_address(page, "?learning_rate=0.25")
    choose(page, "Target", "Step")
    wait_for_address(page, "?target=step&learning_rate=0.25")
    assert page.evaluate("history.length") == before + 2
    page.go_back()
    wait_for_address(page, "?learning_rate=0.25")
    wait_for_value(page.get_by_role("combobox", name="Target", exact=True), "Sine")
    page.go_back()
    wait_for_address(page, "")
    wait_for_value(rate, "0.1")
    button(page, "Step").click()
    wait_for_epoch(page, "epoch > 0")
    assert number(page, "loss") == loss_at(int(number(page, "epoch")))
    page.go_forward()
    wait_for_address(page, "?learning_rate=0.25")
    wait_for_value(rate, "0.25")


def wait_for_address(page, query):
    page.wait_for_function("query => location.search === query", arg=query)
    wait_until_idle(page)
