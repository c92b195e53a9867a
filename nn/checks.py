"""Validation of arguments: shapes, counts and values that training could only fail on later."""

import contextlib
import operator
from collections.abc import Sequence
from numbers import Real
from typing import SupportsIndex, TypeGuard

import numpy as np

from nn.arrays import Matrix


def whole_number(value: object, name: str, least: int = 1) -> int:
    """`value` as an int.

    Raises:
        ValueError: `value` is not an integer of at least `least`; the message calls it `name`.
    """
    if type(value) is int and value >= least:  # nearly always; the rest takes 10 us
        return value
    number = None
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        with contextlib.suppress(TypeError):  # of an array with more than one entry
            number = operator.index(value)
    if number is None or number < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return number


def is_real(value: object) -> TypeGuard[float]:
    """Whether `value` is a real number; a bool is not one."""
    return isinstance(value, Real) and not isinstance(value, bool)


def real_number(value: object, name: str, *, below: float = np.inf) -> float:
    """`value` as a float.

    Raises:
        ValueError: `value` is not a real number from 0 to below `below`; the message calls it `name`.
    """
    if not is_real(value) or not 0 <= value < below:
        bounds = "of at least 0" if below == np.inf else f"from 0 to below {below:g}"
        raise ValueError(f"{name} must be a number {bounds}, not {value!r}.")
    return float(value)


def finite_matrix(value: object, name: str, shape: Sequence[int | None]) -> Matrix:
    """`value` as a finite float matrix of the given shape. float32 stays float32; all else becomes float64.

    Args:
        shape: (rows, columns); None stands for any number of columns from 1 on.

    Raises:
        ValueError: another shape, no columns, or an entry that is not a finite real number; the message calls the
            matrix `name`.
    """
    try:
        array = np.asarray(value)
        array = array if array.dtype in (np.float32, np.float64) else array.astype(np.float64, casting="same_kind")
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a matrix of real numbers.") from None
    hint = ": one row per unit, one column per example" if None in shape else ""
    expected = ", ".join("m" if n is None else str(n) for n in shape)
    if array.ndim != 2 or any(n is not None and n != have for n, have in zip(shape, array.shape, strict=True)):
        raise ValueError(f"{name} must have shape ({expected}), not {array.shape}{hint}.")
    if array.shape[1] == 0:
        raise ValueError(f"{name} has no examples; its shape must be ({expected}) with m at least 1.")
    invalid = np.argwhere(~np.isfinite(array))
    if len(invalid):
        row, column = invalid[0]
        raise ValueError(f"{name} must be finite; {name}[{row}, {column}] is {array[row, column]}.")
    return array
