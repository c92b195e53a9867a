"""Whose turn it is to train: one visitor at a time, each for a moment, in the order in which they came.

Threads that train side by side hinder one another: NumPy releases Python's lock in every call, and may then wait 5 ms
to get it back. So what is bounded is what a thread computes itself, not how long that takes on a busy server.
"""

import math
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 0.08  # of a turn, if others wait: enough for an ordinary tick, which then waits only once
FADING_SECONDS = 20.0  # after which a crowd that has gone counts for a third, 1/e

# The seconds that the present thread has computed. Windows counts them in steps of 16 ms, too coarse for a turn.
computing_time = time.perf_counter if sys.platform == "win32" else time.thread_time


class Turns:
    """A lock that is passed round: after a moment its holder gives way to the thread that has waited longest."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Event] = deque()
        self._since = 0.0
        self._crowd = self._crowded_at = 0.0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @property
    def crowd(self) -> float:
        """The most that have waited at once of late; the longer ago that was, the less it counts."""
        return self._crowd * math.exp((self._crowded_at - time.monotonic()) / FADING_SECONDS)

    @contextmanager
    def one(self) -> Iterator[None]:
        """A turn, once it comes; it may be given away within by `give_way`."""
        self._take()
        try:
            yield
        finally:
            self._pass_on()

    def give_way(self) -> None:
        """Lets the others have their turn first, if there are any and this one has had its moment."""
        if self._waiting and computing_time() - self._since >= SECONDS:
            self._pass_on()
            self._take()

    def _take(self) -> None:
        with self._guard:
            mine = threading.Event() if self._is_taken else None
            if mine is not None:
                self._waiting.append(mine)
                self._crowd, self._crowded_at = max(self.waiting, self.crowd), time.monotonic()
            self._is_taken = True
        if mine is not None:
            mine.wait()
        self._since = computing_time()

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


TURNS = Turns()  # of all visitors of this server
