"""What a live component is sent: a header in JSON and the numbers as they lie in memory."""

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from playground.components.precision import Steps

KINDS = ("float64", "float32", "uint16", "uint8")  # from the largest: each then begins at a multiple of its own size


def pack(header: Mapping[str, Any], arrays: Mapping[str, Any]) -> bytes:
    """One bytes object of a header and named arrays, as unpack.js reads it.

    Layout: the length of the JSON (uint32, little-endian), the JSON, padding to 8, then the arrays, one after another,
    in the order of KINDS. The JSON is the header with "arrays": {name: [kind, shape]}; Steps have [kind, shape, low,
    size]. An array of another kind is sent as float64.

    Args:
        header: what JSON can hold.
        arrays: array-likes or Steps by name.

    Raises:
        ValueError: when the header holds a number that JSON has no word for.
    """
    numbers = sorted(_numbers(arrays).items(), key=lambda item: KINDS.index(item[1][0].dtype.name))
    described = {name: [array.dtype.name, array.shape, *scale] for name, (array, scale) in numbers}
    text = json.dumps({**header, "arrays": described}, allow_nan=False, separators=(",", ":")).encode()
    text += b" " * (-(4 + len(text)) % 8)
    return b"".join([struct.pack("<I", len(text)), text, *(array.tobytes() for _, (array, _) in numbers)])


def _numbers(arrays: Mapping[str, Any]) -> dict[str, tuple[npt.NDArray[Any], tuple[float, ...]]]:
    """Each array as it is sent, and of Steps where they begin and how large one is."""
    found: dict[str, tuple[npt.NDArray[Any], tuple[float, ...]]] = {}
    for name, values in arrays.items():
        array, scale = (values.codes, (values.low, values.size)) if isinstance(values, Steps) else (values, ())
        array = np.asarray(array)
        kind = array.dtype.newbyteorder("<") if array.dtype.name in KINDS else np.dtype("<f8")
        found[name] = np.ascontiguousarray(array, kind), scale
    return found


def rows_of(places: Sequence[int], count: int) -> list[int | None]:
    """For each of `count` frames its row in an array of those at some places, None where it is not among them."""
    rows = {place: row for row, place in enumerate(places)}
    return [rows.get(place) for place in range(count)]
