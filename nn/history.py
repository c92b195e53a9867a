"""The loss of every epoch so far, in bounded memory."""

import numpy as np


class LossHistory:
    """Losses by epoch. When it is full, every second one goes; the first and the last are always kept.

    Args:
        capacity: how many are kept at most, an even number.
    """

    def __init__(self, capacity=4096):
        self._kept = np.empty(capacity)
        self._stride = 1  # the epochs kept are 0, stride, 2 stride, ...
        self._count = 0
        self._last = None

    def append(self, epoch, loss):
        """Records the loss of an epoch; epochs come in order, 0 first."""
        self._last = epoch, loss
        if epoch % self._stride:
            return
        if self._count == len(self._kept):
            self._count //= 2
            self._kept[: self._count] = self._kept[::2]
            self._stride *= 2
            if epoch % self._stride:
                return
        self._kept[self._count] = loss
        self._count += 1

    def until(self, epoch, loss):
        """A history of its own that ends at an epoch, which has this loss."""
        cut = LossHistory(len(self._kept))
        cut._stride = self._stride
        cut._count = min(self._count, epoch // self._stride + 1)
        cut._kept[: cut._count] = self._kept[: cut._count]
        cut._last = epoch, loss
        return cut

    @property
    def epochs(self):
        """The epochs kept, rising; int64."""
        epochs = np.arange(self._count) * self._stride
        return epochs if self._last is None or epochs[-1] == self._last[0] else np.append(epochs, self._last[0])

    @property
    def losses(self):
        """The losses at `epochs`; float64."""
        losses = self._kept[: self._count].copy()
        return losses if len(self.epochs) == self._count else np.append(losses, self._last[1])
