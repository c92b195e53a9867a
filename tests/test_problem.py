"""Problems: what a network sees of them, and how often it is right."""

import numpy as np
import pytest

from nn import NeuralNetwork, identity
from playground.experiment import Experiment
from playground.problems.problem import Problem

rng = np.random.RandomState(0)
INPUTS = rng.uniform(-3, 3, (2, 40))
LINE = ((-3.0, 3.0),)
PLANE = LINE * 2


def plane_problem(y, classes=0, **options):
    return Problem.of_samples(np.vstack([INPUTS, y]), None, PLANE, classes=classes, features=("x1", "x2"), **options)


def test_the_network_sees_one_input_unchanged():
    points = np.array([[0.0, 1.0, 2.0], [5.0, 6.0, 7.0]])
    problem = Problem.of_samples(points, np.sin, ((0.0, 2.0),))
    np.testing.assert_array_equal(problem.Xs, points[:1])
    np.testing.assert_array_equal(problem.Ys, points[1:])
    assert (problem.n_inputs, problem.n_features, problem.n_outputs) == (1, 1, 1)


def test_the_network_sees_the_features_of_two_inputs():
    problem = Problem.of_samples(np.vstack([INPUTS, INPUTS[0]]), None, PLANE, features=("x2", "product", "sin_x1"))
    x1, x2 = INPUTS
    np.testing.assert_allclose(problem.Xs, [x2, x1 * x2, np.sin(x1)])
    assert (problem.n_inputs, problem.n_features) == (2, 3)


def test_two_classes_have_one_output_and_three_have_one_each():
    y = np.arange(40) % 2
    two = plane_problem(y, 2)
    np.testing.assert_array_equal(two.Ys, y[None])
    y = np.arange(40) % 3
    three = plane_problem(y, 3)
    assert three.n_outputs == 3
    np.testing.assert_array_equal(three.Ys.argmax(axis=0), y)
    np.testing.assert_array_equal(three.Ys.sum(axis=0), 1)


def test_standardised_features_have_mean_0_and_deviation_1_over_the_training_set():
    options = {"standardised": True, "test_fraction": 0.25}
    problem = plane_problem(100 + INPUTS[0] * INPUTS[1], **options)
    for rows in (problem.Xs, problem.Ys):
        np.testing.assert_allclose(rows.mean(axis=1), 0, atol=1e-12)
        np.testing.assert_allclose(rows.std(axis=1), 1)
    np.testing.assert_allclose(problem.y.inverse_transform(problem.Ys), problem.samples[-1:])
    np.testing.assert_allclose(problem.x.inverse_transform(problem.test_set[0]), problem.test_samples[:-1])
    classes = plane_problem(np.arange(40) % 2, 2, **options)
    assert set(classes.Ys.ravel()) == {0, 1}


@pytest.mark.parametrize("classes", [2, 3])
def test_the_confusion_matrix_of_a_perfect_network_is_diagonal_and_of_a_zero_network_one_column(classes):
    y = np.arange(40) % classes
    problem = Problem.of_samples(np.vstack([y, INPUTS[0], y]), None, PLANE, classes=classes, features=("x1", "x2"))
    network = NeuralNetwork(2, [(problem.n_outputs, identity)], rng=np.random.RandomState(0), initializer="zeros")
    counts = np.bincount(y)
    np.testing.assert_array_equal(problem.confusion(network, problem.samples)[:, 0], counts)
    if classes == 2:
        network.layers[0].W = [[1.0, 0.0]]  # y itself
    else:  # -(x - k)^2 without its x^2: 2 k x - k^2 is largest at the class
        network.layers[0].W = [[0.0, 0.0], [2.0, 0.0], [4.0, 0.0]]
        network.layers[0].b = [[0.0], [-1.0], [-4.0]]
    np.testing.assert_array_equal(problem.confusion(network, problem.samples), np.diag(counts))


def test_the_confusion_matrix_of_no_samples_is_zero():
    problem = plane_problem(np.arange(40) % 2, 2)
    network = NeuralNetwork(2, [(1, identity)], rng=np.random.RandomState(0))
    np.testing.assert_array_equal(problem.confusion(network, problem.test_samples), np.zeros((2, 2)))


def test_the_accuracy_is_the_share_of_samples_on_the_diagonal():
    y = np.arange(40) % 2
    problem = plane_problem(y, 2)
    network = NeuralNetwork(2, [(1, identity)], rng=np.random.RandomState(0), initializer="zeros")  # says 0 everywhere
    assert problem.accuracy(network, problem.samples) == 0.5
    assert problem.accuracy(network, problem.samples[:, y == 0]) == 1
    assert problem.accuracy(network, problem.test_samples) is None
    assert plane_problem(INPUTS[0]).accuracy(network, problem.samples) is None


def test_samples_are_shared_and_cannot_be_written_to():
    problem = plane_problem(np.arange(40) % 2, 2, test_fraction=0.25)
    for samples in (problem.samples, problem.test_samples):
        with pytest.raises(ValueError, match="read-only"):
            samples[0, 0] = 1


@pytest.mark.parametrize("formula", ["0.1", "sin(x) ** 2 + cos(x) ** 2", "1e9 + 0.1", "-1e-9"])
def test_a_constant_is_not_standardised_by_its_rounding(formula):
    problem = Experiment(target="formula", formula=formula, scaling="standard").make_problem()
    assert problem.y.spread == 1.0
    assert np.abs(problem.Ys).max() < 1e-6


@pytest.mark.parametrize("formula", ["1e6 + sin(x)", "1e-9 * x", "1e9 + x"])
def test_numbers_that_vary_little_are_standardised_all_the_same(formula):
    problem = Experiment(target="formula", formula=formula, scaling="standard").make_problem()
    assert problem.Ys.std() == pytest.approx(1)
