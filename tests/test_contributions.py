"""The contributions: they add up to the fit, and the reports tell a working unit from a stuck one."""

import numpy as np
import pytest

from nn import ACTIVATIONS
from playground.analysis.contributions import contributions, unit_reports
from playground.experiment import Experiment

GRID = np.linspace(-7.5, 7.5, 51)


def trained(**changes):
    experiment = Experiment(**changes)
    _, problem, trainer = experiment.start()
    trainer.train(30)
    return trainer, problem


def parts_of(network):
    """The output of a network over GRID, taken apart; and that output."""
    *_, hidden, output = network.evaluate(GRID[None])
    return contributions(hidden.A, network.layers[-1].Wb), output.Z[0]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("layers", [(20,), (7, 5)])
def test_bias_and_contributions_add_up_to_the_output(activation, layers):
    trainer, _ = trained(layers=layers, activations=(activation,) * len(layers), learning_rate=0.01)
    parts, output = parts_of(trainer.network)
    np.testing.assert_allclose(parts.bias + parts.weighted.sum(axis=0), output, rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(parts.weighted, trainer.network.layers[-1].W.T * parts.A)


def test_the_order_is_by_size():
    trainer, _ = trained()
    parts, _ = parts_of(trainer.network)
    spans = np.ptp(parts.weighted, axis=1)[parts.order]
    assert (np.diff(spans) <= 0).all()
    assert sorted(parts.order) == list(range(20))


def test_a_dead_relu_and_a_saturated_sigmoid_are_told():
    trainer, problem = trained(layers=(3,), activations=("relu",))
    hidden = trainer.network.layers[0]
    hidden.W[0], hidden.b[0] = 1.0, -100.0
    report = unit_reports(trainer, problem, 1)
    assert report[0].dead
    assert report[0].saturated == 1
    assert report[0].gradient == 0
    assert not report[1].dead

    trainer, problem = trained(layers=(2,))
    hidden = trainer.network.layers[0]
    hidden.W[:, 0], hidden.b[:, 0] = (0.0, 40.0), (0.0, 0.0)
    flat, steep = unit_reports(trainer, problem, 1)
    assert flat.saturated == 0  # at z = 0 the sigmoid is steepest
    assert steep.saturated > 0.9
    assert not steep.dead


def test_the_gradient_is_that_of_the_units_own_row():
    trainer, problem = trained(layers=(4,))
    dWs, dbs = trainer.network.compute_gradient(trainer.network.evaluate(problem.Xs), problem.Ys)
    for report in unit_reports(trainer, problem, 1):
        row = np.append(dWs[0][report.unit], dbs[0][report.unit])
        assert report.gradient == pytest.approx(np.sqrt(row @ row), rel=1e-12)
        assert report.weight == trainer.network.layers[1].W[0, report.unit]
