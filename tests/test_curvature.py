"""lambda_max against Hessians written out, and the edge of stability where theory is exact."""

import numpy as np
import pytest

from nn import GradientDescent, NeuralNetwork, StepOptions, Trainer
from nn.curvature import curvature
from playground.experiment import Experiment
from tests.support.networks import flat_gradient


def network_of(*layers, inputs=1, seed=0, initializer="normal"):
    return NeuralNetwork(inputs, layers, rng=np.random.RandomState(seed), initializer=initializer)


def hessian_of(network, Xs, Ys, h=1e-5):
    """The Hessian of the loss, one column per parameter, by central differences of back-propagation."""
    probe, columns = network.copy(), []
    for place in range(len(network.parameters)):
        ends = []
        for step in (h, -h):
            probe.parameters[:] = network.parameters
            probe.parameters[place] += step
            ends.append(flat_gradient(probe, Xs, Ys))
        columns.append((ends[0] - ends[1]) / (2 * h))
    H = np.stack(columns, axis=1)
    return (H + H.T) / 2


def data(inputs=1, m=30, seed=1):
    rng = np.random.RandomState(seed)
    Xs = rng.uniform(-2, 2, (inputs, m))
    return Xs, np.sin(Xs.sum(axis=0, keepdims=True))


NETWORKS = {
    "one layer": [(3, "sigmoid"), (1, "identity")],
    "tanh": [(4, "tanh"), (1, "identity")],
    "relu": [(4, "relu"), (1, "identity")],
    "two layers": [(3, "tanh"), (3, "sigmoid"), (1, "identity")],
    "sigmoid output": [(3, "tanh"), (1, "sigmoid")],
}


@pytest.mark.parametrize("epochs", [0, 200])
@pytest.mark.parametrize("inputs", [1, 2])
@pytest.mark.parametrize("layers", NETWORKS.values(), ids=NETWORKS)
def test_lambda_max_is_the_largest_eigenvalue_of_the_hessian(layers, inputs, epochs):
    network, (Xs, Ys) = network_of(*layers, inputs=inputs, initializer="xavier"), data(inputs)
    network.train(Xs, Ys, epochs, 0.05)
    found = curvature(network, Xs, Ys)
    values, vectors = np.linalg.eigh(hessian_of(network, Xs, Ys))
    assert found.lambda_max == pytest.approx(values[-1], rel=1e-4)
    assert found.residual < 1e-4
    assert np.linalg.norm(found.direction) == pytest.approx(1)
    assert abs(found.direction @ vectors[:, -1]) == pytest.approx(1, abs=1e-4)


def test_a_saddle_whose_steepest_curve_goes_down_has_its_upward_one_found():
    # L = (w2 g(z) - y)^2 / 2, far above its target and in the upper bend of g: (A - Y) w2 g''(z) is large and negative
    network = network_of((1, "sigmoid"), (1, "identity"))
    network.parameters[:] = [0.5, 0.8, 20.0, 0.0]  # W1, b1, W2, b2
    Xs, Ys = np.array([[1.0]]), np.array([[-50.0]])
    values = np.linalg.eigvalsh(hessian_of(network, Xs, Ys))
    assert -values[0] > values[-1] > 0  # a saddle, or the test would show nothing
    assert curvature(network, Xs, Ys).lambda_max == pytest.approx(values[-1], rel=1e-4)


def test_where_the_loss_only_bends_down_every_rate_is_stable():
    network = network_of((1, "sigmoid"))
    network.parameters[:] = [0.0, 3.0]  # in the upper bend of (A - Y)^2 / 2 with Y = 0
    Xs, Ys = np.array([[0.0]]), np.array([[0.0]])
    found = curvature(network, Xs, Ys)
    assert found.lambda_max == pytest.approx(np.linalg.eigvalsh(hessian_of(network, Xs, Ys))[-1], abs=1e-6)
    assert found.stable_learning_rate == np.inf


@pytest.mark.parametrize("m", [7, 20_000])
def test_the_edge_of_stability_on_a_quadratic(m):
    """Linear regression: L = |W X + b - Y|^2 / 2m, whose Hessian is [X; 1][X; 1]^T / m everywhere."""
    rng = np.random.RandomState(0)
    Xs = rng.standard_normal((2, m)) * [[3.0], [0.5]]
    Ys = np.array([[1.0, -2.0]]) @ Xs + 0.3
    X1 = np.vstack([Xs, np.ones(m)])
    exact = np.linalg.eigvalsh(X1 @ X1.T / m)[-1]
    network = network_of((1, "identity"), inputs=2)
    found = curvature(network, Xs, Ys)
    assert found.lambda_max == pytest.approx(exact, rel=1e-7)
    assert found.stable_learning_rate == pytest.approx(2 / exact, rel=1e-7)

    losses = {}
    for factor in (0.99, 1.05):
        trainer = Trainer(network.copy(), Xs, Ys, optimizer=GradientDescent(factor * found.stable_learning_rate))
        before = trainer.loss
        trainer.train(300)
        losses[factor] = trainer.loss / before
    assert losses[0.99] < 1e-2
    assert losses[1.05] > 1e6


def test_looking_changes_nothing():
    network, (Xs, Ys) = network_of(*NETWORKS["tanh"]), data()
    before = network.parameters.copy()
    first, again = curvature(network, Xs, Ys), curvature(network, Xs, Ys)
    assert np.array_equal(network.parameters, before)
    assert first.lambda_max == again.lambda_max


def test_parameters_without_a_finite_curvature_are_refused():
    network, (Xs, Ys) = network_of(*NETWORKS["one layer"]), data()
    network.parameters[:] = 1e300
    with pytest.raises(ValueError, match="too large"):
        curvature(network, Xs, Ys)


def test_close_eigenvalues_beside_a_large_negative_one_are_told_apart():
    """With a power iteration, lifted by the negative one, they were not: it ended a third below."""
    _, problem, trainer = Experiment(
        layers=(1,), activations=("tanh",), optimizer="rmsprop", learning_rate=100.0, target="sine"
    ).start()
    trainer.train(1)
    found = curvature(trainer.network, problem.Xs, problem.Ys)
    values = np.linalg.eigvalsh(hessian_of(trainer.network, problem.Xs, problem.Ys))
    assert found.lambda_max == pytest.approx(values[-1], rel=1e-3)  # the step follows weights of 300
    assert found.residual < 1e-4


@pytest.mark.parametrize("g", ["relu", "leaky_relu"])
def test_where_all_weights_are_0_a_kink_has_no_curvature(g):
    """Differences to either side are in proportion to any step there, but others than those to the other side."""
    network = network_of((3, g), (3, g), (1, "identity"), initializer="zeros")
    assert not curvature(network, *data()).is_smooth


@pytest.mark.parametrize("place", [0.0, 1e-9, -1e-6])
def test_weights_that_l1_holds_at_its_kink_curve_as_the_loss_does(place):
    network, (Xs, Ys) = network_of(*NETWORKS["tanh"], initializer="xavier"), data()
    network.layers[0].W[:2] = place
    without = curvature(network, Xs, Ys).lambda_max
    assert curvature(network, Xs, Ys, options=StepOptions(l1=0.1)).lambda_max == without
