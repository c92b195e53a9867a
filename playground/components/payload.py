"""What a live component is sent: a header in JSON and the numbers as they lie in memory."""

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def pack(header: Mapping[str, Any], arrays: Mapping[str, Any]) -> bytes:
    """One bytes object of a header and named arrays, as unpack.js reads it.

    Layout: the length of the JSON (uint32, little-endian), the JSON, padding to 8, then the arrays, one after another:
    float64 first, then those that are float32. The JSON is the header with "arrays": {name: shape} and "float32": the
    names of the latter.

    Raises:
        ValueError: when the header holds a number that JSON has no word for.
    """
    float32 = [name for name, array in arrays.items() if np.asarray(array).dtype == np.float32]
    ordered = {
        name: np.ascontiguousarray(arrays[name], "<f4" if name in float32 else "<f8")
        for name in sorted(arrays, key=lambda name: name in float32)
    }
    shapes = {name: array.shape for name, array in ordered.items()}
    text = json.dumps({**header, "float32": float32, "arrays": shapes}, allow_nan=False).encode()
    text += b" " * (-(4 + len(text)) % 8)
    return b"".join([struct.pack("<I", len(text)), text, *(array.tobytes() for array in ordered.values())])


def rows_of(places: Sequence[int], count: int) -> list[int | None]:
    """For each of `count` frames its row in an array of those at some places, None where it is not among them."""
    rows = {place: row for row, place in enumerate(places)}
    return [rows.get(place) for place in range(count)]
