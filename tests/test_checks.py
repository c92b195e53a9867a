"""Validation: impossible networks, inputs and trainings are refused with a reason, and nothing is changed by them."""

import numpy as np
import pytest

from nn import (
    GradientDescent,
    NeuralNetwork,
    Trainer,
    gradient_check,
    identity,
    sigmoid,
    tanh,
)
from tests.support.networks import data, network_3_4_5_2

# --- The network ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [-1, np.nan, np.inf, "2", True, None])
def test_an_impossible_scale_is_refused(scale):
    with pytest.raises(ValueError, match="scale must be a number of at least 0"):
        network_3_4_5_2(scale=scale)


@pytest.mark.parametrize(
    ("input_count", "layers", "message"),
    [
        (0, [(1, "tanh")], "input_count must be a whole number of at least 1, not 0"),
        (1, [(0, "tanh")], "unit_count must be a whole number of at least 1, not 0"),
        (1, [(3, "tanh"), (-1, "tanh")], "unit_count must be a whole number of at least 1, not -1"),
        (1, [(2.5, "tanh")], "unit_count must be a whole number of at least 1, not 2.5"),
        (1, [("3", "tanh")], "unit_count must be a whole number of at least 1, not '3'"),
        (1, [(True, "tanh")], "unit_count must be a whole number of at least 1, not True"),
        (1, [], "at least one layer"),
        (1, [(3, "tahn")], "no activation named 'tahn'; the names are sigmoid, tanh"),
    ],
)
def test_an_impossible_network_is_refused(input_count, layers, message):
    with pytest.raises(ValueError, match=message):
        NeuralNetwork(input_count, layers, rng=np.random.RandomState(0))


BAD_INPUTS = [
    (np.ones((2, 7)), r"Xs must have shape \(3, m\), not \(2, 7\)"),
    (np.ones(3), r"Xs must have shape \(3, m\), not \(3,\)"),
    (1.0, r"Xs must have shape \(3, m\), not \(\)"),
    (np.ones((3, 0)), r"Xs has no examples"),
    ([[1, 2], [3]], "Xs must be a matrix of real numbers"),
    ([["1"], ["2"], ["3"]], "Xs must be a matrix of real numbers"),
    (np.ones((3, 1)) * 1j, "Xs must be a matrix of real numbers"),
    ([[1, 2], [3, np.nan], [5, 6]], r"Xs must be finite; Xs\[1, 1\] is nan"),
    ([[1, 2], [3, 4], [-np.inf, 6]], r"Xs must be finite; Xs\[2, 0\] is -inf"),
]


@pytest.mark.parametrize(("Xs", "message"), BAD_INPUTS)
def test_an_impossible_input_is_refused(Xs, message):
    with pytest.raises(ValueError, match=message):
        network_3_4_5_2().evaluate(Xs)


@pytest.mark.parametrize(
    ("Ys", "message"),
    [
        (np.ones((2, 6)), r"Ys must have shape \(2, 7\), not \(2, 6\)"),
        (np.ones((1, 7)), r"Ys must have shape \(2, 7\), not \(1, 7\)"),
        (np.full((2, 7), np.nan), r"Ys must be finite; Ys\[0, 0\] is nan"),
    ],
)
def test_impossible_targets_are_refused(Ys, message):
    network = network_3_4_5_2()
    values = network.evaluate(data()[0])
    with pytest.raises(ValueError, match=message):
        network.compute_gradient(values, Ys)
    with pytest.raises(ValueError, match=message):
        gradient_check(network, data()[0], Ys)


@pytest.mark.parametrize(
    ("masks", "message"),
    [
        ([np.ones((4, 7))], "an array for each hidden layer: 2, not 1"),
        ([np.ones((4, 7)), np.ones((4, 7))], r"masks\[1\] must have shape \(5, 7\), not \(4, 7\)"),
        ([np.full((4, 7), np.nan), np.ones((5, 7))], r"masks\[0\] must be finite"),
    ],
)
def test_impossible_masks_are_refused(masks, message):
    network, (Xs, Ys) = network_3_4_5_2(), data()
    with pytest.raises(ValueError, match=message):
        network.evaluate(Xs, masks=masks)
    with pytest.raises(ValueError, match=message):
        network.compute_gradient(network.evaluate(Xs), Ys, masks=masks)


@pytest.mark.parametrize("units", [(4, 5), (4, 5, 1, 2), (1, 5, 2), (4, 1, 2), (3, 5, 2)])
def test_the_values_of_another_network_are_refused(units):
    other = NeuralNetwork(3, [(n, tanh) for n in units], rng=np.random.RandomState(0))
    values = other.evaluate(data()[0])
    with pytest.raises(ValueError, match=r"layers|shape"):
        network_3_4_5_2().compute_gradient(values, np.zeros((units[-1], 7)))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("W", np.ones((3, 4)), r"W must have shape \(4, 3\), not \(3, 4\)"),
        ("W", 1, r"W must have shape \(4, 3\), not \(\)"),
        ("W", np.full((4, 3), np.inf), r"W must be finite; W\[0, 0\] is inf"),
        ("b", np.ones(4), r"b must have shape \(4, 1\), not \(4,\)"),
    ],
)
def test_impossible_parameters_are_refused_and_nothing_is_changed(name, value, message):
    network = network_3_4_5_2()
    before = network.parameters.copy()
    with pytest.raises(ValueError, match=message):
        setattr(network.layers[0], name, value)
    np.testing.assert_array_equal(network.parameters, before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"epochs": -1}, "epochs must be a whole number of at least 0, not -1"),
        ({"epochs": 1.5}, "epochs must be a whole number of at least 0, not 1.5"),
        ({"learning_rate": 0}, "learning rate must be a number that is positive and finite, not 0"),
        ({"learning_rate": "0.1"}, "learning rate must be a number that is positive and finite, not '0.1'"),
        ({"Xs": np.ones((3, 6))}, r"Ys must have shape \(2, 6\), not \(2, 7\)"),
        ({"Ys": np.full((2, 7), np.inf)}, "Ys must be finite"),
    ],
)
def test_impossible_training_is_refused_and_nothing_is_changed(change, message):
    network = network_3_4_5_2()
    before = network.parameters.copy()
    Xs, Ys = data()
    with pytest.raises(ValueError, match=message):
        network.train(**({"Xs": Xs, "Ys": Ys, "epochs": 5, "learning_rate": 0.1} | change))
    np.testing.assert_array_equal(network.parameters, before)


# --- The trainer ------------------------------------------------------------------------------------------------------


ONES = np.ones((1, 5))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Xs": np.ones((2, 5))}, r"Xs must have shape \(1, m\), not \(2, 5\)"),
        ({"Xs": np.ones(5)}, r"Xs must have shape \(1, m\), not \(5,\)"),
        ({"Ys": np.ones((2, 5))}, r"Ys must have shape \(1, 5\), not \(2, 5\)"),
        ({"Ys": np.ones((1, 4))}, r"Ys must have shape \(1, 5\), not \(1, 4\)"),
        ({"Xs": np.ones((1, 0)), "Ys": np.ones((1, 0))}, r"Xs has no examples.* at least 1"),
        ({"Xs": ONES * np.nan}, r"Xs must be finite; Xs\[0, 0\] is nan"),
        ({"Ys": ONES * np.inf}, r"Ys must be finite; Ys\[0, 0\] is inf"),
        ({"Ys": [["a"] * 5]}, "Ys must be a matrix of real numbers"),
        ({"Ys": ONES * 1e200}, "the loss is inf"),
        ({"batch_size": 0}, "batch_size must be a whole number of at least 1, not 0"),
        ({"batch_size": 2.5}, "batch_size must be a whole number of at least 1, not 2.5"),
    ],
)
def test_an_impossible_training_is_refused_and_nothing_is_changed(change, message):
    network = NeuralNetwork(1, [(2, sigmoid), (1, identity)], rng=np.random.RandomState(0))
    before = network.parameters.copy()
    with pytest.raises(ValueError, match=message):
        Trainer(network, **({"Xs": ONES, "Ys": ONES, "optimizer": GradientDescent()} | change))
    np.testing.assert_array_equal(network.parameters, before)


@pytest.mark.parametrize("epochs", [-1, 1.0, "5", None, True])
def test_an_impossible_number_of_epochs_is_refused_and_nothing_is_changed(posts, epochs):
    network, Xs, Ys = posts
    before = network.parameters.copy()
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent())
    with pytest.raises(ValueError, match="epochs must be a whole number of at least 0"):
        trainer.train(epochs)
    np.testing.assert_array_equal(network.parameters, before)
    assert trainer.epoch == 0
