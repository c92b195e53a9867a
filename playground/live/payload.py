"""What the live component is sent: a header in JSON and the numbers as they lie in memory."""

import json
import struct

import numpy as np


def pack(header, arrays):
    """One bytes object of a header and named arrays, as `unpack` in live.js reads it.

    Layout: the length of the JSON (uint32, little-endian), the JSON, padding to 8, then the arrays as float64, each
    after the other. The JSON is the header with "arrays": {name: shape}.
    """
    arrays = {name: np.ascontiguousarray(array, "<f8") for name, array in arrays.items()}
    text = json.dumps(
        {**header, "arrays": {name: array.shape for name, array in arrays.items()}}, allow_nan=False
    ).encode()
    text += b" " * (-(4 + len(text)) % 8)
    return b"".join([struct.pack("<I", len(text)), text, *(array.tobytes() for array in arrays.values())])
