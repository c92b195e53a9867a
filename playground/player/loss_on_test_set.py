"""The loss on the test points: measured with every frame, never trained on."""

import math

import numpy as np

from nn import NeuralNetwork
from nn.arrays import Matrix
from nn.loss_types import Loss
from playground.player.series import Series


class LossOnTestSet(Series):
    """The series of a network's losses on its test set.

    Args:
        network: the network.
        Xs, Ys: the test set, (inputs, k) and (outputs, k); k may be 0.
        loss: one of LOSSES.
    """

    def __init__(self, network: NeuralNetwork, Xs: Matrix, Ys: Matrix, loss: Loss) -> None:
        super().__init__()
        self._network, self._Xs, self._Ys, self._loss = network, Xs, Ys, loss

    def record(self, epoch: int) -> float | None:
        """Measures the loss at an epoch, records it and returns it; None without a test set, or if it is not finite."""
        loss = self.loss_of(self._network)
        if loss is not None:
            self.add(epoch, loss)
        return loss

    def loss_of(self, network: NeuralNetwork) -> float | None:
        """The loss of any network of this shape, which is not recorded; None as `record` returns it."""
        if not self._Xs.size:
            return None
        with np.errstate(all="ignore"):
            loss = float(self._loss.measure(network.evaluate(self._Xs)[-1], network.layers[-1].g, self._Ys))
        return loss if math.isfinite(loss) else None
