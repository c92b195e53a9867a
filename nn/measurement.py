"""Whether the loss and the gradient that were measured last are those of the present parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn.step_options import StepOptions

if TYPE_CHECKING:
    from nn.network import NeuralNetwork


class Measurement:
    """At which parameters, and with which options, the loss and the gradient were measured last."""

    def __init__(self, network: NeuralNetwork) -> None:
        self._parameters = np.empty_like(network.parameters)
        self._options: StepOptions | None = None  # None: nothing has been measured, or not any more

    def record(self, network: NeuralNetwork, options: StepOptions) -> None:
        """Notes that they were measured at the network's present parameters."""
        self._parameters[:] = network.parameters
        self._options = options

    def forget(self) -> None:
        """Notes that the last measurement no longer counts."""
        self._options = None

    def holds_at(self, network: NeuralNetwork, options: StepOptions) -> bool:
        """Whether they were measured with these options at the network's present parameters."""
        return self._options is options and bool((self._parameters == network.parameters).all())
