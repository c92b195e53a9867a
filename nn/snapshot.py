"""What a training step changes, saved now and then, so that a step that diverges can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn.optimizer_types import Optimizer

if TYPE_CHECKING:
    from nn.network import NeuralNetwork


class Snapshot:
    """The parameters and the optimizer's state at one epoch, in arrays that are used again.

    Attributes:
        epoch: when it was taken last.
    """

    def __init__(self, network: NeuralNetwork) -> None:
        self.epoch = 0
        self._parameters = np.empty_like(network.parameters)

    def take(self, epoch: int, network: NeuralNetwork, optimizer: Optimizer) -> None:
        """Saves the present."""
        self.epoch = epoch
        self._parameters[:] = network.parameters
        optimizer.snapshot()

    def restore(self, network: NeuralNetwork, optimizer: Optimizer) -> None:
        """Goes back to what was saved last, of the same network and optimizer."""
        network.parameters[:] = self._parameters
        optimizer.restore()
