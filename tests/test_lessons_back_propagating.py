"""The lessons on back-propagation: every claim of each, on the very run that it opens."""

import numpy as np
import pytest

from nn import gradient_check
from playground.analysis.contributions import unit_reports
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
