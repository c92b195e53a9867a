"""The loss on the points that are kept apart: measured with every frame, never trained on."""

import math

import numpy as np

MOST = 2000  # of measurements that are kept; when there are more, every second one goes


class HeldOut:
    """Measures a network on its test set, and remembers how that went.

    Args:
        network: the network.
        Xs, Ys: the test set, (inputs, k) and (outputs, k), k maybe 0.
        loss: one of LOSSES.
    """

    def __init__(self, network, Xs, Ys, loss):
        self._network, self._Xs, self._Ys, self._loss = network, Xs, Ys, loss
        self._measured = []  # (epoch, loss), rising in epoch

    def measure(self, epoch):
        """The loss now, at an epoch; None without a test set, or where it is not finite."""
        loss = self.loss_of(self._network)
        if loss is None:
            return None
        if not self._measured or epoch > self._measured[-1][0]:
            self._measured.append((epoch, loss))
            if len(self._measured) > MOST:
                del self._measured[1::2]
        return loss

    def loss_of(self, network):
        """The loss of a network like it, which is not remembered; None as `measure` gives it."""
        if not self._Xs.size:
            return None
        with np.errstate(all="ignore"):
            loss = self._loss.measure(network.evaluate(self._Xs)[-1], network.layers[-1].g, self._Ys)
        return loss if math.isfinite(loss) else None

    def forget_after(self, epoch):
        """Forgets what was measured later: the run goes on from here."""
        self._measured = [pair for pair in self._measured if pair[0] <= epoch]

    def until(self, epoch):
        """What was measured up to an epoch: (k, 2), each with its epoch and its loss."""
        return np.array([pair for pair in self._measured if pair[0] <= epoch]).reshape(-1, 2)
