"""How far a sweep is, on stderr: one line that is written over, or in a log a line now and then."""

import sys
import time
from collections.abc import Callable

SECONDS, SECONDS_IN_LOG = 0.3, 10.0  # between two reports


class ProgressLine:
    """Reports to stderr.

    Args:
        of: how many runs there are.
    """

    def __init__(self, of: int) -> None:
        self._of = of
        self._over = sys.stderr.isatty() and not sys.stdout.isatty()
        self._next, self._length = 0.0, 0

    def show(self, done: int, left: Callable[[], float | None]) -> None:
        """The number of runs that are done, and the seconds that are left, unless the last report is very new."""
        now = time.monotonic()
        if now < self._next or done == self._of:
            return
        self._next = now + (SECONDS if self._over else SECONDS_IN_LOG)
        seconds = left()
        self._write(f"{done:,} of {self._of:,} runs{'' if seconds is None else f', about {_in_words(seconds)} left'}")

    def say(self, text: str) -> None:
        """A line that stays."""
        self._write(text)
        if self._over:
            sys.stderr.write("\n")
        self._length = 0

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text:{self._length}}" if self._over else f"{text}\n")
        sys.stderr.flush()
        self._length = len(text)


def _in_words(seconds: float) -> str:
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
