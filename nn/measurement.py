"""Whether the loss and the gradient that were measured last are those of the present network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn.step_options import StepOptions

if TYPE_CHECKING:
    from nn.network import NeuralNetwork


class Measurement:
    """At which parameters, with which units off and which options, the loss and the gradient were measured last."""

    def __init__(self, network: NeuralNetwork) -> None:
        self._bytes = bytearray(network.parameters.nbytes)  # bytes are compared in one go, and no array is made
        self._parameters = np.frombuffer(self._bytes, network.parameters.dtype)
        self._off = network.off
        self._options: StepOptions | None = None  # None: nothing has been measured, or not any more

    def record(self, network: NeuralNetwork, options: StepOptions) -> None:
        """Notes that they were measured of the network as it is."""
        self._parameters[:] = network.parameters
        self._off, self._options = network.off, options

    def forget(self) -> None:
        """Notes that the last measurement no longer counts."""
        self._options = None

    def holds_at(self, network: NeuralNetwork, options: StepOptions) -> bool:
        """Whether they were measured with these options of the network as it is, to the last bit."""
        same = self._options is options and self._off == network.off
        return same and self._bytes == network.parameters.data
