"""The loss of every epoch so far, and the objective where it is another, in bounded memory."""

import math

import numpy as np

CAPACITY = 4096


class LossHistory:
    """Losses and objectives by epoch. When it is full, every second one goes; the first and the last are always kept.

    Args:
        capacity: how many are kept at most, an even number.
    """

    def __init__(self, capacity=CAPACITY):
        self._kept = np.full((2, capacity), np.nan)  # losses; objectives
        self._losses, self._objectives = self._kept
        self._stride = 1  # the epochs kept are 0, stride, 2 stride, ...
        self._count = 0
        self._last = None

    @classmethod
    def of(cls, stride, epochs, losses, objectives):
        """A history that has kept this, and can be continued.

        Raises:
            ValueError: when the epochs are not 0, stride, 2 stride, ... and the last one, or more than it keeps.
        """
        history, last = cls(), epochs[-1]
        count = last // stride + 1
        if count > len(history._losses) or epochs != sorted({*range(0, last + 1, stride), last}):
            raise ValueError("A loss history has the epochs 0, stride, 2 stride and so on, and the last one.")
        history._stride, history._count = stride, count
        history._kept[:, :count] = losses[:count], objectives[:count]
        history._last = last, losses[-1], objectives[-1]
        return history

    @property
    def stride(self):
        """How many epochs lie between two that are kept, but for the last."""
        return self._stride

    def append(self, epoch, loss, objective=math.nan):
        """Records the loss of an epoch, and its objective where one is given; epochs come in order, 0 first."""
        self._last = epoch, loss, objective
        if epoch % self._stride:
            return
        if self._count == len(self._losses):
            self._count //= 2
            self._kept[:, : self._count] = self._kept[:, ::2]
            self._stride *= 2
            if epoch % self._stride:
                return
        self._losses[self._count], self._objectives[self._count] = loss, objective
        self._count += 1

    def up_to(self, epoch, loss, objective=math.nan):
        """A history of its own that ends at an epoch, which has this loss and objective."""
        cut = LossHistory(len(self._losses))
        cut._stride = self._stride
        cut._count = min(self._count, epoch // self._stride + 1)
        cut._kept[:, : cut._count] = self._kept[:, : cut._count]
        cut._last = epoch, loss, objective
        return cut

    @property
    def epochs(self):
        """The epochs kept, rising; int64."""
        epochs = np.arange(self._count) * self._stride
        return epochs if self._last is None or epochs[-1] == self._last[0] else np.append(epochs, self._last[0])

    @property
    def losses(self):
        """The losses at `epochs`; float64."""
        return self._with_last(self._losses, 1)

    @property
    def objectives(self):
        """The objectives at `epochs`; float64, nan where none was given."""
        return self._with_last(self._objectives, 2)

    def _with_last(self, kept, place):
        kept = kept[: self._count].copy()
        return kept if len(self.epochs) == self._count else np.append(kept, self._last[place])
