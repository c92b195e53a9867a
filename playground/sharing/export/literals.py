"""Numbers and arrays as source text that reads back as exactly the same numbers."""

import textwrap

import numpy as np

from nn.arrays import Matrix

WIDTH = 112  # characters in a line


def number(value: float) -> str:
    """A float as short as it is exact: 5 for 5.0, and otherwise its repr."""
    value = float(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def matrix(array: Matrix) -> str:
    """A matrix as `np.array(...)`, several numbers per line; float32 as float32."""
    rows = [", ".join(map(str, row)) for row in array]  # str: the shortest text that reads back the same in its type
    dtype = ", np.float32" if array.dtype == np.float32 else ""
    short = f"np.array([{', '.join(f'[{row}]' for row in rows)}]{dtype})"
    if len(short) <= WIDTH:
        return short
    lines = "\n".join(f"    [{_wrapped(row)}]," for row in rows)
    return f"np.array([\n{lines}\n]{dtype})"


def column(values: Matrix | float) -> str:
    """A (k, 1) matrix as source text, as a number where k is 1."""
    array = np.atleast_2d(values)
    return number(array[0, 0]) if len(array) == 1 else matrix(array)


def _wrapped(row: str) -> str:
    """The numbers of a row, on lines of their own where they do not fit on one."""
    if len(row) <= WIDTH:
        return row
    return "\n" + textwrap.indent(textwrap.fill(row, WIDTH, break_on_hyphens=False), 8 * " ") + "\n    "
