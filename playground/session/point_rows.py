"""A point as the cells of a row in the table, as numbers, and as the browser sends it."""

import math
from collections.abc import Sequence
from typing import Any

from playground.numerals import NumeralError, written
from playground.problems.tables import number_of, target_of


def cells_of(row: Sequence[float], classes: Sequence[str]) -> list[str]:
    """The texts of a point's cells."""
    *inputs, y = row
    return [*map(written, inputs), classes[int(y)] if classes else written(y)]


def point_in(cells: Sequence[str], classes: Sequence[str]) -> list[float] | None:
    """The point in a row of cells; None if there is none."""
    try:
        return [*map(number_of, cells[:-1]), target_of(cells[-1], classes)]
    except NumeralError:
        return None


def point_sent(value: Any, width: int) -> list[float] | None:
    """A list of `width` finite numbers from what the browser sent, or None."""
    numbers = value if isinstance(value, list | tuple) and len(value) == width else ()
    finite = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n)]
    return list(map(float, finite)) if len(finite) == width else None
