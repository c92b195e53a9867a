"""The penalty on the weights where its sums overflow."""

import numpy as np
import pytest

from nn import NeuralNetwork, StepOptions


@pytest.mark.parametrize("options", [StepOptions(l1=0.1), StepOptions(l2=0.1), StepOptions(l1=0.1, l2=0.1)])
def test_a_penalty_that_overflows_is_infinite_and_what_is_not_penalised_does_not_count(options):
    network = NeuralNetwork(1, [(3, "tanh"), (1, "identity")], rng=np.random.RandomState(0))
    network.parameters[:] = 1e200  # whose squares overflow, and whose sum does not
    expected = np.inf if options.l2 else 0.1 * 1e200 * sum(layer.W.size for layer in network.layers)
    assert options.penalty(network) == pytest.approx(expected)
    network.parameters[:] = 1e308
    assert options.penalty(network) == np.inf
