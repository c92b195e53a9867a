"""Which columns of a file are the inputs, which is the target and which are left out, by their names and contents."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from playground.problems.tables.numbers import Column
from playground.problems.tables.rows import COLUMNS, is_numeric
from playground.problems.tables.text import TableError

MAX_CLASSES = 3
ROW_NUMBERS = {
    "unnamed:0",
    "index",
    "id",
    "row",
    "rows",
    "rowname",
    "rownames",
    "rownumber",
    "nr",
    "no",
    "no.",
    "n°",
    "#",
}
TARGETS = {"z", "class", "label", "labels", "target", "kind", "type", "category", "group", "color", "colour", "species"}
OF_THE_PAGE = re.compile(r"network.*|testpoint")  # what the page's own points.csv has beside the points


class Choice(NamedTuple):
    """The places of the inputs and, last, of the target; and clauses on the columns that are left out."""

    places: tuple[int, ...]
    left_out: list[str]


class TwoWaysError(TableError):
    """A file that can be read in two ways.

    Attributes:
        answers: for each what to press, and the places of the columns.
    """

    def __init__(self, message: str, answers: dict[str, tuple[int, ...]]) -> None:
        super().__init__(message)
        self.answers = answers


def choose_columns(names: Sequence[str] | None, columns: Sequence[Column]) -> Choice:
    """The columns to learn from.

    Args:
        names: as they stand in the file; None if it has none.
        columns: none of them empty throughout.

    Raises:
        TableError: when there are too many or too few.
        TwoWaysError: when there are two ways.
    """
    left = list(range(len(columns)))
    left_out: list[str] = []
    keys = [_key(name) for name in names] if names is not None else [""] * len(columns)
    if names is not None and len(left) > 2 and _numbers_rows(keys, columns):
        what = "row numbers" if _has_numbers(columns[0]) else "row names"
        left_out.append(f"{columns[0].place} left out: {what}")
        left = left[1:]
    if (
        names is None
        and len(left) == 3
        and len(columns[0].cells) > 4
        and _counts(columns[0])
        and _has_numbers(columns[1])
    ):
        raise TwoWaysError(
            "The first column counts the rows: is it the number of the row, or the input x1?",
            {"Row numbers: leave it out": (1, 2), "The input x1": (0, 1, 2)},
        )
    named = _by_names(keys, left, columns)
    if named is None:
        words = [i for i in left if not _has_numbers(columns[i])]
        few = [i for i in words if len(set(columns[i].cells)) <= MAX_CLASSES]
        target = [i for i in few if i == left[-1] or (len(words) == 1 and len(left) == 3)]
        for i in words:
            if i not in target[-1:] and len(left) > 2:
                left_out.append(f"{columns[i].place} left out: no numbers")
                left.remove(i)
        named = tuple([i for i in left if i not in target[-1:]] + target[-1:])
    else:
        left_out += [f"{columns[i].place} left out" for i in left if i not in named]
    if len(named) not in (2, 3):
        which = "; name those to use x and y, or x1, x2 and y" if names is not None and len(named) > 3 else ""
        line = columns[0].lines[0] - (names is not None) if columns and columns[0].lines else 1
        raise TableError(f"Line {line} must have 2 or 3 columns, not {len(named):,}: {COLUMNS}{which}.")
    return Choice(named, left_out)


def _key(name: str) -> str:
    """A name as it is compared: X_1, x 1 and x₁ are x1."""
    return re.sub(r"[\s_]", "", unicodedata.normalize("NFKC", name).casefold())


def _has_numbers(column: Column) -> bool:
    """Whether at least half of the cells of a column that are filled are numbers."""
    filled = [cell for cell in column.cells if cell]
    return 2 * sum(map(is_numeric, filled)) >= len(filled)


def _counts(column: Column) -> bool:
    """Whether a column counts the rows, from 0 or 1."""
    cells = column.cells
    return any(all(cell == str(i) for i, cell in enumerate(cells, start=start)) for start in (0, 1))


def _numbers_rows(keys: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether the first column is that of a data frame's row numbers or names."""
    cells = columns[0].cells
    if keys[0] == "" or keys[0].startswith("unnamed:"):
        return any(keys[1:]) and len(set(cells)) == len(cells)
    return keys[0] in ROW_NUMBERS and _counts(columns[0])


def _by_names(keys: Sequence[str], left: Sequence[int], columns: Sequence[Column]) -> tuple[int, ...] | None:
    """The columns that are named x, x1, x2 and y, in any order; None where the names do not say."""
    place = {keys[i]: i for i in left if [keys[j] for j in left].count(keys[i]) == 1}
    others = [i for i in left if keys[i] not in ("x", "x1", "x2", "y") and not OF_THE_PAGE.fullmatch(keys[i])]
    if {"x1", "x2", "y"} <= place.keys():
        return place["x1"], place["x2"], place["y"]
    if {"x1", "x2"} <= place.keys() and len(others) == 1:
        return place["x1"], place["x2"], others[0]
    if {"x", "y"} <= place.keys():
        if len(others) != 1:
            return place["x"], place["y"]
        if keys[others[0]] in TARGETS or not _has_numbers(columns[others[0]]):
            return place["x"], place["y"], others[0]
        raise TwoWaysError(
            f"Is y what is to be learned from x, or are x and y the inputs of {columns[others[0]].place}?",
            {
                "Learn y from x": (place["x"], place["y"]),
                "Learn it from x and y": (place["x"], place["y"], others[0]),
            },
        )
    if "y" in place and len(left) in (2, 3):
        return (*[i for i in left if i != place["y"]], place["y"])
    if "x" in place and len(left) == 2:
        return (place["x"], *[i for i in left if i != place["x"]])
    return None
