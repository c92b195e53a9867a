"""The cross-entropies: alone, fused with their activation, far out, and where their minimum is known."""

import numpy as np
import pytest

from nn import (
    LOSSES,
    GradientDescent,
    NeuralNetwork,
    Trainer,
    binary_cross_entropy,
    cross_entropy,
    curvature,
    gradient_check,
    identity,
    sigmoid,
    softmax,
    squared_error,
    tanh,
)
from nn import batch as nn_batch
from nn.arrays import Value
from playground.analysis.mistakes import MISTAKES
from playground.player.loss_on_test_set import LossOnTestSet
from tests.support.networks import classes

PAIRS = pytest.mark.parametrize(("loss", "g"), [(binary_cross_entropy, sigmoid), (cross_entropy, softmax)], ids=repr)


def targets(loss, shape, rng):
    """What a loss is meant for: shares, and for cross-entropy ones that add up to 1 in each column."""
    Ys = rng.uniform(0.05, 0.95, shape)
    return Ys / Ys.sum(axis=0) if loss is cross_entropy else Ys


# --- Alone ------------------------------------------------------------------------------------------------------------


def test_worked_by_hand():
    A, Y = np.array([[0.25, 0.5]]), np.array([[0.0, 1.0]])
    # -(ln 0.75 + ln 0.5) / 2; dA = 1 / (1 - 0.25) / 2 and -1 / 0.5 / 2
    assert binary_cross_entropy(A, Y) == pytest.approx(-np.log(0.375) / 2, rel=1e-15)
    np.testing.assert_allclose(binary_cross_entropy.dA(A, Y), [[2 / 3, -1]], rtol=1e-15)
    A, Y = np.array([[0.25, 0.5], [0.75, 0.5]]), np.array([[1.0, 0.5], [0.0, 0.5]])
    # -(ln 0.25 + ln 0.5) / 2; dA = -Y / A / 2
    assert cross_entropy(A, Y) == pytest.approx(np.log(8) / 2, rel=1e-15)
    np.testing.assert_allclose(cross_entropy.dA(A, Y), [[-2, -0.5], [0, -0.5]], rtol=1e-15)


@pytest.mark.parametrize("loss", [binary_cross_entropy, cross_entropy], ids=repr)
def test_it_exceeds_the_entropy_of_the_targets_by_the_divergence_from_them(loss):
    """H(Y, A) = H(Y) + KL(Y || A), and KL is 0 at A = Y alone (Gibbs's inequality)."""
    rng = np.random.RandomState(0)
    A, Y = (targets(loss, (3, 7), rng) for _ in range(2))
    divergence = (Y * np.log(Y / A)).sum() / 7
    if loss is binary_cross_entropy:
        divergence += ((1 - Y) * np.log((1 - Y) / (1 - A))).sum() / 7
    assert loss(A, Y) - loss(Y, Y) == pytest.approx(divergence, rel=1e-12)


@pytest.mark.parametrize("loss", [binary_cross_entropy, cross_entropy], ids=repr)
def test_outputs_that_meet_certain_targets_exactly_cost_nothing(loss):
    Y = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert loss(Y, Y) == 0
    assert np.isfinite(loss.dA(Y, Y)).all()


@pytest.mark.parametrize(
    ("loss", "Ys"),
    [
        (binary_cross_entropy, [[0.5, 1.01], [0, 0]]),
        (binary_cross_entropy, [[-0.01, 1], [0, 0]]),
        (cross_entropy, [[0.5, 0.5], [0.5, 0.6]]),
        (cross_entropy, [[1.5, 0.5], [-0.5, 0.5]]),
    ],
)
def test_targets_that_it_is_not_meant_for_are_refused(loss, Ys):
    network = NeuralNetwork(1, [(2, loss.fused.g)], rng=np.random.RandomState(0))
    with pytest.raises(ValueError, match="entropy needs targets that are "):
        Trainer(network, np.ones((1, 2)), Ys, optimizer=GradientDescent(), loss=loss)


# --- Fused ------------------------------------------------------------------------------------------------------------


def test_each_loss_is_fused_with_its_own_activation_alone():
    fused = {
        (loss.name, g.name)
        for loss in LOSSES.values()
        for g in (sigmoid, softmax, tanh, identity)
        if loss.is_fused_with(g)
    }
    assert fused == {("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")}


@pytest.mark.parametrize("outputs", [1, 2, 3])
@PAIRS
def test_joined_it_is_what_it_is_apart(loss, g, outputs):
    rng = np.random.RandomState(0)
    Z, Y = rng.uniform(-4, 4, (outputs, 9)), targets(loss, (outputs, 9), rng)
    A, dZ, apart, spare = g[0](Z), np.empty_like(Z), np.empty_like(Z), np.empty((2, *Z.shape))
    together = loss.fused.value_and_gradient(Z, A, Y, 9, dZ)
    assert together == pytest.approx(loss(A, Y), rel=1e-12, abs=1e-15)
    assert loss.measure(Value(Z, A), g, Y) == together
    g.backward(Z, A, loss.dA(A, Y), apart, *spare)
    np.testing.assert_allclose(dZ, apart, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@PAIRS
def test_a_saturated_output_has_the_loss_and_the_gradient_of_its_Z(loss, g, dtype):
    network = NeuralNetwork(1, [(2, g)], rng=np.random.RandomState(0), initializer="zeros", dtype=dtype)
    network.layers[0].W = [[1000], [-1000]]
    Xs, Ys = np.array([[1.0, -1.0]]), np.array([[0.0, 0.0], [1.0, 1.0]])
    # z = +-1000: the first example is wrong throughout, by 1000 an output or by 2000 in the difference of both
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(1.0), loss=loss)
    assert trainer.loss == 1000
    dZ = np.array([[1, 0], [-1, 0]]) / 2
    np.testing.assert_array_equal(trainer.gradient, np.hstack([dZ @ Xs.T, dZ.sum(axis=1, keepdims=True)]).ravel())
    np.testing.assert_array_equal(network.compute_gradient(network.evaluate(Xs), Ys, loss=loss)[0][0], dZ @ Xs.T)
    step = trainer.next_step()
    assert step.loss == 1000
    np.testing.assert_array_equal(step.work.dZs[1], dZ)
    assert LossOnTestSet(network, Xs, Ys, loss).record(0) == 1000
    assert trainer.train(3) == 3
    assert trainer.loss < 1000


@PAIRS
def test_a_data_set_in_parts_gives_what_the_whole_gives(monkeypatch, loss, g):
    rng = np.random.RandomState(0)
    network = NeuralNetwork(2, [(4, "tanh"), (3, g)], rng=rng)
    Xs, Ys = rng.standard_normal((2, 30)), classes(3, 30, rng)
    whole = Trainer(network.copy(), Xs, Ys, optimizer=GradientDescent(), loss=loss)
    monkeypatch.setattr(nn_batch, "PART_BYTES", 4 * 8 * 7)
    parts = Trainer(network.copy(), Xs, Ys, optimizer=GradientDescent(), loss=loss)
    assert parts.loss == pytest.approx(whole.loss, rel=1e-13)
    np.testing.assert_allclose(parts.gradient, whole.gradient, rtol=1e-11, atol=1e-15)


# --- Where the minimum, or the curvature, is known --------------------------------------------------------------------


def overlapping(m=60):
    """Two inputs and a yes or no that no line tells apart."""
    rng = np.random.RandomState(0)
    Xs = rng.standard_normal((2, m))
    return Xs, (Xs[:1] - 0.5 * Xs[1:] + 1.5 * rng.standard_normal((1, m)) > 0).astype(float)


def logistic_regression(Xs, Ys):
    """[w, b] of the largest likelihood, by Newton's iteration (Bishop 2006, section 4.3.3)."""
    X1, w = np.vstack([Xs, np.ones(Xs.shape[1])]), np.zeros(len(Xs) + 1)
    for _ in range(30):
        p = 1 / (1 + np.exp(-w @ X1))
        w = w - np.linalg.solve((X1 * p * (1 - p)) @ X1.T, X1 @ (p - Ys[0]))
    np.testing.assert_allclose(X1 @ (1 / (1 + np.exp(-w @ X1)) - Ys[0]), 0, atol=1e-10)
    return w


def test_one_sigmoid_unit_reaches_logistic_regression():
    Xs, Ys = overlapping()
    network = NeuralNetwork(2, [(1, sigmoid)], rng=np.random.RandomState(0))
    Trainer(network, Xs, Ys, optimizer=GradientDescent(2.0), loss=binary_cross_entropy).train(3000)
    np.testing.assert_allclose(network.parameters, logistic_regression(Xs, Ys), atol=1e-6)


def test_the_curvature_is_that_of_logistic_regression():
    """H = [X; 1] diag(a (1 - a)) [X; 1]^T / m (Bishop 2006, eq. 4.97)."""
    Xs, Ys = overlapping()
    network = NeuralNetwork(2, [(1, sigmoid)], rng=np.random.RandomState(0), scale=5.0)
    a, X1 = network.evaluate(Xs)[-1].A[0], np.vstack([Xs, np.ones(60)])
    largest = np.linalg.eigvalsh((X1 * a * (1 - a)) @ X1.T / 60)[-1]
    assert curvature(network, Xs, Ys, loss=binary_cross_entropy).lambda_max == pytest.approx(largest, rel=1e-6)


def test_softmax_over_two_classes_is_a_sigmoid_of_their_difference():
    Xs, Ys = overlapping()
    two = NeuralNetwork(2, [(2, softmax)], rng=np.random.RandomState(0))
    one = NeuralNetwork(2, [(1, sigmoid)], rng=np.random.RandomState(0))
    one.layers[0].Wb[:] = two.layers[0].Wb[:1] - two.layers[0].Wb[1:]
    Ys2 = np.vstack([Ys, 1 - Ys])
    np.testing.assert_allclose(two.evaluate(Xs)[-1].A[:1], one.evaluate(Xs)[-1].A, rtol=1e-13)
    # the difference moves by both classes' steps, each as long as the one's: half the learning rate, the same run
    trainers = (
        Trainer(one, Xs, Ys, optimizer=GradientDescent(0.4), loss=binary_cross_entropy),
        Trainer(two, Xs, Ys2, optimizer=GradientDescent(0.2), loss=cross_entropy),
    )
    for _ in range(20):
        assert trainers[0].loss == pytest.approx(trainers[1].loss, rel=1e-12)
        for trainer in trainers:
            trainer.train(1)
    np.testing.assert_allclose(two.layers[0].Wb[:1] - two.layers[0].Wb[1:], one.layers[0].Wb, rtol=1e-11)


# --- Mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
@pytest.mark.parametrize("masked", [False, True], ids=["whole", "masked"])
@pytest.mark.parametrize(
    ("loss", "g"),
    [(binary_cross_entropy, sigmoid), (cross_entropy, softmax), (squared_error, softmax), (cross_entropy, sigmoid)],
    ids=repr,
)
def test_every_mistake_is_one_here_as_well(mistake, masked, loss, g):
    rng = np.random.RandomState(3)
    network = NeuralNetwork(2, [(5, "tanh"), (4, "sigmoid"), (3, g)], rng=rng, initializer="xavier")
    Xs, Ys = rng.standard_normal((2, 9)), classes(3, 9, rng)
    masks = [(rng.random((units, 9)) >= 0.3) / 0.7 for units in (5, 4)] if masked else None
    assert gradient_check(network, Xs, Ys, loss=loss, masks=masks).worst < 1e-7
    wrong = mistake.compute_gradient
    assert gradient_check(network, Xs, Ys, loss=loss, masks=masks, compute_gradient=wrong).worst > 1e-3
