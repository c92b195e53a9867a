"""The gradient, proved by central differences and by hand; and the check itself, shown to catch what is wrong."""

from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from nn import (
    ACTIVATIONS,
    LOSSES,
    NeuralNetwork,
    StepOptions,
    absolute_error,
    cross_entropy,
    gradient_check,
    huber,
    identity,
    sigmoid,
    softmax,
    squared_error,
    tanh,
)

RIGHT, WRONG = 1e-7, 1e-3


def example(activations, outputs=1, network_class=NeuralNetwork):
    """A network with 3 units in each hidden layer, Xs and Ys, such that no Z lies near 0, where ReLU has its kink, and
    something is left to learn in every layer."""
    units = [3] * (len(activations) - 1) + [outputs]
    for seed in count():
        rng = np.random.RandomState(seed)
        network = network_class(2, list(zip(units, activations, strict=True)), rng=rng, initializer="uniform")
        Xs, Ys = rng.standard_normal((2, 6)), rng.uniform(0.1, 0.9, (outputs, 6))
        values = network.evaluate(Xs)
        clear = all(np.abs(value.Z).min() > 1e-3 for value in values[1:])
        if clear and all(np.abs(dW).max() > 1e-4 for dW in network.compute_gradient(values, Ys)[0]):
            return network, Xs, Ys
    raise AssertionError


@pytest.mark.parametrize("loss", [squared_error, huber, absolute_error])
@pytest.mark.parametrize("outputs", [1, 2, 3])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("g", ACTIVATIONS)
def test_every_W_and_b_agrees_with_central_differences(g, depth, outputs, loss):
    network, Xs, Ys = example([g] * depth, outputs)
    check = gradient_check(network, Xs, Ys, loss=loss)
    assert check.errors.shape == check.numeric.shape == network.parameters.shape
    # the absolute error is large where its gradient is small: more of a difference is its rounding
    assert check.worst < (10 * RIGHT if loss is absolute_error else RIGHT), check.worst_name


OUTPUTS = {
    "squared_error": [identity, sigmoid, tanh, softmax],
    "huber": [identity, sigmoid, tanh, softmax],
    "absolute_error": [identity, sigmoid, tanh, softmax],
    "binary_cross_entropy": [sigmoid, softmax],  # joined, and not
    "cross_entropy": [softmax, sigmoid],
}
OPTIONS = {
    "no penalty": StepOptions(),
    "L2": StepOptions(l2=0.1),
    "L1": StepOptions(l1=0.1),
    "both": StepOptions(l1=0.03, l2=0.2),
}


@pytest.mark.parametrize("dropped", [False, True], ids=["whole", "masked"])
@pytest.mark.parametrize("step_options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("outputs", [1, 2, 3])
@pytest.mark.parametrize(("loss", "g"), [(LOSSES[name], g) for name in LOSSES for g in OUTPUTS[name]], ids=repr)
def test_everything_that_is_descended_agrees_with_central_differences(loss, g, outputs, step_options, dropped):
    if g is softmax and outputs == 1:  # is 1 whatever Z, and binary cross-entropy is not finite there
        outputs = 4
    rng = np.random.RandomState(5)
    layers = [(4, "tanh"), (3, "sigmoid"), (outputs, g)]
    network = NeuralNetwork(2, layers, rng=rng, initializer="uniform", scale=3.0)
    Xs, Ys = rng.standard_normal((2, 6)), rng.uniform(0.1, 0.9, (outputs, 6))
    if loss is cross_entropy:
        Ys /= Ys.sum(axis=0)
    masks = [(rng.random((units, 6)) >= 0.4) / 0.6 for units in (4, 3)] if dropped else None
    Ws = np.concatenate([layer.W.ravel() for layer in network.layers])
    assert np.abs(Ws).min() > 1e-4  # no kink of |W| in between
    distance = np.abs(network.evaluate(Xs, masks=masks)[-1].A - Ys)
    assert distance.min() > 1e-4  # nor of |A - Y|
    assert np.abs(distance - 1).min() > 1e-4  # nor of Huber's
    check = gradient_check(network, Xs, Ys, loss=loss, options=step_options, masks=masks)
    assert np.abs(check.backpropagated).max() > 1e-3
    assert check.worst < RIGHT, check.worst_name


def test_a_mask_that_back_propagation_forgets_is_caught():
    network, Xs, Ys = example([tanh, tanh, identity])
    masks = [np.tile([[2.0], [0.0], [2.0]], 6)] * 2

    def forgetful(network, values, Ys, *, loss, masks):
        return network.compute_gradient(values, Ys, loss=loss)

    assert gradient_check(network, Xs, Ys, masks=masks).worst < RIGHT
    assert gradient_check(network, Xs, Ys, masks=masks, compute_gradient=forgetful).worst > WRONG


def test_layers_may_each_have_their_own_activation():
    assert gradient_check(*example(["relu", "sigmoid", "sine", "swish"], outputs=2)).worst < RIGHT


def test_the_posts_example_agrees_at_the_start_and_later(posts):
    network, Xs, Ys = posts
    assert gradient_check(network, Xs, Ys).worst < RIGHT
    network.train(Xs, Ys, epochs=500, learning_rate=0.1)
    assert gradient_check(network, Xs, Ys).worst < RIGHT


def test_a_network_of_two_units_worked_by_hand():
    network = NeuralNetwork(1, [(1, sigmoid), (1, identity)], rng=np.random.RandomState(0))
    network.parameters[:] = 0, 0, 4, 1  # W1, b1, W2, b2
    Xs, Ys = np.array([[1.0, 3.0]]), np.array([[1.0, -1.0]])
    # Z1 = 0 X + 0 = [0, 0]           A1 = sigmoid(0) = [1/2, 1/2]
    # Z2 = 4 A1 + 1 = [3, 3]          A2 = Z2
    # A2 - Y = [2, 4]                 loss = (4 + 16) / (2 * 2) = 5
    # dA2 = [2, 4] / 2 = [1, 2]       dZ2 = dA2 * 1 = [1, 2]
    # dW2 = 1 * 1/2 + 2 * 1/2 = 3/2   db2 = 1 + 2 = 3
    # dA1 = 4 dZ2 = [4, 8]            dZ1 = dA1 * 1/2 (1 - 1/2) = [1, 2]
    # dW1 = 1 * 1 + 2 * 3 = 7         db1 = 1 + 2 = 3
    values = network.evaluate(Xs)
    dWs, dbs = network.compute_gradient(values, Ys)
    assert squared_error(values[2].A, Ys) == 5
    assert [dWs[0].item(), dbs[0].item(), dWs[1].item(), dbs[1].item()] == [7, 3, 1.5, 3]
    np.testing.assert_allclose(gradient_check(network, Xs, Ys).numeric, [7, 3, 1.5, 3], rtol=1e-8)


@pytest.mark.parametrize("times", [2, 5])
def test_repeating_the_data_set_leaves_the_gradient_unchanged(times):
    network, Xs, Ys = example(["tanh", "sigmoid", "identity"], outputs=2)
    once = network.compute_gradient(network.evaluate(Xs), Ys)
    Xs, Ys = np.tile(Xs, times), np.tile(Ys, times)
    for one, many in zip(once, network.compute_gradient(network.evaluate(Xs), Ys), strict=True):
        for expected, have in zip(one, many, strict=True):
            np.testing.assert_allclose(have, expected, rtol=1e-12, atol=1e-16)


@pytest.mark.parametrize("layer", [0, 1, 2])
@pytest.mark.parametrize("g", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_a_derivative_one_percent_off_is_caught(g, layer):
    def derivative(Z, A, out, scratch):
        g.derivative(Z, A, out, scratch)
        np.multiply(out, 1.01, out)

    activations = [g] * 3
    activations[layer] = replace(g, derivative=derivative)
    assert gradient_check(*example(activations)).worst > WRONG


def test_a_missing_1_over_m_is_caught():
    def without_m(A, Y, m, dA):
        value = squared_error.value_and_gradient(A, Y, m, dA)
        np.multiply(dA, m, dA)
        return value

    wrong = replace(squared_error, value_and_gradient=without_m)
    assert gradient_check(*example([tanh, identity]), loss=wrong).worst > WRONG


class TransposedProduct(NeuralNetwork):
    """Takes dA^l = W^(l+1) dZ^(l+1), without the transpose."""

    def compute_gradient(self, values, Ys, **options):
        for layer in self.layers:
            layer.WT = layer.W
        return super().compute_gradient(values, Ys, **options)


def test_a_transposed_product_is_caught():
    activations = [tanh, tanh, tanh]
    assert gradient_check(*example(activations, outputs=3)).worst < RIGHT
    assert gradient_check(*example(activations, outputs=3, network_class=TransposedProduct)).worst > WRONG


class OneWrongEntry(NeuralNetwork):
    """Gets a single entry of the gradient wrong by a thousandth of the largest."""

    def compute_gradient_into(self, work):
        super().compute_gradient_into(work)
        l, row, column = self.wrong
        work.dWbs[l - 1][row, column] += 1e-3 * np.abs(work.gradient).max()


@pytest.mark.parametrize(
    ("wrong", "name"), [((1, 2, 0), "W1[2, 0]"), ((1, 0, 2), "b1[0]"), ((2, 1, 2), "W2[1, 2]"), ((2, 1, 3), "b2[1]")]
)
def test_a_single_wrong_entry_is_caught_and_named(wrong, name):
    OneWrongEntry.wrong = wrong
    check = gradient_check(*example([tanh, identity], outputs=2, network_class=OneWrongEntry))
    assert check.worst > WRONG / 2
    assert check.worst_name == name


def test_the_network_is_left_as_it_was():
    network, Xs, Ys = example([tanh, identity])
    before = network.parameters.copy()
    gradient_check(network, Xs, Ys)
    np.testing.assert_array_equal(network.parameters, before)


@pytest.mark.parametrize("epsilon", [0, -1e-5, np.nan, np.inf])
def test_epsilon_must_be_positive_and_finite(epsilon):
    with pytest.raises(ValueError, match="epsilon must be positive and finite"):
        gradient_check(*example([tanh]), epsilon=epsilon)
