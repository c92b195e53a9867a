"""The payload: read again as its layout says, it is what was packed."""

import math

import numpy as np
import pytest

from playground.components.payload import pack, rows_of
from tests.support.payload import unpack


@pytest.mark.parametrize(
    "header", [{}, *({"text": "W" * n} for n in range(9)), {"labels": ["β₁", "·", "–"], "none": None}]
)
def test_headers_of_any_length_come_back(header):
    found, arrays = unpack(pack(header, {"epochs": [0, 12]}))
    assert found == header
    assert arrays["epochs"].tolist() == [0, 12]


def test_arrays_come_back_bit_by_bit_in_their_order_and_shape():
    rng = np.random.RandomState(0)
    given = {"b": rng.standard_normal((3, 4)), "a": rng.standard_normal(5), "c": rng.standard_normal((2, 1, 3))}
    _, arrays = unpack(pack({}, given))
    assert list(arrays) == list(given)
    for name, array in given.items():
        np.testing.assert_array_equal(arrays[name], array, strict=True)


def test_smaller_kinds_stay_so_and_come_last():
    given = {"a": np.float32([0.1, 2.5, 3e38]), "b": np.array([0.1]), "c": np.zeros((2, 3), np.float32)}
    given |= {"d": np.uint8([255, 0, 7]), "e": np.uint16([[65535], [1]]), "f": np.float16([0.1, 6e4])}
    _, arrays = unpack(pack({}, given))
    assert list(arrays) == ["b", "a", "c", "e", "f", "d"]
    for name, array in given.items():
        np.testing.assert_array_equal(arrays[name], array, strict=True)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12.0).reshape(3, 4).T,
        np.arange(12.0)[::-2],
        np.arange(5),
        np.arange(5, dtype=np.float32),
        np.arange(5, dtype=">f8"),
        [True, False],
        [],
        np.empty((0, 3)),
        np.float64(7),
        [0.1, 1e-300, 5e-324, 1.7976931348623157e308, -0.0],
        [math.nan, math.inf, -math.inf],
    ],
    ids=repr,
)
def test_an_array_of_any_kind_comes_back_in_value(array):
    _, arrays = unpack(pack({}, {"before": [1], "array": array, "after": [2]}))
    np.testing.assert_array_equal(arrays["array"], np.asarray(array, float).reshape(arrays["array"].shape))
    assert arrays["array"].size == np.size(array)
    assert (arrays["before"], arrays["after"]) == (1, 2)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_header_that_a_browser_cannot_read_is_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        pack({"limit": number}, {})


def test_each_frame_has_its_row_or_none():
    assert rows_of([1, 2, 4], 5) == [None, 0, 1, None, 2]
    assert rows_of([], 2) == [None, None]
