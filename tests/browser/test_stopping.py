"""That a film stops where it is seen, however far the server is, and that the run is then what was seen."""

import base64

import pytest

from playground.experiment import Experiment
from playground.player.pacing import MAX_FRAMES_PER_TICK
from playground.sharing.kept.packing import unpack
from tests.support.browser import button, fill, go, loss_at, number, trained, wait_for_epoch
from tests.support.relay import relayed

ROUND_TRIP_MS, MEGABITS = 200, 20
SPEED = Experiment().speed
MAX_FILM = 2 * MAX_FRAMES_PER_TICK  # frames that a page has; a busy machine takes a change for later than it comes
MAX_LATE = 15  # frames by which an answer may come later than the answers before it let expect
PRESS = {
    "click": "document.querySelector('.st-key-{name} button').click()",
    "key": "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))",
}
PENDING = "document.querySelectorAll('button[data-pending]').length"
WATCH = """
    window.epochs = [Number(document.querySelector('[data-testid=epoch]').dataset.value)];
    new MutationObserver(([{ target }]) => window.epochs.push(Number(target.dataset.value)))
        .observe(document.querySelector('[data-testid=epoch]'), { attributeFilter: ['data-value'] });
"""
WATCH_RATE = """
    new MutationObserver(([{ target }]) => {
        window.changed = { rate: target.textContent, epoch: window.seen.at(-1) };
    }).observe(document.querySelector('[data-testid=learning-rate]'), { childList: true, characterData: true });
"""


@pytest.fixture(scope="module")
def far_visit(browser, address):
    """(a page behind a line, its address)."""
    with relayed(address, ROUND_TRIP_MS, MEGABITS) as line:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.set_default_timeout(120_000)
        yield page, f"{line.address}/"
        context.close()


@pytest.fixture
def far_page(far_visit):
    """A page behind a line, in the experiment at the start, that trains."""
    page, start = far_visit
    if page.url != start:
        go(page, start)
    elif number(page, "epoch"):
        button(page, "Reset").click()
        wait_for_epoch(page, "epoch === 0")
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 300")
    return page


def press(page, how, name, key):
    """Presses a button of the page, within one task, and returns the epoch that stands on screen right after it."""
    page.evaluate(f"{PRESS[how].format(name=name, key=key)}; window.pending = {PENDING}; {WATCH}")
    return page.evaluate("window.epochs[0]")


@pytest.mark.parametrize("how", PRESS)
def test_a_pause_is_where_it_is_seen(far_page, how):
    page = far_page
    epoch = press(page, how, "pause", " ")
    assert page.evaluate("window.pending") == 1
    page.get_by_text(f"Paused at epoch {epoch:,}.").wait_for()
    assert page.evaluate("window.epochs.every(epoch => epoch === window.epochs[0])")
    page.wait_for_function(f"{PENDING} === 0")
    assert number(page, "loss") == loss_at(epoch)
    button(page, "Step").click()
    wait_for_epoch(page, f"epoch === {epoch + SPEED}")
    assert number(page, "loss") == loss_at(epoch + SPEED)


def test_a_step_goes_on_from_what_is_seen(far_page):
    page = far_page
    epoch = press(page, "key", "step", "s")
    wait_for_epoch(page, f"epoch === {epoch + SPEED}")
    page.get_by_text(f"Paused at epoch {epoch + SPEED:,}.").wait_for()
    assert page.evaluate("window.epochs.at(-1) - window.epochs[0]") == SPEED
    assert number(page, "loss") == loss_at(epoch + SPEED)


def test_who_pauses_and_goes_on_at_once_goes_on_from_what_is_seen(far_page):
    page = far_page
    epoch = press(page, "key", "pause", " ")
    page.evaluate(PRESS["key"].format(key=" "))
    wait_for_epoch(page, f"epoch > {epoch + 20 * SPEED}")
    assert page.evaluate("window.epochs[1] - window.epochs[0]") < 20 * SPEED  # the server was further ahead than that
    button(page, "Pause").wait_for()


def test_a_reset_stands_still_until_the_run_begins_anew(far_page):
    page = far_page
    press(page, "click", "reset", "b")
    wait_for_epoch(page, "epoch === 0")
    button(page, "Train").wait_for()
    assert page.evaluate("window.epochs.every(epoch => epoch === 0 || epoch === window.epochs[0])")
    assert number(page, "loss") == loss_at(0)


@pytest.mark.parametrize("last", [300, 1500])
def test_a_pause_before_a_run_ends_by_itself_comes_before_its_end(far_page, last):
    page = far_page
    go(page, f"{page.url}?max_epochs={last}")
    button(page, "Train").click()
    wait_for_epoch(page, f"epoch > {last} - 200")
    epoch = press(page, "key", "pause", " ")
    assert epoch < last
    page.get_by_text(f"Paused at epoch {epoch:,}.").wait_for()
    assert not page.get_by_text("epochs are done").count()
    button(page, "Train").click()
    page.get_by_text(f"{last:,} epochs are done").wait_for()
    wait_for_epoch(page, f"epoch === {last}")
    button(page, "Train").wait_for()


def test_another_learning_rate_acts_on_what_is_not_seen_yet_and_the_picture_never_goes_back(far_page):
    page = far_page
    page.evaluate(WATCH.replace("epochs", "seen") + WATCH_RATE)
    fill(page, "textbox", "Learning rate", 0.02)
    page.wait_for_function("window.changed?.rate === 'in use: 0.02'")
    answered = page.evaluate("window.changed.epoch")
    wait_for_epoch(page, f"epoch > {answered + 60 * SPEED}")
    epoch = press(page, "click", "pause", " ")
    page.get_by_text(f"Paused at epoch {epoch:,}.").wait_for()
    assert page.evaluate("window.seen.every((epoch, i) => i === 0 || epoch >= window.seen[i - 1])")
    page.wait_for_function("epoch => JSON.parse(sessionStorage['playground.kept.history']).shown === epoch", arg=epoch)
    run = unpack(base64.b64decode(page.evaluate("sessionStorage['playground.kept.run']")))
    (change,) = run["document"]["changes"]
    changed = change["epoch"]
    assert answered - MAX_LATE * SPEED <= changed < answered + MAX_FILM * SPEED
    trainer = trained(changed, {})[1]
    trainer.optimizer.configure(learning_rate=0.02)
    trainer.train(epoch - changed)
    assert number(page, "loss") == trainer.loss
