"""A quantity by epoch, measured now and then, in bounded memory."""

import numpy as np

MOST = 2000  # of measurements that are kept; when there are more, every second one goes


class Series:
    """Measurements, rising in epoch."""

    def __init__(self):
        self._pairs = []  # (epoch, value)

    def add(self, epoch, value):
        """Adds a value, unless one of this epoch or a later one is there."""
        if not self._pairs or epoch > self._pairs[-1][0]:
            self._pairs.append((epoch, value))
            if len(self._pairs) > MOST:
                del self._pairs[1::2]

    @property
    def last(self):
        """The last value, or 0."""
        return self._pairs[-1][1] if self._pairs else 0.0

    def load(self, pairs):
        """Has these measurements and no others: pairs of epoch and value, rising in epoch, MOST of them at most."""
        self._pairs = list(pairs)

    def truncate(self, epoch):
        """Forgets what is later: the run goes on from here."""
        self._pairs = [pair for pair in self._pairs if pair[0] <= epoch]

    def up_to(self, epoch):
        """(k, 2), what there is up to an epoch: each with its epoch and its value."""
        return np.array([pair for pair in self._pairs if pair[0] <= epoch]).reshape(-1, 2)
