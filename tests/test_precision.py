"""How precisely numbers are sent that are only drawn: nobody sees the difference, and nothing is lost of a wild run."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.components.precision import MAP_STEPS, Steps, curve_steps, halves, map_steps, single, symmetric_steps
from tests.support.payload import from_steps

CHART_PX = 400
ANY = st.floats(width=64)
CURVES = arrays(float, st.tuples(st.integers(1, 3), st.integers(1, 5)), elements=ANY)


def received(sent):
    """Numbers as the browser has them."""
    return from_steps(*sent) if isinstance(sent, Steps) else sent.astype(float)


@given(CURVES)
def test_single_precision_keeps_seven_digits_of_every_number(values):
    found = received(single(values))
    np.testing.assert_allclose(found, values, rtol=2**-24)


def test_single_precision_is_half_the_bytes_wherever_it_will_do():
    assert single([0.0, 0.1, -1e30, math.nan, math.inf]).dtype == np.float32
    for value in (1e39, -1e39, 1e-39, 5e-324):
        assert single([0.1, value]).dtype == np.float64
    assert single([]).dtype == np.float32


@given(arrays(float, (2, 5), elements=st.floats(-1e300, 1e300) | st.sampled_from([math.nan, math.inf, -math.inf])))
def test_half_precision_keeps_three_digits_of_what_is_not_tiny_beside_the_largest_of_its_block(rows):
    halved, scales = halves(rows, [2, 3])
    assert halved.dtype == np.float16
    assert [size for size, _ in scales] == [2, 3]
    found = halved.astype(float) * np.repeat([scale for _, scale in scales], [2, 3])
    for block, sent in zip(np.split(rows, [2], axis=1), np.split(found, [2], axis=1), strict=True):
        largest = np.abs(block[np.isfinite(block)]).max(initial=0.0)
        np.testing.assert_allclose(sent, block, rtol=2**-11, atol=1e-8 * largest + 1e-300)


@given(CURVES, st.floats(1e-6, 1e6))
def test_a_curve_is_where_it_is_to_a_tenth_of_a_pixel(curves, span):
    found = received(curve_steps(curves, span))
    far = ~np.isclose(found, curves, rtol=2**-24, atol=0, equal_nan=True)
    assert (np.abs(found[far] - curves[far]) <= span / CHART_PX / 10).all()


@pytest.mark.parametrize("value", [math.nan, math.inf, -1e200])
def test_a_curve_that_leaves_the_chart_by_far_is_as_it_was(value):
    curves = np.array([[0.1, 0.2, value, 0.3]])
    np.testing.assert_allclose(received(curve_steps(curves, 2.0)), curves, rtol=2**-24)


def test_a_curve_on_the_chart_takes_two_bytes_a_point():
    assert curve_steps(np.linspace(-1, 1, 5)[None], 2.0).codes.dtype == np.uint16
    assert curve_steps(np.full((1, 5), 0.3), 2.0).codes.dtype == np.uint16


@given(arrays(float, 6, elements=ANY), st.floats(-100, 100), st.floats(0.01, 100))
def test_a_shade_has_nearly_its_colour(shades, low, width):
    limits = (low, low + width)
    sent = map_steps(shades, limits)
    assert sent.codes.dtype == np.uint8
    found = received(sent)
    holes = ~(np.abs(shades) <= np.finfo(np.float32).max)
    np.testing.assert_array_equal(np.isnan(found), holes)
    off = np.abs(found - np.clip(shades, *limits))[~holes]
    assert (off <= width / MAP_STEPS / 2 * (1 + 1e-6) + 1e-12).all()


@given(arrays(float, 6, elements=st.floats(0, 1)), st.sampled_from([2, 3]))
def test_a_shade_stays_in_its_class(certainty, classes):
    k = np.arange(6) % classes
    shades = k + np.minimum(certainty, 0.999)
    found = received(map_steps(shades, (0.0, float(classes))))
    np.testing.assert_array_equal(np.floor(found), k)


@given(arrays(float, 6, elements=st.floats(0, 1)))
def test_a_share_stays_on_its_side_of_one_half(shares):
    found = received(map_steps(shares, (0.0, 1.0)))
    np.testing.assert_array_equal(found > 0.5, shares >= 0.5)


@given(arrays(float, 6, elements=ANY))
def test_the_map_of_a_unit_has_its_largest_value_and_its_zeros(values):
    found = received(symmetric_steps(values))
    finite = np.abs(values) <= np.finfo(np.float32).max
    np.testing.assert_array_equal(np.isfinite(found), finite)
    limit = np.abs(values[finite]).max(initial=0.0)
    np.testing.assert_allclose(np.abs(found[finite]).max(initial=0.0), limit, rtol=1e-12)
    assert (np.abs(found[finite][values[finite] == 0]) <= 1e-12 * (limit or 1)).all()
    assert (np.abs(found - values)[finite] <= limit / 254 * (1 + 1e-9)).all()
