"""Which columns of a file are the inputs, which is the target and which are left out, by their names and contents."""

import re
from collections.abc import Sequence
from itertools import cycle
from typing import NamedTuple

from playground.numerals import plain_text, quoted
from playground.problems.tables.around import key_of
from playground.problems.tables.numbers import Column, is_date, reads
from playground.problems.tables.question import Reading, TwoMeaningsError
from playground.problems.tables.rows import COLUMNS, is_numeric
from playground.problems.tables.sheet import Sheet
from playground.problems.tables.table import MAX_CLASSES
from playground.problems.tables.text import TableError

MAX_LISTED = 3  # columns that are left out and named
ROW_NUMBERS = {  # and whatever ends in id
    *("unnamed:0", "index", "idx", "row", "rows", "rowname", "rownames", "rownumber", "obs", "observation"),
    *("nr", "nr.", "no", "no.", "sno", "s.no", "s.no.", "n°", "nº", "#", "lfdnr", "lfd.nr."),
}
TARGETS = {"z", "class", "label", "labels", "target", "kind", "type", "category", "group", "color", "colour", "species"}


class Choice(NamedTuple):
    """The places of the inputs and, last, of the target; and clauses on the columns that are left out.

    Attributes:
        is_own: whether it is a file of this page, in which every number is meant as one.
    """

    places: tuple[int, ...]
    left_out: tuple[str, ...] = ()
    is_own: bool = False


def choose_columns(sheet: Sheet, reading: Reading) -> Choice:
    """The columns to learn from: those that the visitor has chosen, or else those that the file shows.

    Of more than three that could be learnt, the first two that can are the inputs, and a class, a column that is called
    so or else the last one is the target.

    Raises:
        TableError: when there are too few.
        TwoMeaningsError: when there are two ways.
    """
    columns, every = sheet.columns, range(len(sheet.columns))
    if reading.places is not None:
        return Choice(reading.places, _others(columns, [i for i in every if i not in reading.places]))
    if sheet.names is None and len(columns) > 3 >= len(columns[0].cells):
        raise TableError(
            f"The file has {len(columns)} columns and {len(columns[0].cells)} rows, as if it lay on its side: each "
            "point must have a row of its own, so exchange rows and columns."
        )
    if sheet.names is None and sheet.separator == "commas":
        _ask_about_halves(columns, reading)
    keys = [key_of(name) for name in sheet.names or [""] * len(columns)]
    own = _of_the_page(keys)
    if own is not None:
        return Choice(own, ("what the network answered there left out",), is_own=True)
    left, left_out = list(every), list[str]()
    if sheet.names is not None and len(left) > 2 and _numbers_rows(keys, columns):
        left_out.append(f"{columns[0].place} left out: row {'numbers' if _has_numbers(columns[0]) else 'names'}")
        left = left[1:]
    if sheet.names is None and len(left) > 2 and len(columns[0].cells) > 2 and _counts(columns[0]):
        ways = {
            "Row numbers: leave it out": _chosen(keys, left[1:], columns, reading).places,
            "The input x1": _chosen(keys, left, columns, reading).places,
        }
        if _has_numbers(columns[1]) and 0 in ways["The input x1"]:
            question = "The first column counts the rows: is it the number of the row, or the input x1?"
            raise _two_ways(question, reading, ways)
    chosen = _chosen(keys, left, columns, reading)
    if len(chosen.places) < 2:
        line = columns[0].lines[0] - (sheet.names is not None)
        raise TableError(f"Line {line} must have 2 or 3 columns, not {len(chosen.places)}: {COLUMNS}.")
    return Choice(chosen.places, (*left_out, *chosen.left_out))


def _chosen(keys: Sequence[str], left: Sequence[int], columns: Sequence[Column], reading: Reading) -> Choice:
    """The Choice among the columns that are left, by their names or else their places."""
    named, left_out = _by_names(keys, left, columns, reading), list[str]()
    if named is None:
        target = _class_column(keys, left, columns)
        without = [i for i in left if i != target and not _has_numbers(columns[i])]
        without = without[: max(0, len(left) - 2)]
        left_out += [_why_without(columns[i]) for i in without]
        left = [i for i in left if i not in without]
        named = _by_place(keys, left, columns, target)
    left_out += _others(columns, [i for i in left if i not in named])
    return Choice(named, tuple(left_out))


def _two_ways(question: str, reading: Reading, ways: dict[str, tuple[int, ...]]) -> TwoMeaningsError:
    return TwoMeaningsError(question, {words: reading._replace(places=places) for words, places in ways.items()})


def _ask_about_halves(columns: Sequence[Column], reading: Reading) -> None:
    """Raises a TwoMeaningsError on whole numbers that may be the halves of two or three with decimal commas."""
    numbers = [column.cells for column in columns if _has_numbers(column)]
    halves = cycle([re.compile("[-+]?[0-9]+(?:[ '][0-9]{3})*"), re.compile("[0-9]+")])
    whole = all(
        half.fullmatch(plain_text(cell)) for half, cells in zip(halves, numbers, strict=False) for cell in cells
    )
    if len(numbers) in (4, 6) and whole:
        row, count = ",".join(cells[0] for cells in numbers), len(numbers)
        places = _chosen([""] * len(columns), range(len(columns)), columns, reading).places
        raise TwoMeaningsError(
            f"{quoted(row)} can be {count} whole numbers, or {count // 2} with decimal commas. For these, write "
            "semicolons between the columns; otherwise choose below.",
            {f"{count} whole numbers": reading._replace(places=places)},
        )


def _others(columns: Sequence[Column], places: Sequence[int]) -> tuple[str, ...]:
    """Clauses on columns that are left out."""
    if len(places) > MAX_LISTED:
        return (f"the other {len(places)} columns left out",)
    return tuple(f"{columns[i].place} left out" for i in places)


def _of_the_page(keys: Sequence[str]) -> tuple[int, ...] | None:
    """The columns of the points in a file of this page (sharing/tables.py); None if it is another."""
    if keys[-1] != "testpoint":
        return None
    outputs = 1 if keys[-2] == "network" else MAX_CLASSES
    count = len(keys) - 1 - outputs
    is_own = count in (2, 3) and all(key.startswith("network") for key in keys[count:-1])
    return tuple(range(count)) if is_own else None


def _class_column(keys: Sequence[str], left: Sequence[int], columns: Sequence[Column]) -> int | None:
    """The column of words that is a class: one that is called so, the last one, or the only one."""
    words = [i for i in left if not _has_numbers(columns[i])]
    few = [i for i in words if len(set(columns[i].cells)) <= MAX_CLASSES]
    if len(left) > 2:
        named = [i for i in few if keys[i] in TARGETS]
        can_be = [i for i in few if i == left[-1] or (len(words) == 1 and not _all_differ(columns[i].cells))]
        few = named or can_be
    else:
        few = [i for i in few if i == left[-1]]
    return few[-1] if few else None


def _all_differ(cells: Sequence[str]) -> bool:
    """Whether no two rows have the same, as where the cells are the names of the rows."""
    return len(set(cells)) == len(cells)


def _why_without(column: Column) -> str:
    """A clause on a column of words that is left out."""
    different = len(set(column.cells))
    too_many = MAX_CLASSES < different < len(column.cells)
    why = f"{different:,} different words, and there can be {MAX_CLASSES} classes" if too_many else "no numbers"
    return f"{column.place} left out: {why}"


def _by_place(
    keys: Sequence[str], left: Sequence[int], columns: Sequence[Column], target: int | None
) -> tuple[int, ...]:
    """The inputs and the target among columns that are not called x, x1, x2 and y."""
    if target is None:
        named = [i for i in left if keys[i] in TARGETS or keys[i] == "y"]
        target = named[0] if len(named) == 1 and len(left) > 2 else left[-1]
    inputs = [i for i in left if i != target]
    if len(inputs) > 2:
        inputs = ([i for i in inputs if _can_be_input(columns[i])] or inputs)[:2]
    return (*inputs, target)


def _can_be_input(column: Column) -> bool:
    return all(map(is_numeric, column.cells)) and len(set(column.cells)) > 1


def _has_numbers(column: Column) -> bool:
    """Whether at least half of the cells of a column that are filled are numbers."""
    filled = [cell for cell in column.cells if cell]
    return 2 * sum((is_numeric(cell) or reads(cell)) and not is_date(cell) for cell in filled) >= len(filled)


def _counts(column: Column) -> bool:
    """Whether a column counts the rows, from 0 or 1."""
    cells = column.cells
    return any(all(cell == str(i) for i, cell in enumerate(cells, start=start)) for start in (0, 1))


def _numbers_rows(keys: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether the first column is that of a data frame's row numbers or names."""
    cells = columns[0].cells
    if keys[0] == "" or keys[0].startswith("unnamed:"):
        return any(keys[1:]) and _all_differ(cells)
    return (keys[0] in ROW_NUMBERS or keys[0].endswith("id")) and _counts(columns[0])


def _by_names(
    keys: Sequence[str], left: Sequence[int], columns: Sequence[Column], reading: Reading
) -> tuple[int, ...] | None:
    """The columns that are named x, x1, x2 and y, in any order; None where the names do not say."""
    place = {keys[i]: i for i in left if [keys[j] for j in left].count(keys[i]) == 1}
    others = [i for i in left if keys[i] not in ("x", "x1", "x2", "y")]
    if {"x1", "x2", "y"} <= place.keys():
        return place["x1"], place["x2"], place["y"]
    if {"x1", "x2"} <= place.keys() and len(others) == 1:
        return place["x1"], place["x2"], others[0]
    if {"x", "y"} <= place.keys():
        is_class = len(others) == 1 and _class_column(keys, left, columns) == others[0]
        if len(others) != 1 or not (is_class or _has_numbers(columns[others[0]])):
            return place["x"], place["y"]
        if is_class or keys[others[0]] in TARGETS:
            return place["x"], place["y"], others[0]
        raise _two_ways(
            f"Is y what is to be learned from x, or are x and y the inputs of {columns[others[0]].place}?",
            reading,
            {
                "Learn y from x": (place["x"], place["y"]),
                "Learn it from x and y": (place["x"], place["y"], others[0]),
            },
        )
    if "y" in place and len(left) in (2, 3):
        return (*[i for i in left if i != place["y"]], place["y"])
    if "x" in place and len(left) == 2 and "t" not in place:  # where something is at a time
        return (place["x"], *[i for i in left if i != place["x"]])
    return None
