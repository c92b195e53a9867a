"""What is refused at the door: shapes, counts and values that training could only fail on later."""

import operator

import numpy as np


def whole_number(value, name, least=1):
    """`value` as an int of at least `least`, or a ValueError that says what would be right."""
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool) or number < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return number


def finite_matrix(value, name, shape):
    """`value` as a float array of the given shape, or a ValueError that says what would be right.

    `None` in `shape` stands for any number of columns from 1 on. float32 stays float32; all else becomes float64.
    """
    try:
        array = np.asarray(value)
        array = array if array.dtype in (np.float32, np.float64) else array.astype(np.float64, casting="same_kind")
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a matrix of real numbers.") from None
    hint = ": a row a unit, a column an example" if None in shape else ""
    wanted = ", ".join("m" if n is None else str(n) for n in shape)
    if array.ndim != 2 or any(n is not None and n != have for n, have in zip(shape, array.shape, strict=True)):
        raise ValueError(f"{name} must have shape ({wanted}), not {array.shape}{hint}.")
    if array.shape[1] == 0:
        raise ValueError(f"{name} has no examples; its shape must be ({wanted}) with m at least 1.")
    bad = np.argwhere(~np.isfinite(array))
    if len(bad):
        row, column = bad[0]
        raise ValueError(f"{name} must be finite; {name}[{row}, {column}] is {array[row, column]}.")
    return array
