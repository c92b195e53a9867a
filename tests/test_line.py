"""The line for work that takes long: so much at once, in the order of coming, and only who still asks has a place."""

import itertools
import threading

import pytest

from playground.player import line as line_module
from playground.player.line import Line


@pytest.fixture
def clock(monkeypatch):
    """The time, which stands still; what is added to it passes."""
    now = [0.0]
    monkeypatch.setattr(line_module.time, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_so_many_have_their_turn_and_the_others_wait_in_the_order_of_coming(at_once):
    line = Line(at_once, patience=60)
    places = [line.join() for _ in range(6)]
    assert [place.ask() for place in places] == [max(0, i - at_once + 1) for i in range(6)]
    while places:
        places.pop(0).leave()
        assert [place.before for place in places] == [max(0, i - at_once + 1) for i in range(len(places))]


def test_who_leaves_while_waiting_lets_those_behind_move_up():
    line = Line(1, patience=60)
    first, second, third = (line.join() for _ in range(3))
    second.leave()
    second.leave()
    assert [place.before for place in (first, third)] == [0, 1]
    first.leave()
    assert third.before == 0
    assert first.is_lost
    assert not third.is_lost


def test_who_asks_no_more_loses_the_place_and_asking_again_does_not_bring_it_back(clock):
    line = Line(1, patience=10)
    silent, waiting = line.join(), line.join()
    clock[0] = 9
    assert waiting.ask() == 1
    clock[0] = 10
    assert waiting.before == 1
    clock[0] = 10.5
    assert waiting.before == 0
    assert silent.is_lost
    assert silent.ask() == 0
    assert silent.is_lost
    clock[0] = 19.5
    assert waiting.is_lost  # looking without asking holds no place


def test_never_more_than_so_many_at_once_however_many_come_together():
    line, inside, most = Line(2, patience=60), set(), []
    ended, numbers = threading.Event(), itertools.count()

    def visit():
        place, number = line.join(), next(numbers)
        while place.ask():
            ended.wait(0.001)
        inside.add(number)
        most.append(len(inside))
        ended.wait(0.002)
        inside.remove(number)
        place.leave()

    threads = [threading.Thread(target=visit, daemon=True) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    assert max(most) == 2
    assert len(most) == 20
