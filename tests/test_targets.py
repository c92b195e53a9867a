"""The targets, and the points that are drawn from them."""

import math

import numpy as np
import pytest

from playground.problems.problem import Problem
from playground.problems.targets import TARGETS, sample_curve

EACH = pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
QUIET = [name for name, target in TARGETS.items() if not target.noise]


def drawn(name, low, high, points, noise, seed):
    target = TARGETS[name]
    return Problem.of_samples(sample_curve(target, low, high, points, noise, seed), target.function, ((low, high),))


def values(name, x):
    return TARGETS[name].function(np.array(x, float)).tolist()


# --- The targets ------------------------------------------------------------------------------------------------------


def test_labels_differ():
    assert len({target.label for target in TARGETS.values()}) == len(TARGETS)


@EACH
def test_a_target_is_finite_everywhere_and_keeps_the_shape(target):
    x = np.concatenate([np.linspace(-30, 30, 601), [0.0, -0.0, 1e-300, -1e-300, 1e6, -1e6]])
    given = x.copy()
    y = target.function(x)
    assert y.shape == x.shape
    assert y.dtype == np.float64
    assert np.isfinite(y).all()
    np.testing.assert_array_equal(x, given)


@pytest.mark.parametrize(
    ("name", "x", "y"),
    [
        ("sine", [0, math.pi / 2, -math.pi / 6], [0, 1, -0.5]),
        ("cosine", [0, math.pi, math.pi / 3], [1, -1, 0.5]),
        ("x_sine", [0, math.pi / 2, -math.pi / 2, -3 * math.pi / 2], [0, math.pi / 2, math.pi / 2, -1.5 * math.pi]),
        ("step", [-5, -1e-9, 0, 5], [-1, -1, 1, 1]),
        ("absolute", [-3, 0, 2.5], [3, 0, 2.5]),
        ("sawtooth", [-1, -0.5, 0, 0.75, 1, 3.5, -4.25], [-1, -0.5, 0, 0.75, -1, -0.5, -0.25]),
        ("bump", [0, 1, -2], [1, math.exp(-1), math.exp(-4)]),
        ("noisy_sine", [0, math.pi / 2], [0, 1]),
    ],
)
def test_a_target_is_what_its_name_says(name, x, y):
    assert values(name, x) == pytest.approx(y, abs=1e-12)


def test_an_unknown_target_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"no target named 'tangent'.*sine, cosine"):
        drawn("tangent", -1, 1, 10, 0, 0)


# --- The points -------------------------------------------------------------------------------------------------------


def test_the_posts_points_to_the_last_bit():
    problem = drawn("sine", -5.0, 5.0, 100, 0.0, 0)
    np.testing.assert_array_equal(problem.Xs, np.arange(-5, 5, 0.1)[None])
    np.testing.assert_array_equal(problem.Ys, np.sin(np.arange(-5, 5, 0.1))[None])


@pytest.mark.parametrize("points", [2, 3, 7, 100, 999, 1000])
@pytest.mark.parametrize(("low", "high"), [(-5, 5), (0, 0.5), (-20, 20), (19, 19.5), (-20, -19.5), (0.1, 17.3)])
def test_the_points_lie_evenly_from_low_and_end_a_step_before_high(low, high, points):
    problem = drawn("sine", low, high, points, 0, 0)
    x = problem.Xs[0]
    assert problem.Xs.shape == problem.Ys.shape == (1, points)
    assert x[0] == low
    assert x[-1] < high
    np.testing.assert_allclose(np.append(np.diff(x), high - x[-1]), (high - low) / points, rtol=1e-8)
    assert problem.ranges == ((low, high),)


@pytest.mark.parametrize("name", QUIET)
def test_without_noise_the_points_lie_on_the_target(name):
    problem = drawn(name, -5, 5, 50, 0, 0)
    np.testing.assert_array_equal(problem.Ys, problem.target(problem.Xs))
    np.testing.assert_array_equal(problem.Ys, drawn(name, -5, 5, 50, 0, 1).Ys)


@pytest.mark.parametrize(
    ("name", "noise", "deviation"), [("sine", 0.3, 0.3), ("noisy_sine", 0, 0.2), ("noisy_sine", 0.15, 0.25)]
)
def test_noise_adds_to_the_targets_own_noise(name, noise, deviation):
    problem = drawn(name, -5, 5, 100_000, noise, 0)
    off = problem.Ys - np.sin(problem.Xs)
    assert off.std() == pytest.approx(deviation, rel=0.01)  # one standard error is 0.22 %
    assert abs(off.mean()) < 0.02 * deviation
    np.testing.assert_array_equal(problem.target(problem.Xs), np.sin(problem.Xs))  # the truth has none


def test_the_seed_decides_the_noise_and_nothing_else():
    one, same, other = (drawn("cosine", -5, 5, 50, 0.2, seed) for seed in (4, 4, 5))
    np.testing.assert_array_equal(one.Ys, same.Ys)
    assert (one.Ys != other.Ys).all()
    np.testing.assert_array_equal(one.Xs, other.Xs)


def test_more_noise_is_the_same_noise_scaled():
    quiet, loud = (drawn("sine", -5, 5, 50, noise, 0) for noise in (0.1, 0.4))
    truth = np.sin(quiet.Xs)
    np.testing.assert_allclose(loud.Ys - truth, 4 * (quiet.Ys - truth), rtol=1e-12)


def test_the_global_random_state_is_neither_used_nor_changed():
    np.random.seed(1)
    before = np.random.get_state()[1].copy()
    drawn("noisy_sine", -5, 5, 50, 0.2, 3)
    np.testing.assert_array_equal(np.random.get_state()[1], before)
