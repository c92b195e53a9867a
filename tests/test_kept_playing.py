"""A kept visit that was training: a new session trains on, from what was on screen."""

import itertools
from types import SimpleNamespace

from playground.player import pacing
from playground.player import player as player_module
from playground.player.pacing import FRAMES_PER_TICK
from playground.player.turn import Turns
from playground.session import taking_up
from tests.support.kept import kept_of, taken_up
from tests.support.visits import trained


def test_it_trains_on_if_it_trained_and_says_where_it_went_on():
    visit = trained().visit
    visit.player.play()
    at = visit.player.trainer.epoch
    other = taken_up(kept_of(visit) | {"after": "line"}).visit
    assert other.player.playing
    assert other.player.trainer.epoch > at
    assert (other.taking_up.went_on.epoch, other.taking_up.went_on.after) == (at, "the connection was lost")
    other.player.tick()
    assert other.taking_up.went_on is not None
    other.player.pause()
    assert other.taking_up.went_on is None


def test_it_goes_on_at_what_was_on_screen_though_each_of_its_turns_is_long_in_coming(monkeypatch):
    visit = trained().visit
    visit.player.play()
    shown = visit.player.trainer.epoch + 3000
    looks = itertools.count()
    monkeypatch.setattr(taking_up, "time", SimpleNamespace(monotonic=lambda: 1.2 * next(looks)))
    for module in (taking_up, player_module, pacing):
        monkeypatch.setattr(module, "computing_time", lambda: 0.0)
    monkeypatch.setattr(player_module, "TURNS", Turns())
    other = taken_up(kept_of(visit) | {"shown": shown}).visit
    assert other.taking_up.went_on.epoch == shown
    half_a_second = FRAMES_PER_TICK * visit.player.experiment.speed
    assert other.player.frames[0].epoch > shown - half_a_second  # the film begins near by


def test_it_goes_on_at_the_epoch_that_was_on_screen_and_is_no_run_that_the_browser_has():
    visit = trained().visit
    visit.player.play()
    shown = visit.player.trainer.epoch + 3000  # more than is trained at once
    other = taken_up(kept_of(visit) | {"after": "line", "shown": shown}).visit
    assert other.player.trainer.epoch >= other.taking_up.went_on.epoch == shown
    assert other.player.run_id > other.number  # a session counts its runs from 1
