"""The loss of every epoch so far, and the objective where that is more than the loss, in bounded memory."""

import math
from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nn.arrays import Whole

CAPACITY = 4096
EVERY_SECOND = slice(None, None, 2)  # what a full recording keeps of its entries; the first always stays

Floats = npt.NDArray[np.float64]


class LossHistory:
    """Losses and objectives by epoch. When it is full, every second entry goes; the first and the last always stay.

    Args:
        capacity: the largest number of epochs, even.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        empty = array("d", [math.nan]) * capacity  # Python's own, whose entries are written faster than NumPy's
        self._losses, self._objectives = empty, empty[:]
        self._stride = 1  # the epochs there are 0, stride, 2 stride, ...
        self._count = 0
        self._last: tuple[int, float, float] | None = None  # epoch, loss, objective; in the table or not

    @classmethod
    def of(
        cls, stride: int, epochs: Sequence[int], losses: Sequence[float], objectives: Sequence[float]
    ) -> "LossHistory":
        """A history with these entries, which can be continued.

        Raises:
            ValueError: the epochs are not 0, stride, 2 stride, ... and the last one, or more than its capacity.
        """
        history, last = cls(), epochs[-1]
        count = last // stride + 1
        if count > CAPACITY or epochs != sorted({*range(0, last + 1, stride), last}):
            raise ValueError("A loss history has the epochs 0, stride, 2 stride and so on, and the last one.")
        history._stride, history._count = stride, count
        history._losses[:count] = array("d", losses[:count])
        history._objectives[:count] = array("d", objectives[:count])
        history._last = last, losses[-1], objectives[-1]
        return history

    @property
    def stride(self) -> int:
        """The distance between two epochs, but for the last."""
        return self._stride

    def append(self, epoch: int, loss: float, objective: float = math.nan) -> None:
        """Records the loss of an epoch, and its objective if there is one; epochs come in order, from 0."""
        self._last = epoch, loss, objective
        if epoch % self._stride:
            return
        if self._count == len(self._losses):
            self._count //= 2
            for values in (self._losses, self._objectives):
                values[: self._count] = values[EVERY_SECOND]
            self._stride *= 2
            if epoch % self._stride:
                return
        self._losses[self._count], self._objectives[self._count] = loss, objective
        self._count += 1

    def up_to(self, epoch: int, loss: float, objective: float = math.nan) -> "LossHistory":
        """A copy that ends at an epoch, which has this loss and objective."""
        twin, count = LossHistory(len(self._losses)), min(self._count, epoch // self._stride + 1)
        twin._stride, twin._count = self._stride, count
        twin._losses[:count], twin._objectives[:count] = self._losses[:count], self._objectives[:count]
        twin._last = epoch, loss, objective
        return twin

    @property
    def epochs(self) -> Whole:
        """The recorded epochs, rising; int64, a new array."""
        epochs = np.arange(self._count) * self._stride
        return epochs if self._last is None or epochs[-1] == self._last[0] else np.append(epochs, self._last[0])

    @property
    def losses(self) -> Floats:
        """The losses at `epochs`, a new array."""
        return self._with_last(self._losses, 1)

    @property
    def objectives(self) -> Floats:
        """The objectives at `epochs`, a new array; nan where there was none."""
        return self._with_last(self._objectives, 2)

    def after(self, epoch: int) -> Floats:
        """(2, k): losses and objectives at the multiples of `stride` after an epoch, a new array; of all after -1.

        What is recorded there stays as it is, but for the epochs that go when `stride` doubles.
        """
        recorded = slice(epoch // self._stride + 1, self._count)
        return np.array([self._losses[recorded], self._objectives[recorded]])

    def _with_last(self, values: "array[float]", place: int) -> Floats:
        """The values at `epochs`, of which the last may be in no array yet, but at a place of `_last`."""
        recorded = np.array(values[: self._count])
        if self._last is None or self._last[0] == (self._count - 1) * self._stride:
            return recorded
        return np.append(recorded, self._last[place])
