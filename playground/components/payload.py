"""What a live component is sent: a header in JSON and the numbers as they lie in memory."""

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from playground.components.precision import Steps

KINDS = {
    np.dtype("<f8"): "float64",
    np.dtype("<f4"): "float32",
    np.dtype("<f2"): "float16",
    np.dtype("<u2"): "uint16",
    np.dtype("u1"): "uint8",
}


class _Numbers(NamedTuple):
    """A named array as it is sent; of Steps, where they begin and how large one is."""

    name: str
    values: npt.NDArray[Any]
    scale: tuple[float, ...]


def pack(header: Mapping[str, Any], arrays: Mapping[str, Any]) -> bytes:
    """One bytes object of a header and named arrays, as unpack.js reads it.

    Layout: the length of the JSON (uint32, little-endian), the JSON, padding to 8, then the arrays, one after another,
    the largest kind first, each then at a multiple of its size. The JSON is the header with "arrays": {name: [kind,
    shape]}; Steps have [kind, shape, low, size]. An array of a kind that is not in KINDS is sent as float64.

    Args:
        header: what JSON can hold.
        arrays: array-likes or Steps by name.

    Raises:
        ValueError: when the header holds a number that JSON has no word for.
    """
    numbers = sorted(_numbers(arrays), key=lambda each: -each.values.itemsize)
    described = {name: [KINDS[values.dtype], values.shape, *scale] for name, values, scale in numbers}
    text = json.dumps({**header, "arrays": described}, allow_nan=False, separators=(",", ":")).encode()
    text += b" " * (-(4 + len(text)) % 8)
    return b"".join([struct.pack("<I", len(text)), text, *(values.tobytes() for _, values, _ in numbers)])


def _numbers(arrays: Mapping[str, Any]) -> list[_Numbers]:
    found: list[_Numbers] = []
    for name, given in arrays.items():
        array, scale = (given.codes, (given.low, given.size)) if isinstance(given, Steps) else (given, ())
        array = np.asarray(array)
        kind = array.dtype if array.dtype in KINDS else "<f8"
        found.append(_Numbers(name, np.ascontiguousarray(array, kind), scale))
    return found


def rows_of(places: Sequence[int], count: int) -> list[int | None]:
    """For each of `count` frames its row in an array of those at some places, None where it is not among them."""
    rows = {place: row for row, place in enumerate(places)}
    return [rows.get(place) for place in range(count)]
