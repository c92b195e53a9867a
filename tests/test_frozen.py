"""A layer that is frozen on the way, after its optimizer has gathered momentum."""

import numpy as np
import pytest

from nn import OPTIMIZERS, NeuralNetwork, StepOptions, Trainer


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_layer_that_is_frozen_on_the_way_does_not_coast_on(optimizer):
    rng = np.random.RandomState(0)
    network = NeuralNetwork(1, [(4, "tanh"), (3, "tanh"), (1, "identity")], rng=rng)
    Xs = np.linspace(-2, 2, 20).reshape(1, -1)
    Ys = np.sin(Xs)
    trainer = Trainer(network, Xs, Ys, optimizer=OPTIMIZERS[optimizer](0.01))
    trainer.train(5)
    before = [layer.Wb.copy() for layer in network.layers]
    trainer.options = StepOptions(frozen=(2,))
    next_step = trainer.next_step()
    assert np.array_equal(next_step.after.layers[1].Wb, before[1])
    trainer.train(1)
    np.testing.assert_array_equal(network.parameters, next_step.after.parameters)
    trainer.train(4)
    moved = [not np.array_equal(layer.Wb, kept) for layer, kept in zip(network.layers, before, strict=True)]
    assert moved == [True, False, True]
