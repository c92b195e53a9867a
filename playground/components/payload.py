"""What the live component is sent: a header in JSON and the numbers as they lie in memory."""

import json
import struct

import numpy as np


def pack(header, arrays):
    """One bytes object of a header and named arrays, as `unpack` in live.js reads it.

    Layout: the length of the JSON (uint32, little-endian), the JSON, padding to 8, then the arrays, each after the
    other: float64, and at the end those that are float32. The JSON is the header with "arrays": {name: shape} and
    "singles": the names of the latter.
    """
    singles = [name for name, array in arrays.items() if np.asarray(array).dtype == np.float32]
    arrays = {
        name: np.ascontiguousarray(arrays[name], "<f4" if name in singles else "<f8")
        for name in sorted(arrays, key=lambda name: name in singles)
    }
    header = {**header, "singles": singles}
    text = json.dumps(
        {**header, "arrays": {name: array.shape for name, array in arrays.items()}}, allow_nan=False
    ).encode()
    text += b" " * (-(4 + len(text)) % 8)
    return b"".join([struct.pack("<I", len(text)), text, *(array.tobytes() for array in arrays.values())])
