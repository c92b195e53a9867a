"""The problems with two inputs: where their points lie, in which class, and what noise does to them."""

import math

import numpy as np
import pytest

from playground.problems.planes import PLANES

EACH = pytest.mark.parametrize("name", PLANES)
CLASSED = [name for name, plane in PLANES.items() if plane.classes]
TRUE = [name for name, plane in PLANES.items() if plane.truth]
MOVED = [name for name in PLANES if name not in TRUE]  # their noise moves the points, in the others what is read


def drawn(name, count=600, noise=0.0, seed=0):
    return PLANES[name].draw(count, noise, np.random.RandomState(seed))


def of_class(points, c):
    """(2, n), the points of one class."""
    return points[:2, points[2] == c]


def in_order(points):
    """The same columns, sorted: two sets of points are equal when these are."""
    rounded = np.round(points, 9) + 0.0  # + 0: no -0
    return rounded[:, np.lexsort(rounded)]


def assert_share(happened, share):
    """What happens to each point with this chance happened to that share of them, within five standard errors."""
    assert abs(np.mean(happened) - share) <= 5 * math.sqrt(share * (1 - share) / np.size(happened))


def assert_uniform(values, low, high):
    assert low <= values.min()
    assert values.max() <= high
    for quarter in (0.25, 0.5, 0.75):
        assert_share(values < low + quarter * (high - low), quarter)


# --- Every problem ----------------------------------------------------------------------------------------------------


def test_labels_differ():
    assert len({plane.label for plane in PLANES.values()}) == len(PLANES)


@EACH
@pytest.mark.parametrize("count", [2, 3, 4, 7, 500])
def test_as_many_finite_points_as_asked_for_and_without_noise_all_within_the_plane(name, count):
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
def test_without_noise_the_classes_are_as_even_as_can_be(name, count):
    classes = PLANES[name].classes
    y = drawn(name, count)[2]
    sizes = [(y == c).sum() for c in range(classes)]
    assert sum(sizes) == count
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize("name", CLASSED)
def test_no_noise_empties_a_class(name):
    classes = PLANES[name].classes
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
def test_the_global_random_state_is_neither_used_nor_moved(name):
    np.random.seed(1)
    before = np.random.get_state()[1].copy()
    drawn(name, 50, 0.5)
    np.testing.assert_array_equal(np.random.get_state()[1], before)


@pytest.mark.parametrize("name", CLASSED)
def test_the_points_are_not_sorted_by_class(name):
    y = drawn(name, 3000)[2]
    assert_share(y[1:] == y[:-1], 1 / PLANES[name].classes)
    assert_share(y[:300] == 0, 1 / PLANES[name].classes)


@pytest.mark.parametrize("name", ["spiral", "three_spirals"])
def test_the_points_are_not_sorted_along_their_arm(name):
    radii = np.hypot(*drawn(name, 3000)[:2])
    assert_share(radii[:300] < 2.5, 0.5)


# --- The truth, and the noise upon it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TRUE)
def test_without_noise_every_point_has_its_true_value(name):
    x1, x2, y = drawn(name, 2000)
    np.testing.assert_array_equal(y, PLANES[name].truth(x1, x2))


@pytest.mark.parametrize("name", TRUE)
def test_a_truth_keeps_the_shape_of_a_grid_and_is_finite_far_outside(name):
    x1, x2 = np.meshgrid(np.linspace(-1e6, 1e6, 31), np.linspace(-30, 30, 20))
    given = x1.copy(), x2.copy()
    y = PLANES[name].truth(x1, x2)
    assert y.shape == (20, 31)
    assert y.dtype == np.float64
    assert np.isfinite(y).all()
    np.testing.assert_array_equal((x1, x2), given)
    if PLANES[name].classes:
        assert set(np.unique(y)) <= set(range(PLANES[name].classes))


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
    np.testing.assert_allclose(PLANES[name].truth(np.array(x1, float), np.array(x2, float)), y, atol=1e-15)


@pytest.mark.parametrize("name", TRUE)
def test_noise_upon_what_is_read_moves_no_point(name):
    quiet, loud = drawn(name, noise=0), drawn(name, noise=0.7)
    np.testing.assert_array_equal(quiet[:2], loud[:2])
    assert (quiet[2] != loud[2]).any()


def flipped(name, noise, count=20_000):
    x1, x2, y = drawn(name, count, noise)
    return y != PLANES[name].truth(x1, x2)


@pytest.mark.parametrize("name", [name for name in TRUE if PLANES[name].classes])
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
def test_noise_that_does_not_reach_across_the_gap_flips_nothing(name, noise):
    assert not flipped(name, 0.99 * noise).any()
    assert flipped(name, 2 * noise).any()


@pytest.mark.parametrize(("name", "inner", "radius", "reach"), [("circle", 1, 2.5, 5), ("rings", 0, 2, 3)])
def test_full_noise_leaves_those_within_as_the_areas_say(name, inner, radius, reach):
    x1, x2, y = drawn(name, 40_000, 1)
    held = np.maximum(np.abs(x1), np.abs(x2)) <= reach - radius  # the square within reach holds the whole disc
    within = held & (np.hypot(x1, x2) < radius)
    assert_share(y[within] == inner, math.pi * radius**2 / (2 * reach) ** 2)


@pytest.mark.parametrize("noise", [0.5, 1])
def test_noise_flips_exclusive_or_as_often_as_the_integral_says(noise):
    crossed = (5 * noise - 0.3) ** 2 / (100 * noise)  # one axis: a push from +-5 noise beats a distance from 0.3 to 5.3
    assert_share(flipped("xor", noise), 2 * crossed * (1 - crossed))  # one axis, and not the other


@pytest.mark.parametrize("noise", [0.25, 0.5, 0.75])
def test_noise_flips_the_checkerboard_as_often_as_the_integral_says(noise):
    reach = 3 * noise
    crossed = (reach - 0.2) ** 2 / (5.2 * reach)  # one axis: either of two borders, at a distance from 0.2 to 2.8
    assert_share(flipped("checkerboard", noise), 2 * crossed * (1 - crossed))


def test_full_noise_leaves_nothing_of_the_checkerboard():
    assert_share(flipped("checkerboard", 1), 0.5)  # two squares each way: as likely one class as the other


@pytest.mark.parametrize("noise", [0.25, 1])
def test_noise_upon_the_slope_is_uniform_along_either_axis(noise):
    x1, x2, y = drawn("plane", 40_000, noise)
    off = 10 * y - x1 - x2  # the sum of two uniforms from -6 noise to 6 noise: a triangle
    assert 11 * noise < np.abs(off).max() <= 12 * noise
    assert_share(off < 0, 0.5)
    assert_share(np.abs(off) < 6 * noise, 0.75)


@pytest.mark.parametrize("name", ["spiral", "moons", "three_spirals"])
def test_where_noise_moves_the_points_more_of_it_is_the_same_louder(name):
    quiet, soft, loud = (drawn(name, noise=noise) for noise in (0, 0.2, 0.8))
    np.testing.assert_allclose(loud - quiet, 4 * (soft - quiet), rtol=0, atol=1e-12)
    assert (loud[:2] != quiet[:2]).all()
    np.testing.assert_array_equal(loud[2], quiet[2])


# --- Each problem -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "bands"),
    [("circle", [(3.5, 5), (0, 2.5)]), ("rings", [(0.5, 1.5), (2.5, 3.5), (4.5, 5.5)])],
)
def test_rings_are_evenly_filled_from_within_to_without_and_all_around(name, bands):
    points = drawn(name, 12_000)
    for c, (low, high) in enumerate(bands):
        x1, x2 = of_class(points, c)
        assert_uniform(np.hypot(x1, x2), low - 1e-12, high + 1e-12)
        assert_uniform(np.arctan2(x2, x1), -math.pi, math.pi)


def test_exclusive_or_fills_the_four_quarters_alike_and_keeps_off_the_axes():
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
def test_noise_upon_an_arm_is_uniform_along_either_axis(name):
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


def test_noise_upon_the_moons_is_normal_in_units_of_their_radius():
    off = (drawn("moons", 40_000, 0.3) - drawn("moons", 40_000))[:2]
    np.testing.assert_allclose(off.std(axis=1), 0.3 * 10 / 3, rtol=5 * math.sqrt(0.5 / 40_000))
    assert_share(np.abs(off) < 1, math.erf(math.sqrt(0.5)))


def test_the_checkerboards_squares_are_alike_and_its_points_keep_off_their_borders():
    x1, x2, _ = drawn("checkerboard", 40_000)
    for left in (-6, -3, 0, 3):
        for low in (-6, -3, 0, 3):
            here = (left < x1) & (x1 < left + 3) & (low < x2) & (x2 < low + 3)
            assert_share(here, 1 / 16)
            assert_uniform(x1[here] - left, 0.2 - 1e-12, 2.8 + 1e-12)
            assert_uniform(x2[here] - low, 0.2 - 1e-12, 2.8 + 1e-12)
    assert_uniform(x1 % 3, 0.2 - 1e-12, 2.8 + 1e-12)  # all together, for the sharper bound
    assert_uniform(x2 % 3, 0.2 - 1e-12, 2.8 + 1e-12)


def test_the_next_square_over_is_of_the_other_class():
    x1, x2, y = drawn("checkerboard")
    for to1, to2 in ((3, 0), (0, 3), (-3, 0), (0, -3)):
        np.testing.assert_array_equal(PLANES["checkerboard"].truth(x1 + to1, x2 + to2), 1 - y)


@pytest.mark.parametrize("name", ["plane", "multi_gaussian"])
def test_what_has_a_value_everywhere_is_drawn_everywhere(name):
    x1, x2, _ = drawn(name, 20_000)
    assert_uniform(x1, -6, 6)
    assert_uniform(x2, -6, 6)
    assert abs(np.corrcoef(x1, x2)[0, 1]) < 5 / math.sqrt(20_000)


def test_the_hills_and_hollows_are_the_strongest_of_six_cones():
    cones = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]
    truth = PLANES["multi_gaussian"].truth
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
    truth = PLANES["multi_gaussian"].truth
    np.testing.assert_array_equal(truth(x1, -x2), -truth(x1, x2))
    np.testing.assert_array_equal(truth(-x1, x2), truth(x1, x2))
