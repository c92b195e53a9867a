"""Small networks, data for them, and trainers, that tests of nn share."""

import numpy as np

from nn import GradientDescent, NeuralNetwork, StepOptions, Trainer, identity, tanh


def linear(units=1):
    """A network without a hidden layer, W and b zero."""
    return NeuralNetwork(1, [(units, identity)], rng=np.random.RandomState(0), initializer="zeros")


def network_3_4_5_2(rng=None, **options):
    layers = [(4, "sigmoid"), (5, tanh), (2, identity)]
    return NeuralNetwork(3, layers, rng=rng or np.random.RandomState(0), **options)


def data(m=7):
    """Xs (3, m) and Ys (2, m)."""
    rng = np.random.RandomState(1)
    return rng.standard_normal((3, m)), rng.standard_normal((2, m))


def flat_gradient(network, Xs, Ys):
    """The gradient as compute_gradient gives it, flat, in the layout of the parameters."""
    return network.flatten(*network.compute_gradient(network.evaluate(Xs), Ys))


def plane_example(m=20, layers=((6, "tanh"), (5, "identity"), (1, "identity")), dtype=np.float64):
    """A network of two inputs, Xs (2, m) and Ys (1, m)."""
    rng = np.random.RandomState(0)
    network = NeuralNetwork(2, layers, rng=rng, initializer="xavier", dtype=dtype)
    Xs = rng.standard_normal((2, m))
    return network, Xs, np.sin(Xs[:1]) + Xs[1:] ** 2


def dropout_trainer(*given, dropout=0.4, rng=None, learning_rate=0.05, batch_size=None, **options):
    """A Trainer of a network, Xs and Ys, with gradient descent and dropout."""
    optimizer, rng = GradientDescent(learning_rate), rng or np.random.RandomState(1)
    options = StepOptions(dropout=dropout, **options)
    return Trainer(*given, optimizer=optimizer, options=options, batch_size=batch_size, rng=rng)


def classes(outputs, m, rng):
    """Each example of one class, (outputs, m); of one output, yes or no."""
    return rng.randint(0, 2, (1, m)).astype(float) if outputs == 1 else np.eye(outputs)[rng.randint(0, outputs, m)].T


def without_units(network, off):
    """The smaller network that does not have some hidden units, (layer, unit)."""
    units = [network.input_count, *(layer.unit_count for layer in network.layers)]
    kept = [[unit for unit in range(count) if (l, unit) not in off] for l, count in enumerate(units)]
    layers = [(len(kept[l]), layer.g) for l, layer in enumerate(network.layers, 1)]
    smaller = NeuralNetwork(network.input_count, layers, rng=np.random.RandomState(0), dtype=network.parameters.dtype)
    for l, (layer, own) in enumerate(zip(network.layers, smaller.layers, strict=True), 1):
        own.W, own.b = layer.W[np.ix_(kept[l], kept[l - 1])], layer.b[kept[l]]
    return smaller
