"""The loss on the points that are kept apart: measured with every frame, never trained on."""

import math

import numpy as np

from playground.player.series import Series


class LossOnTestSet(Series):
    """Measures a network on its test set, and remembers how that went.

    Args:
        network: the network.
        Xs, Ys: the test set, (inputs, k) and (outputs, k), k maybe 0.
        loss: one of LOSSES.
    """

    def __init__(self, network, Xs, Ys, loss):
        super().__init__()
        self._network, self._Xs, self._Ys, self._loss = network, Xs, Ys, loss

    def record(self, epoch):
        """The loss now, at an epoch; None without a test set, or where it is not finite."""
        loss = self.loss_of(self._network)
        if loss is not None:
            self.add(epoch, loss)
        return loss

    def loss_of(self, network):
        """The loss of a network like it, which is not remembered; None as `measure` gives it."""
        if not self._Xs.size:
            return None
        with np.errstate(all="ignore"):
            loss = self._loss.measure(network.evaluate(self._Xs)[-1], network.layers[-1].g, self._Ys)
        return loss if math.isfinite(loss) else None
