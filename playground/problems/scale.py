"""The scale of quantities: the network sees (value - centre) / spread."""

from typing import NamedTuple

import numpy as np

from nn.arrays import Matrix


class Scale(NamedTuple):
    """The centre and the spread of quantities: numbers, or (k, 1) arrays for k rows of quantities."""

    centre: Matrix | float = 0.0
    spread: Matrix | float = 1.0

    def transform(self, value: Matrix) -> Matrix:
        """A value as the network sees it."""
        return (value - self.centre) / self.spread

    def inverse_transform(self, value: Matrix) -> Matrix:
        """A value that the network sees, in its own units."""
        return value * self.spread + self.centre


def standard_scale(rows: Matrix) -> Scale:
    """The Scale that gives each row of (k, n) mean 0 and standard deviation 1; a constant row only mean 0."""
    spread = rows.std(axis=1, keepdims=True)
    return Scale(rows.mean(axis=1, keepdims=True), np.where(spread > 0, spread, 1.0))
