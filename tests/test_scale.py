"""Standardised numbers have mean 0 and standard deviation 1, however small or large they are; rounding is no spread."""

import math

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.problems.scale import standard_scale
from tests.support.runs import trained


@pytest.mark.parametrize("size", [1e-300, 1e-160, 1e-9, 1.0, 1e9, 1e160, 1e300])
def test_numbers_of_any_size_are_standardised_and_come_back(size):
    rows = size * np.array([[0.0, 1.0, 2.0, 5.0], [3.0, 3.0, 3.0, 4.0]])
    scale = standard_scale(rows)
    scaled = scale.transform(rows)
    np.testing.assert_allclose(scaled.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=1), 1, rtol=1e-12)
    np.testing.assert_allclose(scale.inverse_transform(scaled), rows, rtol=1e-12, atol=1e-12 * size)


def test_ordinary_numbers_are_divided_by_their_standard_deviation_to_the_last_bit():
    rows = np.random.RandomState(0).standard_normal((2, 50))
    np.testing.assert_array_equal(standard_scale(rows).spread, rows.std(axis=1, keepdims=True))


@pytest.mark.parametrize("formula", ["0.1", "0", "1e300", "1e-300", "sin(x)**2 + cos(x)**2"])
def test_a_constant_gets_mean_0_alone(formula):
    problem = Experiment(target="formula", formula=formula, scaling="standard").make_problem()
    assert float(problem.y.spread[0, 0]) == 1
    assert np.abs(problem.Ys).max() <= 1e-14 * max(1.0, abs(float(problem.y.centre[0, 0])))


@pytest.mark.parametrize("formula", ["1e-300 * sin(x)", "1e-9 * sin(x)", "1e6 + sin(x)", "1e300 * sin(x)"])
def test_standardised_a_wave_of_any_size_is_learnt_as_any_other(formula):
    changes = {"target": "formula", "scaling": "standard"}
    losses = [trained(100, **changes, formula=each).trainer.loss for each in (formula, "sin(x)")]
    assert losses[0] == pytest.approx(losses[1], rel=1e-6)


@pytest.mark.parametrize("formula", ["1e308 * sin(x)", "-1e301"])
def test_a_formula_that_leaves_no_room_for_a_range_is_refused_in_words(formula):
    with pytest.raises(ValueError, match=r"is beyond 1e\+300 at x = .*, which is too large to train on"):
        Experiment(target="formula", formula=formula, scaling="standard").start()


@pytest.mark.parametrize("formula", ["1e300", "1e200*x", "-1e160*x**2"])
def test_of_a_loss_that_is_infinite_by_its_data_the_data_are_named(formula):
    huge = Experiment(target="formula", formula=formula)
    with pytest.raises(
        ValueError, match=r"since y is as large as .*e\+\d+: choose the scaling Standardised, or divide"
    ):
        huge.start()
    assert math.isfinite(huge.changed(scaling="standard").start().trainer.loss)  # as it says
    assert math.isfinite(Experiment(target="formula", formula=f"({formula})/1e300").start().trainer.loss)


def test_of_inputs_as_large_as_that_these_are_named():
    own = "x1,x2,y\n" + "".join(f"{i}e99,{i * i}e99,{i}.5\n" for i in range(1, 4))
    huge = Experiment(target="points", own=own, features=("x1", "x2", "x1_squared"), layers=(), activations=())
    with pytest.raises(ValueError, match="since the inputs are as large as"):
        huge.changed(given="1,1,1,0").start()


def test_where_weights_are_the_cause_the_data_are_not_named():
    with pytest.raises(ValueError, match="With these parameters"):
        Experiment(layers=(), activations=(), given="1e200, 0").start()
