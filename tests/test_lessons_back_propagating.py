"""The lessons on back-propagation: every claim of each, on the very run that it opens."""

import numpy as np
import pytest

from nn import gradient_check, sigmoid, tanh
from playground.analysis.contributions import unit_reports
from playground.analysis.layers import QUANTITIES, layer_numbers
from playground.analysis.mistakes import MISTAKES
from playground.lessons import LESSONS
from playground.lessons.back_propagating import BACK_PROPAGATING
from tests.support.lessons import (
    answer,
    epochs_to,
    loss_after,
    losses,
    output,
    stated,
    trained,
    unproved,
    walk_matrix,
    written,
)

pytestmark = pytest.mark.slow


def test_gradient_check():
    lesson = LESSONS["gradient_check"]
    trainer, problem = trained(lesson.experiment, 0)

    def errors(network, mistake=None):
        check = gradient_check(network, problem.Xs, problem.Ys, compute_gradient=mistake and mistake.compute_gradient)
        layers = [name.split("[")[0] for name in check.names]
        return {name: max(e for e, n in zip(check.errors, layers, strict=True) if n == name) for name in set(layers)}

    wrong = errors(trainer.network, MISTAKES["derivative"])
    assert max(errors(trainer.network).values()) < 1e-8
    assert MISTAKES["derivative"].label in lesson.question
    assert {name for name, error in wrong.items() if error > 1e-7} == {"W1", "b1"}
    assert answer(lesson) == "Only the hidden layer's, W1 and b1"
    assert min(wrong["W1"], wrong["b1"]) > 0.5
    assert stated(lesson) == written(0, 8, f"{100 * max(wrong.values()):.0f}", 1)
    goal = lesson.experiment.changed(activations=("identity",)).make_trainer(problem).network
    assert max(errors(goal, MISTAKES["derivative"]).values()) < 1e-7


def test_zeros():
    lesson = LESSONS["zeros"]
    trainer, _ = trained(lesson.experiment, 5000)
    hidden, above = trainer.network.layers
    assert np.abs(trained(lesson.experiment, 0)[0].gradient).max() > 1e-3
    assert np.abs(hidden.W).min() > 0.01  # they did learn
    for rows in (hidden.Wb, above.W.T, walk_matrix(trainer, "dA1: one layer down", "dA1")):
        assert len(rows) == 20
        np.testing.assert_allclose(rows, rows[:1].repeat(20, axis=0), rtol=1e-9)
    assert answer(lesson) == "All the same: they stay copies"
    one = loss_after(5000, LESSONS["one_unit"].experiment)
    assert f"{one:.2f}" == f"{trainer.loss:.2f}"
    assert stated(lesson) == written(0, 20, "5,000", f"{trainer.loss:.2f}")


def test_saturation():
    lesson = LESSONS["saturation"]
    trainer, problem = trained(lesson.experiment, 5000)
    start = lesson.experiment.make_trainer(problem)
    share = np.mean([report.saturated for report in unit_reports(trainer, problem, 1)])
    assert 0 < epochs_to(0.05, lesson.experiment.changed(scale=1.0)) <= 500
    left, right = output(trainer, np.linspace(-5, -1, 9)), output(trainer, np.linspace(1, 5, 9))
    assert max(np.ptp(left), np.ptp(right)) < 0.1 * abs(left.mean() - right.mean())
    assert answer(lesson) == "A step in the middle, and no more"
    moved = np.abs(trainer.network.layers[0].W / start.network.layers[0].W - 1)
    assert (moved < 0.04).sum() == 4 == len(moved) - 1
    assert np.median(walk_matrix(trainer, "dZ1: through the activation", "g'(Z1)")) < 1e-6
    scale = f"{lesson.experiment.scale:g}"
    assert stated(lesson) == written(5, 1, 0.05, 500, scale, "5,000", f"{100 * share:.0f}", 0, 4, f"{trainer.loss:.2f}")


def of_layers(quantity, experiment, epochs=0):
    """A quantity of every layer."""
    trainer, _ = trained(experiment, epochs)
    return layer_numbers(trainer, trainer.network.parameters)[:, QUANTITIES.index(quantity)]


def test_vanishing():
    lesson = LESSONS["vanishing"]
    start = lesson.experiment
    assert start.layers == (20,) * 4
    one = epochs_to(0.05, start.changed(layers=(20,), activations=("sigmoid",)))
    assert round(one, -1) == 640
    assert f"{loss_after(2000, start):.2f}" == f"{loss_after(2000, start.changed(initializer='xavier')):.2f}" == "0.26"
    assert answer(lesson) == "Above 0.25: hardly anything is learnt"

    def factor(activation, initializer="normal"):
        dZ = of_layers("dZ", start.changed(activations=(activation,) * 4, initializer=initializer))
        return dZ[-1] / dZ[0], dZ.max() / dZ.min()

    assert (sigmoid.steepest, tanh.steepest) == (0.25, 1)
    assert f"{factor('sigmoid')[0] / 10:.0f}0" == "790"
    assert f"{factor('tanh')[0]:.1f}" == "4.5"
    assert f"{factor('relu')[0]:.0f}" == "11"
    assert f"{factor('sigmoid', 'xavier')[0] / 10:.0f}0" == "130"
    assert factor("tanh", "xavier")[1] < 2
    assert factor("relu", "he")[1] < 2
    assert epochs_to(0.05, start.changed(activations=("tanh",) * 4)) == 66
    assert epochs_to(0.05, start.changed(activations=("relu",) * 4)) == 109
    diverging = start.changed(activations=("relu",) * 4, initializer="he").start().trainer
    diverging.train(100)
    assert diverging.diverged
    numbers = (20, 0.05, 640, "2,000", 0.26, 0.25, 0, 1, 790, 4.5, 66, 11, 109, 130, 2, start.learning_rate)
    assert stated(lesson) == written(*numbers)


def test_initial_scale():
    lesson = LESSONS["initial_scale"]
    small = lesson.experiment
    he = small.changed(scale=1.0)
    assert (small.layers, small.scale, small.initializer) == ((20,) * 4, 0.1, "he")
    spread, whole = of_layers("A_spread", small)[:4], of_layers("A_spread", he)[:4]
    np.testing.assert_allclose(spread, whole * [1e-1, 1e-2, 1e-3, 1e-4], rtol=1e-9)
    assert 0.0005 < spread[3] / spread[0] < 0.002
    assert answer(lesson) == "About a thousandth"
    lecun = of_layers("A_spread", he.changed(initializer="lecun"))[:4]
    np.testing.assert_allclose(lecun, whole * np.sqrt(0.5) ** np.arange(1, 5), rtol=1e-9)
    xavier = of_layers("A_spread", he.changed(initializer="xavier", activations=("tanh",) * 4))[:4]
    assert f"{loss_after(2000, small):.2f}" == "0.26"
    spreads = [f"{each:.1f}" for each in whole] + [f"{each:.2f}" for each in xavier]
    figures = f"{spread[0]:.2f}", f"{spread[3]:.5f}", *spreads, f"{lecun[3]:.2f}", epochs_to(0.05, he)
    assert stated(lesson) == written(20, 4, 0, 1, 2, "2,000", 0.05, *figures)


def test_plateau():
    lesson = LESSONS["plateau"]
    found = losses(lesson.experiment, 500)
    assert found[10] - found[100] < 0.05 * (found[0] - found[10])
    assert found[500] < found[100] / 3
    assert answer(lesson) == "Hardly move, and fall again later"
    trainer, problem = trained(lesson.experiment, 30)
    x, y = problem.samples
    line, own = (np.polynomial.Polynomial.fit(x, values, 1) for values in (y, output(trainer, x)))
    assert np.abs(own(x) - output(trainer, x)).max() < 0.02
    assert f"{np.mean((line(x) - y) ** 2) / 2:.2f}" == f"{found[30]:.2f}" == "0.25"
    gradients = [trained(lesson.experiment, epoch)[0].gradient for epoch in (0, 50, 300)]
    assert abs(gradients[1][-1]) < 0.01 * abs(gradients[0][-1])  # db2
    assert np.linalg.norm(gradients[1][40:60]) < 0.01 * np.linalg.norm(gradients[0][40:60])  # dW2
    left = walk_matrix(trained(lesson.experiment, 50)[0], "dW2, db2: the gradient of the output", "dZ2")
    assert left.min() < 0 < left.max()
    norms = [np.linalg.norm(gradient) for gradient in gradients]
    figures = f"{found[0]:.2f}", f"{found[10]:.2f}", f"{norms[0]:.1f}", f"{norms[1]:.3f}", f"{norms[2]:.3f}"
    assert stated(lesson) == written(10, 90, "0.25", 30, 0, 50, 300, *figures)


def test_every_lesson_here_has_its_claims_proved():
    assert unproved(BACK_PROPAGATING, globals()) == set()
