"""The network: the posts' equations written out plainly, and what its public face promises."""

import copy

import numpy as np
import pytest

from nn import ACTIVATIONS, INITIALIZERS, NeuralNetwork, identity, relu, sigmoid, squared_error, tanh
from tests.support.networks import data, network_3_4_5_2


def evaluated(layers, Xs):
    """The posts' evaluation: [(Z, A)], input first."""
    A = Xs
    values = [(None, A)]
    for layer in layers:
        Z = np.dot(layer.W, A) + layer.b
        A = layer.g[0](Z)
        values.append((Z, A))
    return values


def back_propagated(layers, values, Ys):
    """The posts' back-propagation: (dWs, dbs)."""
    dWs, dbs = [], []
    dA = (values[-1][1] - Ys) / Ys.shape[1]
    for l in range(len(layers), 0, -1):
        layer = layers[l - 1]  # the array has no layer 0
        dZ = dA * layer.g[1](values[l][0])
        dWs.insert(0, np.dot(dZ, values[l - 1][1].T))
        dbs.insert(0, np.sum(dZ, axis=1, keepdims=True))
        dA = np.dot(layer.W.T, dZ)  # of the layer below
    return dWs, dbs


@pytest.mark.parametrize("m", [1, 7, 300])
@pytest.mark.parametrize("g", ACTIVATIONS)
def test_evaluation_and_gradient_are_the_posts_own(g, m):
    network = NeuralNetwork(3, [(4, g), (1, "tanh"), (5, g), (2, g)], rng=np.random.RandomState(0))
    Xs, Ys = data(m)
    values = network.evaluate(Xs)
    expected = evaluated(network.layers, Xs)
    for have, want in zip(values[1:], expected[1:], strict=True):
        np.testing.assert_allclose(have.Z, want[0], rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(have.A, want[1], rtol=1e-12, atol=1e-14)
    gradients = network.compute_gradient(values, Ys), back_propagated(network.layers, expected, Ys)
    for have, want in zip(*(dWs + dbs for dWs, dbs in gradients), strict=True):
        np.testing.assert_allclose(have, want, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize(
    "layers", [[(1, identity)], [(6, sigmoid), (1, identity)], [(4, relu), (3, tanh), (1, sigmoid)]]
)
def test_training_is_the_posts_loop(layers):
    network = NeuralNetwork(1, layers, rng=np.random.RandomState(0))
    plain, losses = network.copy(), []
    Xs = np.linspace(-2, 2, 30)[None]
    Ys = np.cos(Xs)
    network.train(Xs, Ys, epochs=50, learning_rate=0.2, callback=lambda epoch, loss: losses.append(loss))
    assert len(losses) == 51
    for loss in losses:
        values = evaluated(plain.layers, Xs)
        assert loss == pytest.approx(np.linalg.norm(values[-1][1] - Ys) ** 2 / (2 * 30), rel=1e-12)
        for layer, dW, db in zip(plain.layers, *back_propagated(plain.layers, values, Ys), strict=True):
            layer.W -= 0.2 * dW
            layer.b -= 0.2 * db


def test_evaluate_keeps_Z_and_A_of_every_layer_input_first():
    Xs, _ = data()
    values = network_3_4_5_2().evaluate(Xs)
    assert values[0].Z is None
    np.testing.assert_array_equal(values[0].A, Xs)
    assert [(value.Z.shape, value.A.shape) for value in values[1:]] == [((n, 7), (n, 7)) for n in (4, 5, 2)]
    Z, A = values[1]
    np.testing.assert_array_equal(A, sigmoid[0](Z))


def test_what_evaluate_and_compute_gradient_returned_stays_as_it_was():
    network = network_3_4_5_2()
    Xs, Ys = data()
    values = network.evaluate(Xs)
    dWs, dbs = network.compute_gradient(values, Ys)
    given = [value.A for value in values] + [value.Z for value in values[1:]] + dWs + dbs + [Xs, Ys]
    kept = copy.deepcopy(given)
    network.compute_gradient(network.evaluate(2 * Xs), -Ys)
    network.train(Xs, Ys, epochs=3, learning_rate=0.1)
    for array, before in zip(given, kept, strict=True):
        np.testing.assert_array_equal(array, before)


def test_gradients_have_the_shapes_of_W_and_b():
    network = network_3_4_5_2()
    Xs, Ys = data()
    for layer, dW, db in zip(network.layers, *network.compute_gradient(network.evaluate(Xs), Ys), strict=True):
        assert (dW.shape, db.shape) == (layer.W.shape, layer.b.shape)


def test_W_and_b_can_be_set_and_changed_in_place():
    network = network_3_4_5_2()
    Xs, _ = data()
    for layer in network.layers:
        layer.W = np.ones(layer.W.shape)
        layer.W -= 0.5
        layer.W[0] *= 2
        layer.b = np.full(layer.b.shape, 3)
        layer.b += 1
    assert {*network.layers[1].W[0], *network.layers[1].W[1:].ravel(), *network.layers[1].b.ravel()} == {1, 0.5, 4}
    for have, want in zip(network.evaluate(Xs)[1:], evaluated(network.layers, Xs)[1:], strict=True):
        np.testing.assert_allclose(have.A, want[1], rtol=1e-12)


@pytest.mark.parametrize("duplicate", [NeuralNetwork.copy, copy.deepcopy])
def test_a_copy_lives_its_own_life(duplicate):
    network = network_3_4_5_2()
    Xs, Ys = data()
    output = network.evaluate(Xs)[-1].A
    twin = duplicate(network)
    np.testing.assert_array_equal(twin.evaluate(Xs)[-1].A, output)
    twin.train(Xs, Ys, epochs=1, learning_rate=0.1)
    np.testing.assert_array_equal(network.evaluate(Xs)[-1].A, output)
    assert not np.array_equal(twin.evaluate(Xs)[-1].A, output)


def test_train_calls_back_at_every_epoch_with_its_loss_and_returns_the_output(posts):
    network, Xs, Ys = posts
    calls = []

    def callback(epoch, loss):
        calls.append(epoch)
        assert loss == pytest.approx(squared_error(network.evaluate(Xs)[-1].A, Ys), rel=1e-12)

    output = network.train(Xs, Ys, 5, 0.1, callback)
    assert calls == [0, 1, 2, 3, 4, 5]
    np.testing.assert_array_equal(output, network.evaluate(Xs)[-1].A)


def test_train_goes_on_from_where_the_network_stands(posts):
    network, Xs, Ys = posts
    twin = network.copy()
    network.train(Xs, Ys, 30, 0.1)
    for epochs in (10, 0, 20):
        output = twin.train(Xs, Ys, epochs, 0.1)
    np.testing.assert_array_equal(twin.parameters, network.parameters)
    np.testing.assert_array_equal(output, network.evaluate(Xs)[-1].A)


def test_train_stops_before_harm_and_says_nothing_about_epochs_it_did_not_do(posts):
    network, Xs, Ys = posts
    calls = []
    output = network.train(Xs, Ys, 100, 1e200, lambda *call: calls.append(call))
    assert [epoch for epoch, _ in calls] == list(range(len(calls)))
    assert len(calls) < 100
    assert np.isfinite(output).all()
    assert np.isfinite(network.parameters).all()


@pytest.mark.parametrize("g", ACTIVATIONS)
def test_float32_is_kept_and_agrees_to_its_own_precision(g):
    layers = [(4, g), (5, g), (2, g)]
    double, single = (NeuralNetwork(3, layers, rng=np.random.RandomState(0), dtype=t) for t in (float, np.float32))
    Xs, Ys = data()
    values = single.evaluate(Xs)
    assert {array.dtype for value in values[1:] for array in value} == {np.dtype(np.float32)}
    gradients = [network.compute_gradient(network.evaluate(Xs), Ys) for network in (single, double)]
    for have, want in zip(*(dWs + dbs for dWs, dbs in gradients), strict=True):
        assert have.dtype == np.float32
        np.testing.assert_allclose(have, want, rtol=1e-3, atol=1e-5)
    output = single.train(Xs, Ys, epochs=20, learning_rate=0.1)
    np.testing.assert_allclose(output, double.train(Xs, Ys, epochs=20, learning_rate=0.1), atol=1e-4)


@pytest.mark.parametrize("generator", [np.random.RandomState, np.random.default_rng])
def test_the_generator_alone_decides_the_start(generator):
    one, same, other = (network_3_4_5_2(generator(seed)).parameters for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_the_scale_multiplies_what_is_drawn_and_nothing_else(initializer):
    one, same, double = (
        network_3_4_5_2(initializer=initializer, **options) for options in ({}, {"scale": 1}, {"scale": 2.0})
    )
    np.testing.assert_array_equal(same.parameters, one.parameters)
    np.testing.assert_array_equal(double.parameters, 2 * one.parameters)
