"""The scale of quantities: the network sees (value - centre) / spread."""

from typing import NamedTuple

import numpy as np

from nn.arrays import Matrix

ROUNDING = 1e-14  # relative: a spread of numbers that is as small as this is not one of the numbers themselves
SMALL, LARGE = 1e-150, 1e150  # between which no square is 0 or infinite
LARGE_INPUT = 1e75  # of inputs, which layers multiply by weights


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


def vary(rows: Matrix) -> Matrix:
    """(k, 1), whether each row of (k, n) varies by more than rounding."""
    size = np.abs(rows).max(axis=1, keepdims=True, initial=0.0)
    varies: Matrix = np.ptp(rows, axis=1, keepdims=True) > ROUNDING * size
    return varies


def standard_scale(rows: Matrix) -> Scale:
    """The Scale that gives each row of (k, n) mean 0 and standard deviation 1; a constant row only mean 0."""
    with np.errstate(all="ignore"):
        spread = rows.std(axis=1, keepdims=True)
    size = np.abs(rows).max(axis=1, keepdims=True, initial=0.0)
    unit = np.where(size > 0, size, 1.0)
    in_units = (rows / unit).std(axis=1, keepdims=True) * unit
    spread = np.where((spread > SMALL) & (spread < LARGE), spread, in_units)
    return Scale(rows.mean(axis=1, keepdims=True), np.where(vary(rows) & (spread > 0), spread, 1.0))


def check_size(Xs: Matrix, Ys: Matrix) -> None:
    """Raises a ValueError if the data alone, as the network sees them, are so large that a loss can be infinite."""
    for name, rows, limit in (("y is", Ys, LARGE), ("the inputs are", Xs, LARGE_INPUT)):
        largest = float(np.abs(rows).max(initial=0.0))
        if largest > limit:
            raise ValueError(
                f"The loss is infinite at the start, since {name} as large as {largest:.3g}: choose the scaling "
                "Standardised, or divide by something."
            )
