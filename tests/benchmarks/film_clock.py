"""The film as a page plays it, by the clock alone: what components/shared/frame_queue.js does, without drawing."""

import math
from collections import deque

from playground.player.pacing import FRAMES_PER_TICK, MAX_FRAMES_PER_TICK

FRAME_SECONDS = 1 / 60
MARGIN_SECONDS = 0.15
LEAST_RESERVE_SECONDS = 0.22
MAX_GAP_SECONDS = 10 * FRAME_SECONDS
KEPT_WAITS = 5


class Film:
    """The frames that a page has and shows.

    Args:
        epoch: on screen at the start.
    """

    def __init__(self, epoch=0):
        self.epoch = epoch
        self._epochs, self._waits, self._shown = deque(), deque(maxlen=KEPT_WAITS), []
        self._pace, self._shown_at, self._put_at = FRAME_SECONDS, -math.inf, 0.0

    @property
    def expected_wait(self):
        """Seconds that the next answer takes; None while that is unknown."""
        waits = sorted(self._waits, reverse=True)
        return waits[min(1, len(waits) - 1)] if waits else None

    @property
    def wanted(self):
        """How many frames to ask for."""
        frames = math.ceil(((self.expected_wait or 0) + MARGIN_SECONDS) / FRAME_SECONDS)
        return min(MAX_FRAMES_PER_TICK, max(FRAMES_PER_TICK, frames))

    def put(self, epochs, waited, now):
        """Takes the frames of an answer that took so long."""
        self._show(now)
        self._waits.append(waited)
        self._epochs.extend(epochs)
        self._pace = max(FRAME_SECONDS, self.expected_wait / len(self._epochs))
        if now - self._shown_at > MAX_GAP_SECONDS:
            self._shown_at = now - self._pace
        self._put_at = now

    def seconds_until_asking(self, now):
        """How long the frames last until more have to be asked for."""
        self._show(now)
        if self.expected_wait is None:
            return 0.0
        reserve = max(LEAST_RESERVE_SECONDS, self.expected_wait + MARGIN_SECONDS)
        return max(0.0, len(self._epochs) * self._pace - reserve)

    def take_shown(self):
        """The time of each picture since the last call."""
        shown, self._shown = self._shown, []
        return shown

    def _show(self, now):
        """Shows what is due; of frames that are late together only the last is seen."""
        while self._epochs and now - self._shown_at >= self._pace:
            self._shown_at += self._pace
            self.epoch = self._epochs.popleft()
            seen = max(self._shown_at, self._put_at)
            if self._shown and seen == self._shown[-1]:
                self._shown.pop()
            self._shown.append(seen)
