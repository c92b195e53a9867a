"""What is known of the present parameters, so that nothing is measured twice and nothing old is taken for new."""

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
        self._options: StepOptions | None = None  # None: nothing that is measured is of use

    def record(self, network: NeuralNetwork, options: StepOptions) -> None:
        """They have been measured at the present parameters."""
        self._parameters[:] = network.parameters
        self._options = options

    def forget(self) -> None:
        """What was measured is of no use any more."""
        self._options = None

    def holds_at(self, network: NeuralNetwork, options: StepOptions) -> bool:
        """Whether they were measured with these options at the network's present parameters."""
        return self._options is options and np.array_equal(self._parameters, network.parameters)
