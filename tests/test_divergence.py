"""Divergence: where training stops, what it names, and that all is as the last finite epoch left it."""

import re

import numpy as np
import pytest

from nn import (
    OPTIMIZERS,
    Adam,
    GradientDescent,
    Momentum,
    Nesterov,
    NeuralNetwork,
    RMSProp,
    StepOptions,
    Trainer,
    identity,
    relu,
    sigmoid,
)
from tests.support.networks import flat_gradient, linear

BATCHES = pytest.mark.parametrize("batch_size", [None, 30], ids=["full batch", "mini-batches"])
EACH_OPTIMIZER = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


WIDE = [(20, sigmoid), (1, identity)]
RECTIFIED = [(20, relu), (20, relu), (1, identity)]
DEEP = [(10, "swish"), (10, "elu"), (10, "softplus"), (1, identity)]


@pytest.mark.parametrize(
    ("layers", "optimizer", "options", "batch_size"),
    [
        (WIDE, GradientDescent, {"learning_rate": 1e308}, None),
        (WIDE, GradientDescent, {"learning_rate": 1e200}, None),
        (WIDE, GradientDescent, {"learning_rate": 3}, None),
        (WIDE, GradientDescent, {"learning_rate": 3}, 30),
        (WIDE, Momentum, {"learning_rate": 3}, None),
        (WIDE, Nesterov, {"learning_rate": 1, "momentum": 0.99}, 30),
        (WIDE, RMSProp, {"learning_rate": 1e307}, None),
        (WIDE, Adam, {"learning_rate": 1e200}, 30),
        (RECTIFIED, GradientDescent, {"learning_rate": 5}, None),
        (RECTIFIED, GradientDescent, {"learning_rate": 5}, 30),
        (RECTIFIED, Momentum, {"learning_rate": 20}, 30),
        (DEEP, GradientDescent, {"learning_rate": 10}, None),
        (DEEP, GradientDescent, {"learning_rate": 10}, 7),
        ([(1, identity)], GradientDescent, {"learning_rate": 2}, None),
    ],
)
def test_divergence_leaves_the_network_as_the_last_good_epoch_left_it(posts, layers, optimizer, options, batch_size):
    _, Xs, Ys = posts
    network = NeuralNetwork(1, layers, rng=np.random.RandomState(0))
    twin = network.copy()
    trainer = Trainer(network, Xs, Ys, optimizer=optimizer(**options), batch_size=batch_size)
    done = trainer.train(2000)
    epoch, quantity = trainer.diverged
    assert done == trainer.epoch == epoch - 1 < 2000
    assert re.fullmatch(r"(Z|A|dZ|dW|db|W|b)[1-4]|loss", str(quantity))
    assert np.isfinite(network.parameters).all()
    assert np.isfinite(trainer.history.losses).all()
    assert trainer.history.epochs[-1] == trainer.epoch
    assert trainer.loss == trainer.history.losses[-1]

    undisturbed = Trainer(twin, Xs, Ys, optimizer=optimizer(**options), batch_size=batch_size)
    assert undisturbed.train(epoch - 1) == epoch - 1
    assert undisturbed.diverged is None
    np.testing.assert_array_equal(network.parameters, twin.parameters)
    assert trainer.loss == undisturbed.loss

    assert trainer.train(10) == 0
    assert (trainer.epoch, trainer.diverged) == (epoch - 1, (epoch, quantity))
    np.testing.assert_array_equal(network.parameters, twin.parameters)


class Exploding(StepOptions):
    """Takes steps as usual up to epoch 100, and then one that nothing survives."""

    def learning_rate_factor(self, epoch):
        return 1e305 if epoch == 100 else super().learning_rate_factor(epoch)


@pytest.mark.parametrize(
    "options", [Exploding(), Exploding(l2=0.01, clip=0.1, schedule="exponential"), Exploding(dropout=0.2)], ids=str
)
@pytest.mark.parametrize("stretch", [1, 7, 1000])
@EACH_OPTIMIZER
@BATCHES
def test_divergence_leaves_all_that_a_step_changes_as_the_last_good_epoch_left_it(
    posts, batch_size, optimizer, stretch, options
):
    network, Xs, Ys = posts
    trainer, undisturbed = (
        Trainer(one, Xs, Ys, optimizer=optimizer(0.05), batch_size=batch_size, options=options)
        for one in (network, network.copy())
    )
    while trainer.train(stretch):
        assert trainer.epoch <= 100
    assert undisturbed.train(100) == 100
    assert trainer.diverged.epoch == 101
    np.testing.assert_array_equal(trainer.network.parameters, undisturbed.network.parameters)
    state, expected = trainer.optimizer.state, undisturbed.optimizer.state
    assert list(state) == list(expected) == [*optimizer.state_names, *optimizer.counters]
    for name in expected:
        np.testing.assert_array_equal(state[name], expected[name])
    assert (trainer.loss, trainer.epoch) == (undisturbed.loss, 100)
    np.testing.assert_array_equal(trainer.history.losses, undisturbed.history.losses)
    np.testing.assert_array_equal(trainer.gradient, undisturbed.gradient)


@EACH_OPTIMIZER
def test_divergence_in_the_very_first_step_leaves_nothing_remembered(optimizer):
    few = {"epsilon": 1e-300} if "epsilon" in optimizer.constraints else {}
    trainer = Trainer(linear(), [[1.0]], [[1.0]], optimizer=optimizer(1e308, **few))
    assert trainer.train(3) == 0
    assert trainer.diverged.epoch == 1
    assert trainer.optimizer.state == {}
    trainer.diverged = None
    trainer.optimizer.configure(learning_rate=0.1)
    twin = Trainer(linear(), [[1.0]], [[1.0]], optimizer=optimizer(0.1, **few))
    assert trainer.train(3) == twin.train(3) == 3
    np.testing.assert_array_equal(trainer.network.parameters, twin.network.parameters)


@pytest.mark.parametrize(
    ("x", "y", "learning_rate", "quantity"),
    [
        # W = b = 0, so A = 0, dA = -y, dW = -y x and db = -y
        (1e200, 1e150, 1, "dW1"),  # 1e350
        (1, 1e150, 1e200, "W1"),  # dW = 1e150, W = 1e350
        (0, 1e150, 1e200, "b1"),  # dW = 0, b = 1e350
        (1e10, 1, 1e290, "Z1"),  # W = 1e300, Z = 1e310
        (1, 1, 1e160, "loss"),  # W = b = 1e160, Z = 2e160, loss = 2e320
    ],
)
def test_the_quantity_that_overflows_first_is_named(x, y, learning_rate, quantity):
    network = linear()
    trainer = Trainer(network, [[x]], [[y]], optimizer=GradientDescent(learning_rate))
    assert trainer.train() == 0
    assert (trainer.diverged.epoch, str(trainer.diverged.quantity)) == (1, quantity)
    assert not network.parameters.any()


def test_back_propagation_overflows_from_the_output_down():
    network = NeuralNetwork(1, [(1, identity), (1, identity)], rng=np.random.RandomState(0))
    network.parameters[:] = 1e-100, 0, 1e-100, 0  # W1, b1, W2, b2
    # A1 = 1e200, A2 = 1e100, dZ2 = 1e150: dW2 = 1e350 comes before dZ1 = 1e50, dW1 = 1e350
    trainer = Trainer(network, [[1e300]], [[-1e150]], optimizer=GradientDescent())
    assert trainer.train() == 0
    assert trainer.diverged == (1, ("dW", 2))


@BATCHES
def test_after_divergence_the_gradient_is_still_that_at_the_parameters_kept(posts, batch_size):
    _, Xs, Ys = posts
    network = NeuralNetwork(1, WIDE, rng=np.random.RandomState(0))
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(3), batch_size=batch_size)
    while trainer.train():
        pass
    assert np.isfinite(trainer.gradient).all()
    with np.errstate(over="ignore"):
        np.testing.assert_allclose(trainer.gradient, flat_gradient(network, Xs, Ys), rtol=1e-9)
