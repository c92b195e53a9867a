"""The features: each is its formula, and they stand in one order whatever the order of the names."""

import math

import numpy as np
import pytest

from playground.problems.features import FEATURES, features_of

PLACES = np.array([[0.0, 2.0, -3.0, math.pi / 2, math.pi], [0.0, 5.0, 0.5, -math.pi / 2, math.pi / 3]])


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("x1", [0, 2, -3, math.pi / 2, math.pi]),
        ("x2", [0, 5, 0.5, -math.pi / 2, math.pi / 3]),
        ("x1_squared", [0, 4, 9, math.pi**2 / 4, math.pi**2]),
        ("x2_squared", [0, 25, 0.25, math.pi**2 / 4, math.pi**2 / 9]),
        ("product", [0, 10, -1.5, -(math.pi**2) / 4, math.pi**2 / 3]),
        ("sin_x1", [0, math.sin(2), math.sin(-3), 1, 0]),
        ("sin_x2", [0, math.sin(5), math.sin(0.5), -1, math.sqrt(0.75)]),
        ("cos_x1", [1, math.cos(2), math.cos(-3), 0, -1]),
        ("cos_x2", [1, math.cos(5), math.cos(0.5), 0, 0.5]),
    ],
)
def test_a_feature_is_its_formula(name, row):
    np.testing.assert_allclose(features_of([name], PLACES), [row], rtol=0, atol=1e-14)


def test_the_rows_are_in_the_registrys_order_whatever_the_order_of_the_names():
    rows = features_of(["cos_x2", "x2", "product", "x1"], PLACES)
    np.testing.assert_array_equal(rows, np.vstack([PLACES, PLACES[:1] * PLACES[1:], np.cos(PLACES[1:])]))
    everything = features_of(FEATURES, PLACES)
    assert everything.shape == (9, 5)
    np.testing.assert_array_equal(features_of(reversed(FEATURES), PLACES), everything)


def test_both_inputs_alone_are_the_inputs_and_share_no_memory_with_them():
    rows = features_of(("x1", "x2"), PLACES)
    np.testing.assert_array_equal(rows, PLACES)
    assert not np.shares_memory(rows, PLACES)


@pytest.mark.parametrize("feature", FEATURES.values(), ids=FEATURES)
def test_a_feature_keeps_the_shape_of_a_grid_and_leaves_its_inputs_alone(feature):
    x1, x2 = np.meshgrid(np.linspace(-6, 6, 7), np.linspace(-6, 6, 4))
    given = x1.copy(), x2.copy()
    assert feature.function(x1, x2).shape == (4, 7)
    np.testing.assert_array_equal((x1, x2), given)


def test_an_unknown_feature_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"no feature named 'x3'.*x1, x2, x1_squared"):
        features_of(["x1", "x3"], PLACES)
