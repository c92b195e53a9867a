"""Numbers that programs write where a value is missing, such as -999: asked about, never learnt or left out unsaid."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.numerals import quoted, written
from playground.problems.tables.numbers import Column
from playground.problems.tables.question import Reading, TwoMeaningsError

_NINES = (99.0, 999.0, 9999.0, 99999.0, 99.9, 999.9, 9999.9, 99.99, 999.99)
CODES = frozenset(
    (*(-nines for nines in _NINES), *(nines for nines in _NINES if nines >= 999), -32768.0, 1e20, -1e20, 1e30, -1e30)
)
MIN_OTHERS = 2  # numbers that show how far from them it is


class Missing(NamedTuple):
    """The rows in which a value is missing, and clauses that say so."""

    rows: frozenset[int]
    notes: tuple[str, ...]


def codes_in(numbers: Sequence[float]) -> set[float]:
    """The numbers of a column that may stand for a missing value: as far from all others as those from each other."""
    others = [number for number in numbers if number not in CODES]
    if len(others) < MIN_OTHERS:
        return set()
    low, high = min(others), max(others)
    return {code for code in CODES.intersection(numbers) if max(low - code, code - high) >= high - low}


def missing_rows(columns: Sequence[Column], values: Sequence[Sequence[float]], reading: Reading) -> Missing:
    """The rows that are left out, as the visitor has answered.

    Args:
        columns, values: the columns of numbers, and their numbers.
        reading: the answers.

    Raises:
        TwoMeaningsError: when there may be such a row, and it has not been asked yet.
    """
    codes = [codes_in(numbers) if reading.missing is not False else set() for numbers in values]
    if not any(codes):
        return Missing(frozenset(), ())
    gone = [
        [i for i, number in enumerate(numbers) if number in its] for numbers, its in zip(values, codes, strict=True)
    ]
    rows = frozenset(row for each in gone for row in each)
    found = [
        (column, [numbers[i] for i in range(len(numbers)) if i not in places], places)
        for column, numbers, places in zip(columns, values, gone, strict=True)
        if places
    ]
    if reading.missing is None:
        column, others, places = found[0]
        cell, low, high = column.cells[places[0]], min(others), max(others)
        usual = f"{written(low)} to {written(high)}" if low < high else f"all {written(low)}"
        count = f"{len(rows):,} rows" if len(rows) > 1 else "1 row"
        raise TwoMeaningsError(
            f"In {column.place}, {quoted(cell)} is far from the other numbers ({usual}), and many programs write it "
            "where a value is missing: choose below what is meant.",
            {
                f"{cell} is missing: leave {count} out": reading._replace(missing=True),
                f"{cell} is a number": reading._replace(missing=False),
            },
        )
    return Missing(rows, tuple(_clause(column, places) for column, _, places in found))


def _clause(column: Column, places: Sequence[int]) -> str:
    cells = " or ".join(dict.fromkeys(column.cells[i] for i in places))
    rows = f"{len(places):,} rows" if len(places) > 1 else f"line {column.lines[places[0]]}"
    return f"{rows} left out: {cells} in {column.place} is missing"
