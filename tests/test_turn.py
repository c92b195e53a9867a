"""Turns: one trains at a time, in the order in which they came, and each for a moment at most."""

import itertools
import math
import threading

import pytest

from playground.analysis import landscape as landscape_module
from playground.compare import race as race_module
from playground.experiment import Experiment
from playground.player import Player, pacing, turn
from playground.player import player as player_module
from playground.player.pacing import FRAMES_PER_TICK, FilmLengths
from playground.player.turn import FADING_SECONDS, SECONDS, Turns
from playground.session import landscape
from tests.support.runs import played

PATIENCE = 30  # seconds


def waiting(turns, count):
    """Whether so many wait, once they do."""
    done = threading.Event()
    for _ in range(PATIENCE * 100):
        if turns.waiting == count:
            return True
        done.wait(0.01)
    return False


def started(turns, names, act):
    """A thread for each name, which acts when its turn comes; they have come in this order."""

    def run(name):
        with turns.one():
            act(name)

    threads = []
    for number, name in enumerate(names, start=1):
        threads.append(threading.Thread(target=run, args=(name,), daemon=True))
        threads[-1].start()
        assert waiting(turns, number)
    return threads


def joined(threads):
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_turns_come_one_by_one_in_the_order_of_coming():
    turns, seen, inside = Turns(), [], []

    def act(name):
        inside.append(name)
        seen.append((name, len(inside)))
        inside.remove(name)

    with turns.one():
        threads = started(turns, "abcde", act)
    joined(threads)
    assert seen == [(name, 1) for name in "abcde"]
    assert turns.waiting == 0


def test_who_has_had_a_moment_comes_again_after_all_who_wait(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(turn, "computing_time", lambda: now[0])
    turns, seen = Turns(), []
    with turns.one():
        threads = started(turns, "ab", seen.append)
        turns.give_way()  # too early
        seen.append("early")
        now[0] += SECONDS
        turns.give_way()
        seen.append("again")
    joined(threads)
    assert seen == ["early", "a", "b", "again"]


def test_a_crowd_counts_for_a_while_when_it_is_gone(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(turn.time, "monotonic", lambda: now[0])
    turns = Turns()
    assert turns.crowd == 0
    with turns.one():
        threads = started(turns, "abcd", lambda name: None)
    joined(threads)
    assert turns.waiting == 0
    assert turns.crowd == 4
    now[0] += FADING_SECONDS
    assert turns.crowd == pytest.approx(4 / math.e)
    with turns.one():
        joined_later = started(turns, "a", lambda name: None)
        assert turns.crowd == pytest.approx(4 / math.e)  # one who waits makes no larger crowd than there was
    joined(joined_later)


def test_a_turn_ends_with_an_error_too():
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.one():
        1 / 0  # noqa: B018
    with turns.one():
        assert turns.waiting == 0


@pytest.mark.parametrize("others", [0, 1, 4, 9])
def test_where_others_wait_a_tick_brings_more_film_and_the_run_is_the_same(monkeypatch, others):
    for module in (player_module, pacing):
        monkeypatch.setattr(module, "computing_time", lambda: 0.0)
    turns = Turns()
    monkeypatch.setattr(player_module, "TURNS", turns)
    monkeypatch.setattr(player_module, "FILM_LENGTHS", FilmLengths())
    monkeypatch.setattr(turn.time, "monotonic", lambda: 0.0)
    player, alone = Player(Experiment()), Player(Experiment())
    player.playing = alone.playing = True
    with turns.one():
        threads = [threading.Thread(target=player.tick, daemon=True)]
        threads[0].start()
        assert waiting(turns, 1)
        threads += started_behind(turns, others)
    joined(threads)
    assert len(player.frames) == FilmLengths().next(None, 1 + others)  # itself, and those who came while it waited
    assert len(player.frames) > FRAMES_PER_TICK or not others
    monkeypatch.setattr(player_module, "TURNS", Turns())  # for which nobody has waited yet
    alone.tick(len(player.frames))
    assert [frame.epoch for frame in alone.frames] == [frame.epoch for frame in player.frames]
    assert [frame.loss for frame in alone.frames] == [frame.loss for frame in player.frames]


def test_a_frame_of_many_epochs_gives_way_before_it_ends(monkeypatch):
    turns, looks, seen = Turns(), itertools.count(), []
    monkeypatch.setattr(turn, "computing_time", lambda: next(looks) * SECONDS)
    monkeypatch.setattr(pacing, "MAX_STRIDE", 10)
    for module in (player_module, pacing):
        monkeypatch.setattr(module, "TURNS", turns)
    player = Player(Experiment(speed=1000))
    player.playing = True
    with turns.one():
        threads = [threading.Thread(target=player.tick, args=(1,), daemon=True)]
        threads[0].start()
        assert waiting(turns, 1)
        threads += started_behind(turns, 1, lambda: seen.append(player.trainer.epoch))
    joined(threads)
    assert seen[0] < player.trainer.epoch
    assert player.frames[0].epoch > seen[0]  # within the first frame


def test_a_frame_of_a_race_gives_way_before_it_ends(monkeypatch):
    turns, seen = Turns(), []
    monkeypatch.setattr(race_module, "TURNS", turns)
    race = race_module.Race([Experiment(speed=1000), Experiment(speed=1000, learning_rate=0.2)], ("a", "b"))
    monkeypatch.setattr(turn, "computing_time", lambda: SECONDS * (race.epoch >= 10))
    race.playing = True
    with turns.one():
        threads = [threading.Thread(target=race.tick, args=(1,), daemon=True)]
        threads[0].start()
        assert waiting(turns, 1)
        threads += started_behind(turns, 1, lambda: seen.append(race.epoch))
    joined(threads)
    assert seen == [10]
    assert race.frames[0].epoch > 10


def test_a_map_of_the_loss_gives_way_before_it_ends(monkeypatch):
    turns, looks, seen = Turns(), itertools.count(), []
    monkeypatch.setattr(turn, "computing_time", lambda: next(looks) * SECONDS)
    monkeypatch.setattr(landscape_module, "TURNS", turns)
    monkeypatch.setattr(landscape, "SECONDS_PER_PIECE", PATIENCE)
    of_loss = landscape.LandscapeMap(played(1))
    with turns.one():
        threads = [threading.Thread(target=of_loss.start, daemon=True)]
        threads[0].start()
        assert waiting(turns, 1)
        threads += started_behind(turns, 1, lambda: seen.append(of_loss.requested.landscape.done))
    joined(threads)
    assert seen == [False]
    assert of_loss.requested.landscape.done


def started_behind(turns, count, act=lambda: None):
    """Threads that wait behind one that waits already."""

    def run():
        with turns.one():
            act()

    threads = [threading.Thread(target=run, daemon=True) for _ in range(count)]
    for number, thread in enumerate(threads, start=2):
        thread.start()
        assert waiting(turns, number)
    return threads
