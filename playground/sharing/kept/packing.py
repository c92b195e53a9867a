"""How a part of a kept visit is packed: JSON with the bytes of its arrays in it, compressed."""

import base64
import binascii
import hashlib
import json
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

from playground.sharing.saved.document import MAX_BYTES, Number, listed, parse
from playground.sharing.saved.field import SavedError

KINDS = ("<f8", "<f4", "<i4", "<u4")
LEVEL = 1  # of compression: most of a part is the last bits of numbers, which do not compress
MAX_DEPTH = 5  # of a document, down to its arrays
DAMAGED = "What the browser kept is damaged."


def packed(array: npt.NDArray[Any]) -> dict[str, str]:
    """What stands for an array in a part: {kind: its bytes in base64}."""
    kind = array.dtype.str if array.dtype.str in KINDS else "<i4" if array.dtype.kind == "i" else "<f8"
    return {kind: base64.b64encode(array.astype(kind).tobytes()).decode()}


def pack(value: object) -> bytes:
    """The bytes of a part."""
    return zlib.compress(json.dumps(value, allow_nan=False, separators=(",", ":")).encode(), LEVEL)


def unpack(data: bytes) -> Any:
    """What `pack` has packed, with its arrays as lists of numbers.

    Raises:
        SavedError: when it is anything else, or too large.
    """
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(data, MAX_BYTES)
    except zlib.error:
        raise SavedError(DAMAGED) from None
    if not reader.eof:
        raise SavedError(DAMAGED)
    return _unpacked(parse(text), MAX_DEPTH)


def numbers(kind: str, text: object) -> list[Number]:
    """The numbers of an array from its kind and its bytes in base64.

    Raises:
        SavedError: when they are anything else.
    """
    try:
        if kind not in KINDS or not isinstance(text, str):
            raise ValueError
        return listed(np.frombuffer(base64.b64decode(text, validate=True), kind))
    except (ValueError, binascii.Error):
        raise SavedError(DAMAGED) from None


def digest(data: bytes) -> str:
    """What a part is recognised by."""
    return hashlib.sha256(data).hexdigest()[:16]


def _unpacked(value: object, depth: int) -> object:
    if type(value) is not dict or depth == 0:
        return value
    if len(value) == 1 and next(iter(value)) in KINDS:
        return numbers(*next(iter(value.items())))
    return {name: _unpacked(each, depth - 1) for name, each in value.items()}
