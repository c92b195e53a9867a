"""Tests of units that are switched off: what the network is without them, and that on again they are what they were."""

import numpy as np
import pytest

from nn import (
    ACTIVATIONS,
    OPTIMIZERS,
    NeuralNetwork,
    StepOptions,
    Trainer,
    cross_entropy,
    curvature,
    gradient_check,
    softmax,
    squared_error,
)
from nn.dropout import new_masks
from nn.units_off import Unit
from tests.support.networks import without_units

OFF: tuple[Unit, ...] = ((1, 0), (1, 3), (2, 2))
ALL_OPTIONS = StepOptions(l1=1e-3, l2=1e-2, clip=0.5, schedule="step", period=3)


def a_network(*hidden: str, dtype: type = np.float64, output: str = "identity", seed: int = 3) -> NeuralNetwork:
    layers = [(5 - i, g) for i, g in enumerate(hidden or ("tanh", "sigmoid"))]
    return NeuralNetwork(2, [*layers, (2, output)], rng=np.random.RandomState(seed), scale=5, dtype=dtype)


def data(m: int = 7) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.RandomState(1)
    return rng.standard_normal((2, m)), rng.standard_normal((2, m))


def without_what_leaves(network: NeuralNetwork, off: tuple[Unit, ...]) -> NeuralNetwork:
    """The network with all units on, and with 0 for the weights from some of them."""
    twin = network.copy()
    twin.off = ()
    for layer, unit in off:
        twin.layers[layer].W[:, unit] = 0
    return twin


def held_by(network: NeuralNetwork, array: np.ndarray, off: tuple[Unit, ...]) -> list[np.ndarray]:
    """What a flat array has for the weights and biases of some units, and for the weights from them."""
    Wbs = network.matrices(array)
    return [part.copy() for layer, unit in off for part in (Wbs[layer - 1][unit], Wbs[layer][:, unit])]


@pytest.mark.parametrize("g", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("dropout", [0.0, 0.4])
def test_a_unit_that_is_off_passes_on_nothing_and_the_rest_is_evaluated_as_ever(g, dtype, dropout):
    network, (Xs, _) = a_network(g, g, dtype=dtype), data()
    masks = new_masks(np.random.RandomState(0), dropout, network, Xs.shape[1]) or None
    network.off = OFF
    values = network.evaluate(Xs, masks=masks)
    zeroed = without_what_leaves(network, OFF).evaluate(Xs, masks=masks)
    for layer, unit in OFF:
        assert not values[layer].A[unit].any()
        np.testing.assert_array_equal(values[1].Z, zeroed[1].Z)  # of every unit, as there is nothing before it
    np.testing.assert_array_equal(values[2].Z, zeroed[2].Z)
    np.testing.assert_array_equal(values[-1].A, zeroed[-1].A)
    on = [unit for unit in range(5) if (1, unit) not in OFF]
    np.testing.assert_array_equal(values[1].A[on], zeroed[1].A[on])
    assert not np.array_equal(values[-1].A, a_network(g, g, dtype=dtype).evaluate(Xs, masks=masks)[-1].A)


@pytest.mark.parametrize("g", ACTIVATIONS)
@pytest.mark.parametrize("dropout", [0.0, 0.4])
@pytest.mark.parametrize(
    ("loss", "output"), [(squared_error, "identity"), (squared_error, "tanh"), (cross_entropy, softmax)]
)
def test_the_gradient_is_that_of_central_differences(g, dropout, loss, output):
    network, (Xs, Ys) = a_network(g, g, output=output), data()
    Ys = np.eye(2)[np.arange(Ys.shape[1]) % 2].T if loss is cross_entropy else Ys
    network.off = OFF
    masks = new_masks(np.random.RandomState(0), dropout, network, Xs.shape[1]) or None
    check = gradient_check(network, Xs, Ys, loss=loss, masks=masks)
    assert check.worst < 1e-6
    for part in held_by(network, check.backpropagated, OFF):
        assert not part.any()
    with_penalty = gradient_check(network, Xs, Ys, loss=loss, masks=masks, options=StepOptions(l2=0.1))
    assert with_penalty.worst < 1e-6


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("batch_size", [None, 3])
@pytest.mark.parametrize("options", [StepOptions(), ALL_OPTIONS, StepOptions(l2=0.1, dropout=0.3, frozen=(2,))])
def test_a_unit_that_is_on_again_is_what_it_was_and_so_is_what_the_optimizer_remembers_of_it(
    optimizer, dtype, batch_size, options
):
    network, (Xs, Ys) = a_network("tanh", "relu", dtype=dtype), data()
    trainer = Trainer(network, Xs, Ys, optimizer=OPTIMIZERS[optimizer](learning_rate=0.05), batch_size=batch_size)
    trainer.train(5)
    trainer.options = options
    trainer.train(1)  # after which nothing remembers what is frozen
    state = [array.copy() for name, array in trainer.optimizer.state.items() if isinstance(array, np.ndarray)]
    kept = [held_by(network, array, OFF) for array in (network.parameters, *state)]
    before = network.parameters.copy()
    network.off = OFF
    trainer.train(20)
    network.off = ()
    now = [array for array in trainer.optimizer.state.values() if isinstance(array, np.ndarray)]
    for parts, array in zip(kept, (network.parameters, *now), strict=True):
        for part, own in zip(parts, held_by(network, array, OFF), strict=True):
            np.testing.assert_array_equal(own, part)
    assert np.count_nonzero(network.parameters != before) >= 10  # all others that move
    trainer.train(1)
    assert not all(
        np.array_equal(*each) for each in zip(kept[0], held_by(network, network.parameters, OFF), strict=True)
    )


def test_off_and_on_again_changes_nothing():
    network, (Xs, Ys) = a_network(), data()
    trainer = Trainer(network, Xs, Ys, optimizer=OPTIMIZERS["adam"](learning_rate=0.05))
    twin = Trainer(network.copy(), Xs, Ys, optimizer=OPTIMIZERS["adam"](learning_rate=0.05))
    trainer.train(5), twin.train(5)
    loss, gradient = trainer.loss, trainer.gradient.copy()
    network.off = OFF
    trainer.train(0)
    assert trainer.loss != loss
    network.off = ()
    trainer.train(0)
    assert trainer.loss == loss
    np.testing.assert_array_equal(trainer.gradient, gradient)
    trainer.train(5), twin.train(5)
    np.testing.assert_array_equal(network.parameters, twin.network.parameters)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("options", [StepOptions(), StepOptions(clip=0.5), StepOptions(l1=1e-3, l2=1e-2, clip=0.5)])
def test_training_is_that_of_the_network_without_the_unit(optimizer, options):
    network, (Xs, Ys) = a_network(), data()
    smaller = without_units(network, OFF)
    network.off = OFF
    trainers = [
        Trainer(each, Xs, Ys, optimizer=OPTIMIZERS[optimizer](learning_rate=0.02), options=options)
        for each in (network, smaller)
    ]
    for trainer in trainers:
        trainer.train(30)
    np.testing.assert_allclose(*[trainer.history.losses for trainer in trainers], rtol=1e-9)
    np.testing.assert_allclose(without_units(network, OFF).parameters, smaller.parameters, rtol=1e-6, atol=1e-9)


def test_the_step_that_is_looked_at_is_the_one_that_is_taken():
    network, (Xs, Ys) = a_network("identity", "tanh"), data()
    trainer = Trainer(network, Xs, Ys, optimizer=OPTIMIZERS["momentum"](learning_rate=0.05), options=ALL_OPTIONS)
    trainer.train(3)
    network.off = OFF
    step = trainer.next_step()
    assert not step.work.values[1].A[[0, 3]].any()
    assert step.work.values[1].Z[[0, 3]].any()  # which the identity has in common with A as long as the unit is on
    assert not step.work.dZs[1][[0, 3]].any()
    assert step.work.dAs[1][[0, 3]].any()  # how the loss would change with what the unit passes on
    trainer.train(1)
    np.testing.assert_array_equal(step.after.parameters, network.parameters)
    assert step.loss_after == trainer.loss


def test_a_checkpoint_goes_back_to_the_units_of_its_time():
    network, (Xs, Ys) = a_network(), data()
    trainer = Trainer(network, Xs, Ys, optimizer=OPTIMIZERS["adam"](learning_rate=0.05), batch_size=3)
    network.off = OFF
    trainer.train(4)
    checkpoint = trainer.checkpoint()
    network.off = ()
    trainer.train(4)
    trainer.restore(checkpoint, trainer.history)
    assert network.off == OFF
    loss = trainer.loss
    trainer.train(0)
    assert trainer.loss == loss
    assert network.copy().off == OFF


def test_the_curvature_is_that_of_the_network_without_the_unit():
    network, (Xs, Ys) = a_network(), data()
    network.off = OFF
    found = curvature(network, Xs, Ys)
    assert found.lambda_max == pytest.approx(curvature(without_units(network, OFF), Xs, Ys).lambda_max, rel=1e-4)
    for part in held_by(network, found.direction, OFF):
        assert not part.any()


def test_many_examples_are_worked_on_in_parts_as_ever():
    rng = np.random.RandomState(0)
    network = NeuralNetwork(1, [(64, "tanh"), (1, "identity")], rng=rng)
    Xs = rng.standard_normal((1, 2000))
    trainer = Trainer(network, Xs, np.sin(Xs), optimizer=OPTIMIZERS["gradient_descent"](learning_rate=0.05))
    assert len(trainer.training_set.workspaces) > 1
    trainer.train(2)
    network.off = tuple((1, unit) for unit in range(63))
    trainer.train(0)
    A = without_what_leaves(network, network.off).evaluate(Xs)[-1].A
    assert trainer.loss == pytest.approx(float(np.sum((A - np.sin(Xs)) ** 2)) / 4000, rel=1e-12)


@pytest.mark.parametrize("units", [[(0, 0)], [(3, 0)], [(1, 5)], [(1, -1)], [(1, 0), (2, 4)]])
def test_only_hidden_units_can_be_off(units):
    network = a_network()
    with pytest.raises(ValueError, match="no hidden unit"):
        network.off = units
    assert network.off == ()
    assert network.held is None


def test_the_units_are_kept_in_order_and_once():
    network = a_network()
    network.off = (unit for unit in [(2, 1), (1, 3), (2, 1)])
    assert network.off == ((1, 3), (2, 1))
