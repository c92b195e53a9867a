"""A block that was pasted into the table, with semicolons, bars, commas or spaces between its cells.

The table in the browser splits a block only at tabs, and puts each line of any other into one cell.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from playground.problems.tables import reads

MARKS = (";", "|", ", ", ",", " ")  # of equally good ones the first
_IN_BRACKETS = re.compile(r"\s*(?:[\[({](.*)[\])}],?|\|(.*)\|)\s*", re.DOTALL)  # (1, 2), and | 1 | 2 |
Row = list[str]


class Pasted(NamedTuple):
    """A block.

    Attributes:
        rows: by place in the table, the cells of each row; all "" for a line of names.
        is_sure: whether there is no other way to read it; 1,2 could be one number with a decimal comma.
    """

    rows: Mapping[int, Row]
    is_sure: bool


def pasted_block(before: Sequence[Row], after: Sequence[Row], columns: Sequence[str]) -> Pasted | None:
    """The block whose pasting has changed a table; None if the table has changed in another way.

    Args:
        before, after: the rows of the table.
        columns: their names.
    """
    if len(after) < len(before):
        return None
    blank = [""] * len(columns)
    old = [*before, *(blank for _ in range(len(after) - len(before)))]
    changed = {i: row for i, (row, was) in enumerate(zip(after, old, strict=True)) if row != was and row[0]}
    texts = [row[0] for row in changed.values()]
    if not texts or any(row[1:] != old[i][1:] for i, row in changed.items()):
        return None
    numeric = [reads(text) for text in texts]
    tries = [(mark, [_split(text, mark) for text in texts]) for mark in MARKS]
    fitting = [(mark, rows) for mark, rows in tries if all(2 <= len(row) <= len(columns) for row in rows)]
    if not fitting:
        return None
    mark, rows = max(fitting, key=lambda tried: _fit(tried[1], len(columns)))
    is_sure = mark not in (",", " ") or not all(numeric)
    if not is_sure and (len(texts) == 1 or mark == " "):
        return None  # one number, such as 0,5 or 20 000
    if _is_header(rows[0], columns):
        rows[0] = []
    filled = [[*row, *blank[len(row) :]] for row in rows]
    return Pasted(dict(zip(changed, filled, strict=True)), is_sure)


def _fit(rows: Sequence[Row], width: int) -> tuple[int, bool]:
    """How many cells are numbers, less those that are none; and whether every row has a cell for each column."""
    cells = [cell for row in rows for cell in row]
    return sum(1 if reads(cell) else -1 for cell in cells), all(len(row) == width for row in rows)


def _split(text: str, mark: str) -> Row:
    """The cells of a line, without empty ones at its end."""
    bare = _IN_BRACKETS.fullmatch(text)
    line = (bare[1] or bare[2] or "") if bare else text
    if mark == ", ":
        return [cell.strip() for cell in re.split(r",\s+", line)] if '"' not in line else []
    line = " ".join(line.split()) if mark == " " else line
    try:
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])]
    except csv.Error:  # a cell of more than 131,072 characters
        return []
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _is_header(cells: Row, columns: Sequence[str]) -> bool:
    return not any(map(reads, cells)) and {cell.casefold() for cell in cells} <= {
        name.casefold() for name in (*columns, "x", "x1", "x2", "y")
    }
