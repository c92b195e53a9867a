"""What the browser will have on screen when the next answer reaches it: estimated from what it said last."""

import math
import time

from playground.player import Player

FRAMES_PER_SECOND = 60
MARGIN_SECONDS = 0.1  # a picture that goes back a little is worse than one that changes a little later


class Screen:
    """What of a player's film the browser has shown."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._run_id: int | None = None
        self._epoch = 0
        self._seconds = math.inf  # from a request of the browser to the answer, as it has measured
        self._at = 0.0

    def note(self, run_id: int | None, epoch: int | None, wait_ms: int | None) -> None:
        """Notes what the browser says with a request: the run and epoch on screen, and how long answers take it."""
        self._run_id = None if epoch is None or wait_ms is None else run_id
        self._epoch, self._seconds, self._at = epoch or 0, (wait_ms or 0) / 1000, time.monotonic()

    @property
    def next_epoch(self) -> int | None:
        """The epoch of the film's frame that is on screen, or a little later, when an answer of now arrives.

        None where that is unknown, or all of the film is on screen by then.
        """
        epochs = self._player.film.epochs
        if self._run_id != self._player.run_id or self._epoch not in epochs:
            return None
        seconds = time.monotonic() - self._at + self._seconds + MARGIN_SECONDS
        ahead = epochs.index(self._epoch) + math.ceil(seconds * FRAMES_PER_SECOND)
        return epochs[ahead] if ahead < len(epochs) else None
