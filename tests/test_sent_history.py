"""The history in the browser: put together from parts, it is what would have come whole, whatever happens meanwhile."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import nn.history
import playground.player.pacing
import playground.player.series
from playground.components.board import board_payload
from playground.session.sent_history import Held, held_by
from playground.session.visit import Visit
from tests.support.node import run_in_node
from tests.support.payload import unpack

NOTHING = {"run_id": None, "lineage": 0, "until": -1}


class Answer(NamedTuple):
    """What the server sent, and the same without anything left out."""

    part: bytes
    whole: bytes


class Browser:
    """What history.js and film_player.js do with answers: take what is new, or ask for everything."""

    def __init__(self):
        self.run_id, self.lineage, self.until = None, 0, -1
        self.losses, self.tests = {}, {}  # by epoch: (loss, objective), and the loss of the test points

    def receive(self, packed):
        """Takes an answer, and returns the request that it leads to at once, or None."""
        header, arrays = unpack(packed)
        lineage, origin, after, until, stride = header["history"].values()
        if header["figures"] is None and header["run_id"] != self.run_id:
            return NOTHING
        if after >= 0 and (self.lineage not in (lineage, origin) or after > self.until):
            return NOTHING
        losses = arrays["history_losses"]
        objectives = arrays.get("history_objectives")
        first = (after // stride + 1) * stride
        new = {
            first + i * stride: (loss, np.nan if objectives is None else objectives[i])
            for i, loss in enumerate(losses.tolist())
        }
        kept = {epoch: pair for epoch, pair in self.losses.items() if epoch <= after and epoch % stride == 0}
        if objectives is None:
            kept = {epoch: (loss, np.nan) for epoch, (loss, _) in kept.items()}
        self.losses = kept | new
        tests = zip(arrays["tested_epochs"].tolist(), arrays["tested_losses"].tolist(), strict=True)
        self.tests = {epoch: loss for epoch, loss in self.tests.items() if epoch <= after} | dict(tests)
        self.run_id, self.lineage, self.until = header["run_id"], lineage, until
        return None

    @property
    def request(self):
        return {"run_id": self.run_id, "lineage": self.lineage, "until": self.until}


def answer(visit):
    """What the board is sent now, as panels/training.py does it."""
    lineage, after, origin = visit.history.continuation(visit.player)
    after = -1 if visit.needs_charts else after
    part = board_payload(visit.player, with_figures=visit.needs_charts, lineage=lineage, after=after, origin=origin)
    visit.note_charts_sent()
    return Answer(part, board_payload(visit.player, with_figures=True, lineage=lineage))


def changed(visit, on_screen=None, **changes):
    visit.player.change(visit.player.experiment.changed(**changes), on_screen)


ACTIONS = {
    "play": lambda visit, _: visit.player.play(),
    "pause": lambda visit, _: visit.player.pause(),
    "pause at a frame": lambda visit, n: visit.player.pause(_seen(visit, n)),
    "rate on screen": lambda visit, n: changed(visit, on_screen=_seen(visit, n), learning_rate=0.01 * (1 + n % 5)),
    "step": lambda visit, _: visit.player.train_one_frame(),
    "reset": lambda visit, _: visit.player.reset(),
    "new start": lambda visit, _: visit.player.new_start(),
    "go back": lambda visit, n: visit.player.go_to(_any(visit.player.recording.checkpoints, n).epoch),
    "edit": lambda visit, n: visit.player.set_parameter(n % 5, 0.1 * (n % 7)),
    "undo": lambda visit, _: visit.player.undo(),
    "penalise": lambda visit, n: changed(visit, l2=0.001 * (n % 2)),
    "other rate": lambda visit, n: changed(visit, learning_rate=0.01 * (1 + n % 5)),
    "faster": lambda visit, n: changed(visit, speed=(1, 12, 50)[n % 3]),
    "other network": lambda visit, n: changed(visit, layers=(1 + n % 3,)),
    "redraw": lambda visit, _: visit.player.invalidate_charts(),
    "look": lambda visit, _: None,
}
TICKS = [("tick", 0, False)] * 3
LOST_WAY_BACK = [("play", 0, False), *TICKS, ("pause", 0, False), ("go back", 2, True), ("other rate", 4, True)]
LOST_WAY_BACK += [("play", 0, True), *[("tick", 0, True)] * 3, *TICKS]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["tick", "tick", "tick", "mount anew"]), st.just(0), st.booleans()),
        st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, 100), st.booleans()),
    ),
    min_size=1,
    max_size=25,
)


def _seen(visit, n):
    return _any(visit.player.film.epochs or [None], n)


def _any(items, n):
    return items[n % len(items)]


def film(steps, test_fraction):
    """The browser after some steps, and all that it took."""
    visit, browser = Visit({"test_fraction": str(test_fraction), "layers": "2"}, {}), Browser()
    taken = []

    def send(request=None, *, lost=False):
        if request is not None:
            visit.tick(request)
        sent = answer(visit)
        if lost:
            return
        again = browser.receive(sent.part)
        if again is None:
            taken.append(sent)
        else:
            assert request is not NOTHING  # or it would ask for ever
            send(NOTHING)

    send()
    for name, n, lost in steps:
        if name == "mount anew":
            browser, lost = Browser(), False
            send()
        elif name in ACTIONS:
            ACTIONS[name](visit, n)
            send(lost=lost)
        else:
            send(browser.request, lost=lost)
        if lost:
            continue
        whole = Browser()
        assert whole.receive(taken[-1].whole) is None
        np.testing.assert_equal(browser.losses, whole.losses)
        np.testing.assert_equal(browser.tests, whole.tests)
        assert set(browser.tests) == {epoch for epoch, _ in visit.player.test_losses.up_to(browser.until)}
    return taken


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Short films, and histories that are soon full."""
    monkeypatch.setattr(playground.player.pacing, "FRAMES_PER_TICK", 4)
    monkeypatch.setattr(playground.player.series, "MAX_MEASUREMENTS", 40)
    monkeypatch.setattr(nn.history.LossHistory.__init__, "__defaults__", (32,))


@settings(max_examples=60, deadline=None)
@given(STEPS, st.sampled_from([0.0, 0.3]))
@example(LOST_WAY_BACK, 0.0)
@example(3 * LOST_WAY_BACK, 0.3)
def test_in_parts_or_whole_the_curves_are_the_same(steps, test_fraction):
    film(steps, test_fraction)


LONG = [("play", 0, False), *3 * TICKS, ("penalise", 1, False), ("faster", 2, False), *3 * TICKS, ("pause", 0, False)]
LONG += [("go back", 7, False), ("play", 0, False), ("tick", 0, True), *2 * TICKS, ("penalise", 0, False), *TICKS]
LONG += [("mount anew", 0, False), *TICKS, ("other network", 1, False), ("play", 0, False), *TICKS]
SCRIPT = """
import { readFileSync } from "node:fs";
import { History } from "components/shared/history.js";
import { unpack } from "components/shared/unpack.js";

const file = new Uint8Array(readFileSync(0));
const view = new DataView(file.buffer, file.byteOffset);
const answers = [];
for (let offset = 0; offset < file.length; ) {
  const length = view.getUint32(offset, true);
  answers.push(unpack(file.slice(offset + 4, offset + 4 + length)));
  offset += 4 + length;
}
const take = (history, { history: part, arrays: a }) =>
  history.take(part, [a.history_losses, a.history_objectives], { epochs: a.tested_epochs, losses: a.tested_losses });
const parts = new History();
const report = [];
for (let i = 0; i < answers.length; i += 2) {
  const whole = new History();
  const taken = [take(parts, answers[i]), take(whole, answers[i + 1])];
  report.push([taken, JSON.stringify(parts) === JSON.stringify(whole), parts.losses.epochs.length]);
}
console.log(JSON.stringify(report));
"""


def test_the_browsers_own_script_puts_them_together_the_same():
    taken = film(LONG, 0.3)
    data = b"".join(len(packed).to_bytes(4, "little") + packed for sent in taken for packed in sent)
    report = run_in_node(SCRIPT, data)
    assert len(report) == len(taken) > 30
    assert all(took == [True, True] and same for took, same, _ in report)
    assert max(count for *_, count in report) > 20
    sizes = [
        unpack(sent.part)[1]["history_losses"].size < unpack(sent.whole)[1]["history_losses"].size for sent in taken
    ]
    assert sum(sizes) > len(taken) / 4  # many bring only what is new


@pytest.mark.parametrize(
    ("request_", "held"),
    [
        ({"run_id": 3, "lineage": 2, "until": 40}, Held(3, 2, 40)),
        (NOTHING, Held()),
        (None, Held()),
        (7, Held()),
        ("{}", Held()),
        ([3, 2, 40], Held()),
        ({}, Held()),
        ({"run_id": True, "lineage": 2, "until": 40}, Held(None, 2, 40)),
        ({"run_id": 3, "lineage": 2.0, "until": 40}, Held(3)),
        ({"run_id": 3, "lineage": 2, "until": "40"}, Held(3)),
        ({"run_id": [3], "lineage": 2, "until": None}, Held()),
        ({"run_id": 3, "lineage": 2, "until": -(10**30)}, Held(3, 2, -1)),
    ],
    ids=str,
)
def test_what_the_browser_says_is_checked(request_, held):
    assert held_by(request_) == held


@pytest.mark.parametrize(
    "request_", [{"run_id": 1, "lineage": 1, "until": 10**30}, {"run_id": 1, "lineage": 9, "until": 0}]
)
def test_who_claims_what_cannot_be_gets_everything(request_):
    visit = Visit({}, {})
    answer(visit)
    visit.tick(request_)
    assert visit.history.continuation(visit.player).after == -1
