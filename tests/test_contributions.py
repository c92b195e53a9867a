"""The contributions: they add up to the fit, and the reports distinguish working units from stuck ones."""

import numpy as np
import pytest

from nn import ACTIVATIONS
from playground.analysis.contributions import contributions, unit_reports
from tests.support.runs import trained

GRID = np.linspace(-7.5, 7.5, 51)


def parts_of(network):
    """The output of a network over GRID, taken apart; and that output."""
    *_, hidden, output = network.evaluate(GRID[None])
    return contributions(hidden.A, network.layers[-1].Wb), output.Z[0]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("layers", [(20,), (7, 5)])
def test_bias_and_contributions_add_up_to_the_output(activation, layers):
    trainer = trained(30, layers=layers, activations=(activation,) * len(layers), learning_rate=0.01).trainer
    parts, output = parts_of(trainer.network)
    np.testing.assert_allclose(parts.bias + parts.weighted.sum(axis=0), output, rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(parts.weighted, trainer.network.layers[-1].W.T * parts.A)


def test_the_order_is_by_size():
    trainer = trained(30).trainer
    parts, _ = parts_of(trainer.network)
    spans = np.ptp(parts.weighted, axis=1)[parts.order]
    assert (np.diff(spans) <= 0).all()
    assert sorted(parts.order) == list(range(20))


def test_dead_and_saturated_units_are_reported():
    _, problem, trainer = trained(30, layers=(3,), activations=("relu",))
    hidden = trainer.network.layers[0]
    hidden.W[0], hidden.b[0] = 1.0, -100.0
    report = unit_reports(trainer, problem, 1)
    assert report[0].dead
    assert report[0].saturated == 1
    assert report[0].gradient == 0
    assert not report[1].dead

    _, problem, trainer = trained(30, layers=(2,))
    hidden = trainer.network.layers[0]
    hidden.W[:, 0], hidden.b[:, 0] = (0.0, 40.0), (0.0, 0.0)
    flat, steep = unit_reports(trainer, problem, 1)
    assert flat.saturated == 0  # at z = 0 the sigmoid is steepest
    assert steep.saturated > 0.9
    assert not steep.dead


def test_the_gradient_is_that_of_the_units_own_row():
    _, problem, trainer = trained(30, layers=(4,))
    dWs, dbs = trainer.network.compute_gradient(trainer.network.evaluate(problem.Xs), problem.Ys)
    for report in unit_reports(trainer, problem, 1):
        row = np.append(dWs[0][report.unit], dbs[0][report.unit])
        assert report.gradient == pytest.approx(np.sqrt(row @ row), rel=1e-12)
        assert report.weight == trainer.network.layers[1].W[0, report.unit]
