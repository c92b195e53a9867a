"""The lessons on evaluating a network: every claim of each, on the very run that it opens."""

from itertools import pairwise

import numpy as np
import pytest

from playground.analysis.contributions import contributions
from playground.analysis.walk import walk
from playground.lessons import LESSONS
from playground.lessons.evaluating import EVALUATING
from playground.player import Player
from tests.support.lessons import (
    SINE,
    answer,
    epochs_to,
    loss_after,
    number_of,
    output,
    stated,
    thousands,
    trained,
    unproved,
    written,
)

pytestmark = pytest.mark.slow


def test_one_neuron():
    lesson = LESSONS["one_neuron"]
    trainer, problem = trained(lesson.experiment, 200)
    x, y = problem.samples
    b, w = np.polynomial.Polynomial.fit(x, y, 1).convert().coef  # the line of least squares
    np.testing.assert_allclose(trainer.network.parameters, [w, b], atol=5e-5)
    np.testing.assert_allclose(trainer.gradient, 0, atol=5e-5)
    for by_hand in ([0.7, 0.1], [-2.0, 1.5], [5.0, -5.0]):
        player = Player(lesson.experiment)
        for place, value in enumerate(by_hand):
            player.set_parameter(place, value)
        assert player.trainer.loss > trainer.loss
        player.trainer.train(200)
        np.testing.assert_allclose(player.trainer.network.parameters, [w, b], atol=5e-3)
    assert answer(lesson) == "The line with the least loss, from any start"
    rate = lesson.experiment.learning_rate
    assert stated(lesson) == written(0, rate, 200, f"{w:.2f}", f"{b:.2f}", f"{trainer.loss:.4f}")


def test_one_unit():
    lesson = LESSONS["one_unit"]
    trainer, problem = trained(lesson.experiment, 5000)
    x, y = problem.samples
    line = np.polynomial.Polynomial.fit(x, y, 1)
    line_loss = np.mean((line(x) - y) ** 2) / 2
    assert f"{trainer.loss:.2f}" == f"{line_loss:.2f}" == "0.25"
    slopes = np.diff(output(trainer, np.linspace(-7.5, 7.5, 401)))
    assert (slopes > 0).all() or (slopes < 0).all()
    assert np.ptp(np.sign(np.diff(y))) == 2  # a sine does both
    assert answer(lesson) == "One S-curve, rising or falling"
    assert stated(lesson) == written("5,000", "0.25")


def test_twenty_units():
    lesson = LESSONS["twenty_units"]
    trainer, problem = trained(lesson.experiment, 3000)
    assert 1 - trainer.loss / (problem.samples[1].var() / 2) > 0.96  # R^2
    assert answer(lesson) == "Close to the sine"
    A, fit = (values.A for values in trainer.network.evaluate(np.linspace(-5, 5, 1001)[None])[1:])
    parts = contributions(A, trainer.network.layers[-1].Wb)
    np.testing.assert_allclose(parts.weighted.sum(axis=0) + parts.bias, fit[0], atol=1e-12)
    directions = np.sign(np.diff(parts.weighted))
    assert (np.ptp(directions, axis=1) == 0).all()  # no unit turns
    assert {-1, 1} == set(directions[:, 0])  # so where the sum does, they are in balance
    assert np.ptp(np.sign(np.diff(fit[0]))) == 2
    assert stated(lesson) == written("3,000", lesson.experiment.layers[0], 0.01, thousands(epochs_to(0.01, SINE), -2))


def test_relu():
    lesson = LESSONS["relu"]
    trainer, _ = trained(lesson.experiment, 2000)
    w, b = trainer.network.layers[0].Wb.T
    kinks = np.sort(-b / w)
    assert (np.abs(kinks) < 5).all()
    for low, high in pairwise([-5, *kinks, 5]):
        y = output(trainer, np.linspace(low, high, 7))
        np.testing.assert_allclose(np.diff(y, 2), 0, atol=1e-9)  # straight from kink to kink
    assert answer(lesson) == "Straight pieces, joined at kinks"
    (stage,) = [stage for stage in walk(trainer) if stage.name.startswith("dZ1")]
    assert set(np.unique(stage.matrices[1].values)) == {0, 1}
    left, right = (kinks < 0).sum(), (kinks > 0).sum()
    assert stated(lesson) == written(0, 1, len(w), "2,000", left, right, f"{trainer.loss:.4f}")


def test_sigmoid_output():
    lesson = LESSONS["sigmoid_output"]
    trainer, problem = trained(lesson.experiment, 5000)
    y = problem.samples[1]
    least = np.mean(np.minimum(y, 0) ** 2) / 2  # of all curves between 0 and 1
    assert number_of(answer(lesson)) == 0.12 < least
    assert epochs_to(0.01, SINE)
    start = lesson.experiment.make_trainer(problem).loss
    assert f"{start:.2f}" in lesson.choices[2]
    assert trainer.loss < start - 0.05
    assert loss_after(20_000, lesson.experiment) > trainer.loss - 0.003
    crest = output(trainer, 1.6)[0]  # sigmoid' = A(1 - A)
    assert np.sin(1.6) > 0.99
    assert crest * (1 - crest) < 1e-4
    assert stated(lesson) == written(0, 1, 0.01, f"{least:.2f}", f"{trainer.loss:.2f}", "5,000", 1.6)


def test_exclusive_or():
    lesson = LESSONS["exclusive_or"]
    trainer, problem = trained(lesson.experiment, 1000)
    counts = problem.confusion(trainer.network, problem.samples)
    right = np.trace(counts)
    shares = {"About half": 0.5, "About three quarters": 0.75, "All": 1}
    assert answer(lesson) == min(shares, key=lambda choice: abs(shares[choice] - right / counts.sum()))
    rng = np.random.RandomState(0)
    middle, step = rng.uniform(-6, 6, (2, 50)), rng.uniform(-1, 1, (2, 50))
    for values in trainer.network.evaluate(np.hstack([middle - step, middle, middle + step]))[1:]:
        before, there, after = np.split(values.Z, 3, axis=1)
        np.testing.assert_allclose(before + after, 2 * there, atol=1e-9)  # even slopes, the logit too
    for units in (4, 64):
        hidden = loss_after(1000, lesson.experiment.changed(layers=(units,), activations=("identity",)))
        assert hidden == pytest.approx(trainer.loss, rel=1e-9)
    assert trainer.loss == pytest.approx(loss_after(200, lesson.experiment), rel=1e-3)
    assert stated(lesson) == written(0, counts.sum(), right, f"{trainer.loss:.3f}", 4, 64)


def test_beyond_the_data():
    lesson = LESSONS["beyond_the_data"]
    trainer, problem = trained(lesson.experiment, 3000)
    assert problem.samples[0].max() == pytest.approx(4.9)
    assert Player(lesson.experiment).grid.max() == 7.5  # it can be seen there
    near, far, further = output(trainer, [7.5, 100.0, 1000.0])
    assert near < -2
    assert answer(lesson).startswith("Below −2")
    assert output(trainer, 4.9)[0] > near
    assert f"{far:.1f}" == f"{further:.1f}"
    slopes = trainer.network.layers[0].g[1](trainer.network.evaluate(np.array([[100.0]]))[1].Z)
    assert np.median(slopes) < 1e-6
    figures = f"{near:.1f}", f"{far:.1f}", f"{trainer.loss:.4f}", f"{np.sin(7.5):.2f}"
    assert stated(lesson) == written(*figures, 4.9, 7.5, "3,000", 100, 1000)


def test_every_lesson_here_has_its_claims_proved():
    assert unproved(EVALUATING, globals()) == set()
