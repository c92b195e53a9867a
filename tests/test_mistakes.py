"""The classic mistakes: each is wrong, wrong where it should be, and caught."""

import numpy as np
import pytest

from nn import NeuralNetwork, gradient_check, squared_error
from playground.analysis.mistakes import MISTAKES


def setting(m=9):
    rng = np.random.RandomState(3)
    network = NeuralNetwork(2, [(5, "tanh"), (4, "sigmoid"), (2, "identity")], rng=rng, initializer="xavier")
    return network, rng.standard_normal((2, m)), rng.standard_normal((2, m))


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_the_check_catches_it_and_the_right_gradient_passes(mistake):
    network, Xs, Ys = setting()
    before = network.parameters.copy()
    assert gradient_check(network, Xs, Ys).worst < 1e-7
    assert gradient_check(network, Xs, Ys, compute_gradient=mistake.compute_gradient).worst > 1e-3
    np.testing.assert_array_equal(network.parameters, before)


def gradients(name):
    network, Xs, Ys = setting()
    values = network.evaluate(Xs)
    right = network.compute_gradient(values, Ys)
    return network, values, Ys, right, MISTAKES[name].compute_gradient(network, values, Ys, loss=squared_error)


def test_without_the_m_everything_is_m_times_too_large():
    _, _, _, right, wrong = gradients("m")
    for good, bad in zip(right[0] + right[1], wrong[0] + wrong[1], strict=True):
        np.testing.assert_allclose(bad, 9 * good, rtol=1e-12)


def test_the_bias_that_is_not_summed_is_the_first_column_of_dZ():
    _, values, Ys, right, wrong = gradients("bias")
    np.testing.assert_allclose(wrong[1][-1], (values[-1].A - Ys)[:, :1] / 9, rtol=1e-12)
    for good, bad in zip(right[0], wrong[0], strict=True):
        np.testing.assert_array_equal(bad, good)


@pytest.mark.parametrize("name", ["derivative", "early"])
def test_a_mistake_below_the_output_leaves_the_output_layer_right(name):
    _, _, _, right, wrong = gradients(name)
    np.testing.assert_allclose(wrong[0][-1], right[0][-1], rtol=1e-12)
    assert np.abs(wrong[0][0] - right[0][0]).max() > 1e-6


def test_the_derivative_is_taken_at_A():
    network, values, Ys, _, wrong = gradients("at_A")
    dA2 = network.layers[2].W.T @ (values[-1].A - Ys) / 9
    dA1 = network.layers[1].W.T @ (dA2 * sigmoid_derivative(values[2].A))
    np.testing.assert_allclose(wrong[0][0], (dA1 * (1 - np.tanh(values[1].A) ** 2)) @ values[0].A.T, rtol=1e-12)


def sigmoid_derivative(Z):
    s = 1 / (1 + np.exp(-Z))
    return s * (1 - s)


def test_too_small_and_too_large_an_epsilon_both_fail():
    network, Xs, Ys = setting()
    worst = [gradient_check(network, Xs, Ys, epsilon=10.0**power).worst for power in (-12, -5, 0)]
    assert worst[1] < 1e-7 < 1e-3 < min(worst[0], worst[2])


def test_float32_rounds_where_float64_does_not():
    network, Xs, Ys = setting()
    assert gradient_check(network.copy(np.float32), Xs, Ys, epsilon=1e-9).worst == 1.0  # nothing moves
    assert gradient_check(network.copy(np.float32), Xs, Ys, epsilon=1e-2).worst < 1e-2


def test_checking_every_kth_parameter_gives_the_same_results_for_fewer():
    network, Xs, Ys = setting()
    whole, some = gradient_check(network, Xs, Ys), gradient_check(network, Xs, Ys, every=3)
    assert some.names == whole.names[::3]
    np.testing.assert_array_equal(some.numeric, whole.numeric[::3])
