"""How precisely numbers are sent that are only drawn: as exactly as they can be seen."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

MAX_SPANS = 16  # that curves reach over, in heights of their chart: at least 4,096 of 65,535 steps are then in sight
MAP_STEPS = 252  # over the colours of a map; a multiple of 2 and of 3, so that two or three classes begin at a step
HALF_BITS = 15  # of the largest number in half precision, which is below 2^16
MIN_EXPONENT = -1000  # of two, among float64
HOLE = 255  # the step of what is not finite, drawn as a hole

Floats = npt.NDArray[Any]


class Steps(NamedTuple):
    """Numbers as whole steps from the lowest one: low + size * codes, and nan for the largest code of all.

    Attributes:
        codes: uint8 or uint16.
    """

    codes: npt.NDArray[Any]
    low: float
    size: float


def single(values: npt.ArrayLike) -> Floats:
    """Numbers in single precision; in double precision if one of them is too large or too small for that."""
    array = np.asarray(values, float)
    sizes = np.abs(array[np.isfinite(array) & (array != 0)])
    limits = np.finfo(np.float32)
    fits = not sizes.size or limits.tiny <= sizes.min() <= sizes.max() <= limits.max
    return array.astype(np.float32) if fits else array


def halves(rows: Floats, sizes: Sequence[int]) -> tuple[Floats, list[tuple[int, float]]]:
    """Rows of numbers in half precision: three digits, and of what is below a hundred millionth of the largest fewer.

    Args:
        rows: (rows, n).
        sizes: of the blocks that a row consists of.

    Returns:
        The rows in float16, and of each block its size and the power of two that its numbers are in units of.
    """
    scales: list[tuple[int, float]] = []
    blocks = np.split(np.asarray(rows, float), np.cumsum(sizes)[:-1], axis=1)
    for block, size in zip(blocks, sizes, strict=True):
        exponent = math.frexp(float(np.abs(block[np.isfinite(block)]).max(initial=0.0)))[1]
        scales.append((size, 2.0 ** max(exponent - HALF_BITS, MIN_EXPONENT)))
    each = zip(blocks, scales, strict=True)
    return np.concatenate([block / scale for block, (_, scale) in each], axis=1).astype(np.float16), scales


def curve_steps(curves: Floats, span: float) -> Steps | Floats:
    """Curves over a chart whose y axis spans at least so much, within a tenth of a pixel.

    Curves that leave the chart by far, or that are not finite, are sent as `single` does.
    """
    low, high = float(curves.min()), float(curves.max())
    if not high - low <= MAX_SPANS * span:
        return single(curves)
    size = (high - low) / (np.iinfo(np.uint16).max - 1) or 1.0
    return Steps(np.rint((curves - low) / size).astype(np.uint16), low, size)


def map_steps(shades: Floats, limits: tuple[float, float]) -> Steps:
    """Shades of a map, in about as many steps as there are colours; beyond the limits they have the last colour.

    A step stands for its middle, so that every shade stays on its side of the line between two classes.
    """
    low, high = limits
    size = (high - low) / MAP_STEPS
    with np.errstate(all="ignore"):
        codes = np.where(_is_drawn(shades), np.floor((shades - low) / size), np.nan)
    return _in_bytes(np.clip(codes, 0, MAP_STEPS - 1), low + size / 2, size)


def symmetric_steps(values: Floats) -> Steps:
    """Values of maps whose colours are symmetric about 0 and end at the largest size, which is met exactly, like 0."""
    drawn = _is_drawn(values)
    limit = float(np.abs(values[drawn]).max(initial=0.0)) or 1.0
    size = limit / 127 or 1.0
    with np.errstate(all="ignore"):
        codes = np.where(drawn, np.rint(values / size), np.nan) + 127
    return _in_bytes(codes, -127 * size, size)


def _is_drawn(values: Floats) -> Floats:
    """What exceeds float32 is as good as infinite, and drawn as a hole."""
    return np.abs(values) <= np.finfo(np.float32).max


def _in_bytes(codes: Floats, low: float, size: float) -> Steps:
    return Steps(np.where(np.isnan(codes), HOLE, codes).astype(np.uint8), low, size)
