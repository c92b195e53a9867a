"""Numbers and arrays as source text that reads back as exactly the same numbers."""

import textwrap

import numpy as np

WIDTH = 112


def number(value):
    """A float as short as it is exact: 5 for 5.0, and otherwise as repr has it."""
    value = float(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def matrix(array):
    """A matrix as `np.array(...)`, several numbers a line; float32 as float32."""
    rows = [
        ", ".join(map(str, row)) for row in array
    ]  # str: the shortest text that reads back as the same, of its type
    kind = ", np.float32" if array.dtype == np.float32 else ""
    short = f"np.array([{', '.join(f'[{row}]' for row in rows)}]{kind})"
    if len(short) <= WIDTH:
        return short
    lines = "\n".join(f"    [{_wrapped(row)}]," for row in rows)
    return f"np.array([\n{lines}\n]{kind})"


def column(array):
    """A (k, 1) matrix as source text, as a number where k is 1."""
    return number(array[0, 0]) if len(array) == 1 else matrix(array)


def _wrapped(row):
    """A row's numbers, on lines of their own where they do not fit on one."""
    if len(row) <= WIDTH:
        return row
    return "\n" + textwrap.indent(textwrap.fill(row, WIDTH, break_on_hyphens=False), 8 * " ") + "\n    "
