"""A visit that the browser has kept: a new session of the same page goes on with it, bit for bit, and no other does."""

import base64
import json
import time
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.experiment import Experiment
from playground.lessons import LESSONS
from playground.session.kept_pins import pins_part, read_pins_part
from playground.sharing.kept import pack
from playground.sharing.links import to_query
from tests.support.kept import kept_of, taken_up
from tests.support.saved_files import assert_same
from tests.support.strategies import experiments
from tests.support.visits import open_visit, trained

LONG = "x,y\n" + "\n".join(f"{x / 7},{x}" for x in range(600))
FIRST = next(iter(LESSONS))


@given(experiments(), st.sampled_from((1, 2, 4)), st.integers(0, 3))
@settings(max_examples=25)
def test_any_run_goes_on_as_it_was_to_the_last_bit(experiment, speed, frames):
    visit = trained(frames, **to_query(experiment.changed(speed=speed))).visit
    other = taken_up(kept_of(visit), **to_query(visit.player.experiment)).visit
    if visit.keeping.parts():
        assert_same(other.player, visit.player)
    for _ in range(2):
        visit.player.train_one_frame()
        other.player.train_one_frame()
    assert_same(other.player, visit.player)


def test_a_run_that_stood_still_stands_still_and_can_be_begun_afresh():
    visit = trained().visit
    other = taken_up(kept_of(visit)).visit
    assert not other.player.playing
    assert other.taking_up.went_on.epoch == visit.player.trainer.epoch > 0
    other.taking_up.start_afresh()
    assert (other.player.trainer.epoch, other.taking_up.went_on) == (0, None)


def test_own_points_that_no_link_holds_come_back_with_the_run():
    visit, state, _ = open_visit(target="points")
    state["own"] = LONG
    visit.controls.apply_widgets()
    other, widgets, _ = taken_up(kept_of(visit), target="points")
    assert other.player.experiment == visit.player.experiment
    assert widgets["own"] == other.player.experiment.own == LONG


def test_given_weights_that_are_set_aside_come_back():
    text = "0.5, 0\n-1, 1\n\n1, 2, 0.5"
    visit, state, _ = open_visit(layers="2")
    for changes in ({"given": text}, {"layers_0": 3}):
        state |= changes
        visit.controls.apply_widgets()
    assert visit.player.experiment.given == ""
    other, widgets, _ = taken_up(kept_of(visit), **to_query(visit.player.experiment))
    assert widgets["given"] == state["given"]
    widgets["layers_0"] = 2
    other.controls.apply_widgets()
    assert other.player.trainer.network.parameters.tolist() == [0.5, 0, -1, 1, 1, 2, 0.5]


def test_what_was_replaced_of_own_points_can_still_be_undone():
    visit, state, _ = open_visit(target="points")
    state["own"] = "x,y\n0,0\n1,1\n2,4\n"
    visit.controls.apply_widgets()
    other, widgets, _ = taken_up(kept_of(visit), **to_query(visit.player.experiment))
    other.own_points.undo()
    assert widgets["own"] == other.player.experiment.own == Experiment().own


def test_pinned_runs_come_back():
    visit = trained(test_fraction="0.3").visit
    visit.pins.pin()
    visit.player.train_one_frame()
    visit.pins.pin()
    other = taken_up(kept_of(visit), test_fraction="0.3").visit
    assert [run.name for run in other.pins.pinned] == ["A", "B"]
    for theirs, ours in zip(other.pins.pinned, visit.pins.pinned, strict=True):
        for name in ("experiment", "epoch", "loss", "test_loss", "accuracy", "measures", "status"):
            assert getattr(theirs, name) == getattr(ours, name)
        for name in ("epochs", "losses", "seconds", "grid", "output"):
            np.testing.assert_array_equal(getattr(theirs, name), getattr(ours, name))


def test_pinned_runs_that_were_kept_without_measures_come_back():
    visit = trained().visit
    visit.pins.pin()
    runs = json.loads(zlib.decompress(pins_part(visit.pins.pinned)))
    del runs["A"]["measures"]
    (run,) = read_pins_part(pack(runs))
    assert run.loss == visit.pins.pinned[0].loss
    assert run.measures == ()


def test_the_lesson_comes_back():
    visit = trained(lesson=FIRST).visit
    visit.lesson.predict(1)
    visit.lesson.reveal()
    visit.lesson.done.add(FIRST)
    other = taken_up(kept_of(visit), lesson=FIRST).visit
    assert other.lesson.state == visit.lesson.state


def test_an_address_with_another_experiment_inherits_nothing():
    visit = trained().visit
    visit.pins.pin()
    other = taken_up(kept_of(visit), learning_rate="0.2").visit
    assert (other.player.trainer.epoch, other.pins.pinned, other.taking_up.went_on) == (0, [], None)
    assert other.controls.message is None


def test_a_session_takes_up_one_visit_and_no_other():
    first, second = trained(5).visit, trained(9).visit
    other = taken_up(kept_of(first)).visit
    other.taking_up.take_up(kept_of(second))
    assert other.player.trainer.epoch == first.player.trainer.epoch


def test_a_visitor_who_begins_anew_inherits_nothing():
    visit = open_visit().visit
    visit.taking_up.decline()
    visit.taking_up.take_up(kept_of(trained().visit))
    assert (visit.player.trainer.epoch, visit.taking_up.went_on) == (0, None)


def test_a_look_back_keeps_the_end_of_the_run_and_what_is_looked_at():
    visit = trained(5).visit
    assert "run" in visit.keeping.parts()
    message, (epoch, *_, end) = kept_of(visit), visit.player.recording.epochs[2:]
    visit.player.go_to(epoch)
    looking = visit.keeping.parts()
    assert looking.keys() == {"experiment", "pins", "own", "lesson", "looks_at"}  # given just now, but for the last
    message["parts"]["looks_at"] = base64.b64encode(looking["looks_at"]).decode()
    other = taken_up(message).visit
    assert (other.player.trainer.epoch, other.player.recording.epochs[-1]) == (epoch, end)
    assert other.player.frames[-1].loss == visit.player.frames[-1].loss
    visit.player.go_to(end)
    message["parts"]["looks_at"] = base64.b64encode(visit.keeping.parts()["looks_at"]).decode()
    assert taken_up(message).visit.player.trainer.epoch == end
    for hostile in (-1, 10**9, "5", True, [5], {}):
        message["parts"]["looks_at"] = base64.b64encode(pack(hostile)).decode()
        assert taken_up(message).visit.player.trainer.epoch == end


def test_settings_that_are_changed_at_an_earlier_moment_are_kept_with_that_moment():
    visit, state, _ = trained(5)
    visit.keeping.parts()
    earlier = visit.player.recording.checkpoints[2].epoch
    visit.player.go_to(earlier)
    state["learning_rate"] = 0.2
    visit.controls.apply_widgets()
    assert {"experiment", "run"} <= set(visit.keeping.parts())
    other = taken_up(kept_of(visit), learning_rate="0.2").visit
    assert (other.player.trainer.epoch, other.player.experiment) == (earlier, visit.player.experiment)


# --- What a browser could send ----------------------------------------------------------------------------------------


def changed(message, *path, value):
    """A message with another value at a path of names."""
    if not path:
        return value
    return {**message, path[0]: changed(message[path[0]], *path[1:], value=value)}


GOOD, OTHER = kept_of(trained(3).visit), kept_of(trained(1, seed="1").visit)
RUN = base64.b64decode(GOOD["parts"]["run"])
HOSTILE = {
    "nothing": None,
    "a list": [1, 2],
    "no parts": {"after": "load"},
    "parts that are a list": changed(GOOD, "parts", value=["run"]),
    "no run": changed(GOOD, "parts", value={"experiment": GOOD["parts"]["experiment"]}),
    "numbers for parts": changed(GOOD, "parts", "run", value=5),
    "no base64": changed(GOOD, "parts", "run", value="***"),
    "no compressed data": changed(GOOD, "parts", "run", value=base64.b64encode(b"x" * 100).decode()),
    "half of it": changed(GOOD, "parts", "run", value=base64.b64encode(RUN[: len(RUN) // 2]).decode()),
    "a bomb": changed(GOOD, "parts", "run", value=base64.b64encode(zlib.compress(b"[" * 10**8)).decode()),
    "other losses": changed(GOOD, "history", "losses", value=base64.b64encode(b"\0" * 8).decode()),
    "half a number": changed(GOOD, "history", "losses", value=base64.b64encode(b"\0" * 9).decode()),
    "no losses": changed(GOOD, "history", "losses", value=None),
    "tests of nothing": changed(GOOD, "history", "tested_epochs", value=base64.b64encode(b"\1" * 8).decode()),
    "a huge text": changed(GOOD, "parts", "run", value="A" * 4_000_000),
    "another's experiment": changed(GOOD, "parts", "experiment", value=OTHER["parts"]["experiment"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_browser_sends_changes_nothing_else_and_raises_nothing(name):
    visit = open_visit().visit
    started = time.perf_counter()
    visit.taking_up.take_up(HOSTILE[name])
    assert time.perf_counter() - started < 1
    assert (visit.player.trainer.epoch, visit.player.experiment) == (0, Experiment())
    assert (visit.pins.pinned, visit.taking_up.went_on) == ([], None)


def test_what_cannot_be_read_is_said():
    visit = open_visit().visit
    visit.taking_up.take_up(HOSTILE["half of it"])
    assert "cannot be read" in visit.controls.message.text
