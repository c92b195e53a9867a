"""Each problem with two inputs has the shapes, the classes and the values that its name says."""

import math

import numpy as np
import pytest

from playground.problems.problems_2d import PROBLEMS_2D
from tests.support.problems_2d import assert_share, assert_uniform, drawn, in_order, of_class


@pytest.mark.parametrize(
    ("name", "bands"),
    [("circle", [(3.5, 5), (0, 2.5)]), ("rings", [(0.5, 1.5), (2.5, 3.5), (4.5, 5.5)])],
)
def test_rings_are_evenly_filled(name, bands):
    points = drawn(name, 12_000)
    for c, (low, high) in enumerate(bands):
        x1, x2 = of_class(points, c)
        assert_uniform(np.hypot(x1, x2), low - 1e-12, high + 1e-12)
        assert_uniform(np.arctan2(x2, x1), -math.pi, math.pi)


def test_exclusive_or_fills_four_quadrants_evenly_with_a_gap_at_the_axes():
    x1, x2, _ = drawn("xor", 20_000)
    for side1 in (-1, 1):
        assert_uniform(np.abs(x1[side1 * x1 > 0]), 0.3, 5.3)
        for side2 in (-1, 1):
            assert_share((side1 * x1 > 0) & (side2 * x2 > 0), 0.25)
    assert_uniform(np.abs(x2), 0.3, 5.3)


@pytest.mark.parametrize(("noise", "variance"), [(0, 0.5), (0.25, 2.25), (0.5, 4), (1, 7.5)])
def test_the_gaussians_have_their_centres_and_variance(noise, variance):
    points = drawn("gaussians", 40_000, noise)
    for c, centre in enumerate((-2, 2)):
        X = of_class(points, c)
        n = X.shape[1]
        np.testing.assert_allclose(X.mean(axis=1), centre, atol=5 * math.sqrt(variance / n))
        np.testing.assert_allclose(X.var(axis=1), variance, rtol=5 * math.sqrt(2 / n))
        assert abs(np.corrcoef(X)[0, 1]) < 5 / math.sqrt(n)
        assert_share(np.abs(X - centre) < math.sqrt(variance), math.erf(math.sqrt(0.5)))


@pytest.mark.parametrize(("name", "arms", "turns"), [("spiral", 2, 1.75), ("three_spirals", 3, 3.5 / 3)])
@pytest.mark.parametrize("count", [2, 7, 300, 301])
def test_the_arms_wind_evenly_from_the_origin(name, arms, turns, count):
    points = drawn(name, count)
    for c in range(arms):
        x1, x2 = of_class(points, c)
        r = np.sort(np.hypot(x1, x2))
        np.testing.assert_allclose(r, 5 * arms / count * np.arange(len(r)), rtol=0, atol=1e-12)
        assert (r < 5).all()
    x1, x2 = of_class(points, 1)
    r = np.hypot(x1, x2)
    angle = 2 * math.pi * turns * r / 5  # from x2's axis, clockwise
    np.testing.assert_allclose([x1, x2], [r * np.sin(angle), r * np.cos(angle)], rtol=0, atol=1e-12)


def test_the_two_arms_are_each_others_point_reflection():
    points = drawn("spiral", 400)
    np.testing.assert_array_equal(in_order(-of_class(points, 0)), in_order(of_class(points, 1)))


def test_the_three_arms_are_turned_by_a_third():
    points = drawn("three_spirals", 600)
    c, s = math.cos(math.tau / 3), math.sin(math.tau / 3)
    clockwise = np.array([[c, s], [-s, c]])
    for arm in range(3):
        turned = clockwise @ of_class(points, arm)
        np.testing.assert_array_equal(in_order(turned), in_order(of_class(points, (arm + 1) % 3)))


@pytest.mark.parametrize("name", ["spiral", "three_spirals"])
def test_noise_on_an_arm_is_uniform_along_either_axis(name):
    off = drawn(name, 12_000, 0.4)[:2] - drawn(name, 12_000)[:2]
    for axis in off:
        assert_uniform(axis, -0.4 - 1e-12, 0.4 + 1e-12)


@pytest.mark.parametrize("count", [2, 3, 5, 400, 401])
def test_the_moons_are_half_circles_that_reach_into_each_other(count):
    points = drawn("moons", count)
    radius = 10 / 3
    for c, up in ((0, 1), (1, -1)):
        x1, x2 = of_class(points, c)
        along, above = up * x1 / radius + 0.5, up * x2 / radius + 0.25  # about the moon's own centre
        t = np.sort(np.arctan2(np.maximum(above, 0), along))
        np.testing.assert_allclose(np.hypot(along, above), 1, rtol=1e-12)
        assert (above >= -1e-12).all()
        np.testing.assert_allclose(t, np.linspace(0, math.pi, len(t)), rtol=0, atol=1e-12)


def test_the_moons_are_each_others_point_reflection():
    points = drawn("moons", 400)
    np.testing.assert_array_equal(in_order(-of_class(points, 0)), in_order(of_class(points, 1)))


def test_noise_on_the_moons_is_normal_in_units_of_their_radius():
    off = (drawn("moons", 40_000, 0.3) - drawn("moons", 40_000))[:2]
    np.testing.assert_allclose(off.std(axis=1), 0.3 * 10 / 3, rtol=5 * math.sqrt(0.5 / 40_000))
    assert_share(np.abs(off) < 1, math.erf(math.sqrt(0.5)))


def test_the_squares_of_the_checkerboard_are_alike_with_gaps_between_them():
    x1, x2, _ = drawn("checkerboard", 40_000)
    for left in (-6, -3, 0, 3):
        for low in (-6, -3, 0, 3):
            here = (left < x1) & (x1 < left + 3) & (low < x2) & (x2 < low + 3)
            assert_share(here, 1 / 16)
            assert_uniform(x1[here] - left, 0.2 - 1e-12, 2.8 + 1e-12)
            assert_uniform(x2[here] - low, 0.2 - 1e-12, 2.8 + 1e-12)
    assert_uniform(x1 % 3, 0.2 - 1e-12, 2.8 + 1e-12)  # all together, for the sharper bound
    assert_uniform(x2 % 3, 0.2 - 1e-12, 2.8 + 1e-12)


def test_neighbouring_squares_have_different_classes():
    x1, x2, y = drawn("checkerboard")
    for to1, to2 in ((3, 0), (0, 3), (-3, 0), (0, -3)):
        np.testing.assert_array_equal(PROBLEMS_2D["checkerboard"].truth(x1 + to1, x2 + to2), 1 - y)


@pytest.mark.parametrize("name", ["plane", "multi_gaussian"])
def test_points_with_values_are_drawn_all_over_the_plane(name):
    x1, x2, _ = drawn(name, 20_000)
    assert_uniform(x1, -6, 6)
    assert_uniform(x2, -6, 6)
    assert abs(np.corrcoef(x1, x2)[0, 1]) < 5 / math.sqrt(20_000)


def test_the_hills_and_hollows_are_the_strongest_of_six_cones():
    cones = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]
    truth = PROBLEMS_2D["multi_gaussian"].truth
    for at1, at2, sign in cones:
        np.testing.assert_allclose(
            truth(at1 + np.array([0, 1.0, 0, 2]), at2 + np.array([0, 0, -0.5, 0])),
            sign * np.array([1, 0.5, 0.75, 0]),
            atol=1e-15,
        )
    x1, x2, y = drawn("multi_gaussian", 500)
    for a, b, value in zip(x1, x2, y, strict=True):
        heights = [sign * max(0, 1 - math.dist((a, b), (at1, at2)) / 2) for at1, at2, sign in cones]
        assert value == pytest.approx(max(heights, key=abs), abs=1e-12)


def test_the_hills_are_hollows_below():
    x1, x2 = np.meshgrid(np.linspace(-6, 6, 49), np.linspace(-6, 6, 49))
    truth = PROBLEMS_2D["multi_gaussian"].truth
    np.testing.assert_array_equal(truth(x1, -x2), -truth(x1, x2))
    np.testing.assert_array_equal(truth(-x1, x2), truth(x1, x2))
