"""A quantity by epoch, measured now and then, in bounded memory."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np

from nn.arrays import Matrix
from nn.history import EVERY_SECOND

Measurement: TypeAlias = tuple[int, float]  # (epoch, value)

MAX_MEASUREMENTS = 2000  # when there are more, every second one is dropped


class Series:
    """Measurements at rising epochs.

    Attributes:
        version: rises when a measurement goes; until then more are added at the end.
    """

    def __init__(self) -> None:
        self.version = 0
        self._measurements: list[Measurement] = []

    def add(self, epoch: int, value: float) -> None:
        """Adds a value, unless there is one of this epoch or a later one."""
        if not self._measurements or epoch > self._measurements[-1][0]:
            self._measurements.append((epoch, value))
            if len(self._measurements) > MAX_MEASUREMENTS:
                self._measurements = self._measurements[EVERY_SECOND]
                self.version += 1

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """All of them, at rising epochs."""
        return tuple(self._measurements)

    @property
    def last(self) -> float:
        """The last value, or 0 if there is none."""
        return self._measurements[-1][1] if self._measurements else 0.0

    def load(self, measurements: Iterable[Measurement]) -> None:
        """Replaces all measurements: at rising epochs, at most MAX_MEASUREMENTS."""
        self._measurements = list(measurements)
        self.version += 1

    def truncate(self, epoch: int) -> None:
        """Drops what was measured after an epoch."""
        kept = [pair for pair in self._measurements if pair[0] <= epoch]
        if len(kept) < len(self._measurements):
            self._measurements = kept
            self.version += 1

    def up_to(self, epoch: int) -> Matrix:
        """(k, 2), the epoch and value of each measurement up to an epoch."""
        return np.array([pair for pair in self._measurements if pair[0] <= epoch], float).reshape(-1, 2)
