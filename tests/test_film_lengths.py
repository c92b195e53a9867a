"""How much film a tick brings: more for a crowd, and of different lengths, so that a crowd does not come at once."""

import heapq
import itertools
import math

import pytest

from playground.player.pacing import FRAMES_PER_TICK, LEAST_SHARE, MAX_FRAMES_PER_TICK, WAITING_FOR_TWICE, FilmLengths
from playground.player.turn import FADING_SECONDS
from tests.benchmarks.film_clock import Film


def longest_film(crowd):
    return min(MAX_FRAMES_PER_TICK, FRAMES_PER_TICK * (1 + crowd / WAITING_FOR_TWICE))


@pytest.mark.parametrize("asked", [None, 1, FRAMES_PER_TICK, 47, MAX_FRAMES_PER_TICK])
def test_who_is_alone_gets_what_they_ask_for(asked):
    lengths = FilmLengths()
    assert {lengths.next(asked, 0) for _ in range(50)} == {asked or FRAMES_PER_TICK}


@pytest.mark.parametrize("waiting", [1, WAITING_FOR_TWICE, 24, 1000])
def test_the_longest_film_grows_with_those_who_wait_up_to_a_bound(waiting):
    lengths = FilmLengths()
    found = [lengths.next(None, waiting) for _ in range(200)]
    assert longest_film(waiting) * 0.98 - 1 <= max(found) <= longest_film(waiting)
    assert min(found) >= max(FRAMES_PER_TICK, int(LEAST_SHARE * longest_film(waiting)))
    assert min(lengths.next(80, waiting) for _ in range(200)) >= 80


@pytest.mark.parametrize("count", [5, 13, 25])
def test_those_who_came_together_come_back_apart(count):
    lengths = FilmLengths()
    found = sorted(lengths.next(None, 24) for _ in range(count))
    even = (1 - LEAST_SHARE) * MAX_FRAMES_PER_TICK / count
    assert max(later - sooner for sooner, later in itertools.pairwise(found)) <= 2 * even + 1
    assert found[-1] - found[0] > MAX_FRAMES_PER_TICK / 3


class Page:
    """A page that shows film by the clock."""

    def __init__(self):
        self.film, self.epoch = Film(), 0


def p95_of_a_class(length, *, pages=25, seconds=30.0, per_frame=0.00055, per_answer=0.003):
    """The wait in seconds that one of twenty exceeds, where pages begin all at once, at a server that works in order.

    Args:
        length: of a film in frames, by what is asked for and the crowd.
        per_frame, per_answer: seconds of computing; by default nine tenths of the server's time.
    """
    order, waits = itertools.count(), []
    events = [(0.0, next(order), Page()) for _ in range(pages)]
    free_at, crowd, crowded_at, line = 0.0, 0.0, 0.0, []
    while True:
        now, _, page = heapq.heappop(events)
        if now > seconds:
            return sorted(waits)[int(0.95 * len(waits))]
        if (idle := page.film.seconds_until_asking(now)) > 1e-6:
            heapq.heappush(events, (now + idle, next(order), page))
            continue
        line = [end for end in line if end > now]  # when those who wait are answered
        crowd, crowded_at = max(len(line), crowd * math.exp((crowded_at - now) / FADING_SECONDS)), now
        frames = length(page.film.wanted, crowd)
        free_at = max(free_at, now) + per_answer + frames * per_frame
        line.append(free_at)
        page.film.put(range(page.epoch, page.epoch + frames), free_at - now, free_at)
        page.epoch += frames
        if now > 3:
            waits.append(free_at - now)
        heapq.heappush(events, (free_at, next(order), page))


def test_a_class_that_begins_at_once_soon_waits_for_nobody():
    equal = p95_of_a_class(lambda asked, crowd: int(longest_film(crowd)))
    assert p95_of_a_class(FilmLengths().next) < 0.3 < equal
