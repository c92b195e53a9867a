"""The problems with two inputs: how many points they draw and where, and what noise does to them."""

import math

import numpy as np
import pytest

from playground.problems.problems_2d import PROBLEMS_2D
from tests.support.problems_2d import CLASSED, EACH, TRUE, assert_share, drawn, in_order

# --- Every problem ----------------------------------------------------------------------------------------------------


def test_labels_differ():
    assert len({plane.label for plane in PROBLEMS_2D.values()}) == len(PROBLEMS_2D)


@EACH
@pytest.mark.parametrize("count", [2, 3, 4, 7, 500])
def test_there_are_count_finite_points_within_the_plane_without_noise(name, count):
    for noise in (0, 0.5, 1):
        points = drawn(name, count, noise)
        assert points.shape == (3, count)
        assert points.dtype == np.float64
        assert np.isfinite(points).all()
    assert np.abs(drawn(name, count)[:2]).max() <= 6


@EACH
def test_at_full_noise_the_points_stay_within_bounds(name):
    bound = {"gaussians": 2 + 7 * math.sqrt(7.5), "moons": 5 + 7 * 10 / 3}.get(name, 6)  # seven standard deviations
    points = drawn(name, 5000, 1)
    assert np.abs(points[:2]).max() <= bound
    if name == "plane":
        assert np.abs(points[2]).max() <= 2.4
    if name == "multi_gaussian":
        assert np.abs(points[2]).max() <= 1


@pytest.mark.parametrize("name", CLASSED)
@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7, 100, 101])
def test_without_noise_class_sizes_differ_by_at_most_one(name, count):
    classes = PROBLEMS_2D[name].classes
    y = drawn(name, count)[2]
    sizes = [(y == c).sum() for c in range(classes)]
    assert sum(sizes) == count
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize("name", CLASSED)
def test_no_class_is_empty_whatever_the_noise(name):
    classes = PROBLEMS_2D[name].classes
    for count in (classes, classes + 1):
        for seed in range(40):
            assert set(drawn(name, count, 1, seed)[2]) == set(range(classes))


@EACH
@pytest.mark.parametrize("noise", [0, 0.3])
def test_the_seed_decides_the_points(name, noise):
    one, same, other = (drawn(name, 50, noise, seed) for seed in (4, 4, 5))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any(axis=0).mean() > 0.5
    if noise == 0 and name in ("spiral", "moons", "three_spirals"):  # these are curves: another seed, another order
        np.testing.assert_array_equal(in_order(one), in_order(other))
    else:
        assert not np.isin(one[0], other[0]).any()


@EACH
def test_the_global_random_state_is_neither_used_nor_changed(name):
    np.random.seed(1)
    before = np.random.get_state()[1].copy()
    drawn(name, 50, 0.5)
    np.testing.assert_array_equal(np.random.get_state()[1], before)


@pytest.mark.parametrize("name", CLASSED)
def test_the_points_are_not_sorted_by_class(name):
    y = drawn(name, 3000)[2]
    assert_share(y[1:] == y[:-1], 1 / PROBLEMS_2D[name].classes)
    assert_share(y[:300] == 0, 1 / PROBLEMS_2D[name].classes)


@pytest.mark.parametrize("name", ["spiral", "three_spirals"])
def test_the_points_are_not_sorted_along_their_arm(name):
    radii = np.hypot(*drawn(name, 3000)[:2])
    assert_share(radii[:300] < 2.5, 0.5)


# --- The truth, and the noise upon it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TRUE)
def test_without_noise_every_point_has_its_true_value(name):
    x1, x2, y = drawn(name, 2000)
    np.testing.assert_array_equal(y, PROBLEMS_2D[name].truth(x1, x2))


@pytest.mark.parametrize("name", TRUE)
def test_a_truth_keeps_the_shape_of_a_grid_and_is_finite_far_outside(name):
    x1, x2 = np.meshgrid(np.linspace(-1e6, 1e6, 31), np.linspace(-30, 30, 20))
    given = x1.copy(), x2.copy()
    y = PROBLEMS_2D[name].truth(x1, x2)
    assert y.shape == (20, 31)
    assert y.dtype == np.float64
    assert np.isfinite(y).all()
    np.testing.assert_array_equal((x1, x2), given)
    if PROBLEMS_2D[name].classes:
        assert set(np.unique(y)) <= set(range(PROBLEMS_2D[name].classes))


@pytest.mark.parametrize(
    ("name", "x1", "x2", "y"),
    [
        ("circle", [0, 2.49, 2.5, 0, -1.75, -1.8, 6], [0, 0, 0, -2.49, 1.75, 1.8, 6], [1, 1, 0, 1, 1, 0, 0]),
        ("xor", [1, -1, 1, -1, 0, 5], [1, -1, -1, 1, 3, -0.1], [1, 1, 0, 0, 1, 0]),
        ("plane", [6, -6, 1, 2.5], [6, -6, -1, 0], [1.2, -1.2, 0, 0.25]),
        ("rings", [0, 1.99, 2, 0, 0, -2.9, 6], [0, 0, 0, 3.99, 4, -2.9, 6], [0, 0, 1, 1, 2, 2, 2]),
        ("checkerboard", [1, 1, -1, -1, 4, 4, -5, 5], [1, -1, -1, 1, 1, 4, 4, -5], [1, 0, 1, 0, 0, 1, 0, 0]),
    ],
)
def test_a_truth_is_what_its_name_says(name, x1, x2, y):
    np.testing.assert_allclose(PROBLEMS_2D[name].truth(np.array(x1, float), np.array(x2, float)), y, atol=1e-15)


@pytest.mark.parametrize("name", TRUE)
def test_noise_on_the_value_moves_no_point(name):
    quiet, loud = drawn(name, noise=0), drawn(name, noise=0.7)
    np.testing.assert_array_equal(quiet[:2], loud[:2])
    assert (quiet[2] != loud[2]).any()


def flipped(name, noise, count=20_000):
    x1, x2, y = drawn(name, count, noise)
    return y != PROBLEMS_2D[name].truth(x1, x2)


@pytest.mark.parametrize("name", [name for name in TRUE if PROBLEMS_2D[name].classes])
def test_more_noise_flips_more_labels(name):
    shares = [flipped(name, noise).mean() for noise in (0, 0.25, 0.5, 0.75, 1)]
    assert shares[0] == 0
    assert (np.diff(shares) > 0.02).all()


@pytest.mark.parametrize(
    ("name", "noise"),
    [
        ("xor", 0.3 / 5),  # no point is nearer to an axis than 0.3
        ("checkerboard", 0.2 / 3),
        ("rings", 0.5 / math.hypot(3, 3)),  # pushed along both axes
    ],
)
def test_noise_shorter_than_the_gap_flips_no_label(name, noise):
    assert not flipped(name, 0.99 * noise).any()
    assert flipped(name, 2 * noise).any()


@pytest.mark.parametrize(("name", "inner", "radius", "reach"), [("circle", 1, 2.5, 5), ("rings", 0, 2, 3)])
def test_full_noise_flips_labels_by_the_ratio_of_areas(name, inner, radius, reach):
    x1, x2, y = drawn(name, 40_000, 1)
    held = np.maximum(np.abs(x1), np.abs(x2)) <= reach - radius  # the square within reach holds the whole disc
    within = held & (np.hypot(x1, x2) < radius)
    assert_share(y[within] == inner, math.pi * radius**2 / (2 * reach) ** 2)


@pytest.mark.parametrize("noise", [0.5, 1])
def test_noise_flips_labels_of_exclusive_or_by_the_integral(noise):
    crossed = (5 * noise - 0.3) ** 2 / (100 * noise)  # one axis: a push from +-5 noise beats a distance from 0.3 to 5.3
    assert_share(flipped("xor", noise), 2 * crossed * (1 - crossed))  # one axis, and not the other


@pytest.mark.parametrize("noise", [0.25, 0.5, 0.75])
def test_noise_flips_labels_of_the_checkerboard_by_the_integral(noise):
    reach = 3 * noise
    crossed = (reach - 0.2) ** 2 / (5.2 * reach)  # one axis: either of two borders, at a distance from 0.2 to 2.8
    assert_share(flipped("checkerboard", noise), 2 * crossed * (1 - crossed))


def test_full_noise_makes_the_checkerboard_random():
    assert_share(flipped("checkerboard", 1), 0.5)  # two squares each way: as likely one class as the other


@pytest.mark.parametrize("noise", [0.25, 1])
def test_noise_on_the_slope_is_uniform_along_either_axis(noise):
    x1, x2, y = drawn("plane", 40_000, noise)
    off = 10 * y - x1 - x2  # the sum of two uniforms from -6 noise to 6 noise: a triangle
    assert 11 * noise < np.abs(off).max() <= 12 * noise
    assert_share(off < 0, 0.5)
    assert_share(np.abs(off) < 6 * noise, 0.75)


@pytest.mark.parametrize("name", ["spiral", "moons", "three_spirals"])
def test_where_noise_moves_the_points_more_noise_moves_them_further_the_same_way(name):
    quiet, soft, loud = (drawn(name, noise=noise) for noise in (0, 0.2, 0.8))
    np.testing.assert_allclose(loud - quiet, 4 * (soft - quiet), rtol=0, atol=1e-12)
    assert (loud[:2] != quiet[:2]).all()
    np.testing.assert_array_equal(loud[2], quiet[2])
