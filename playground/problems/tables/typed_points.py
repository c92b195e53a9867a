"""Points as they are typed into the cells of a table: read cell by cell, each cell that is not a number is named."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.numerals import SIMPLE, NumeralError, quoted, read_number
from playground.problems.tables.names import name_of
from playground.problems.tables.numbers import MAX_VALUE, MISSING, fault
from playground.problems.tables.rows import is_numeric
from playground.problems.tables.table import MAX_CLASSES
from playground.problems.tables.text import TableError

MAX_FAULTS = 5  # cells that are named; the rest is counted


class Cells(NamedTuple):
    """The points in the cells of a table, row by row; and the names of the classes that the last numbers stand for."""

    points: list[list[float]]
    classes: tuple[str, ...]


def read_cells(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[int] | None = None,
    classes: Sequence[str] = (),
) -> Cells:
    """The Cells of a table.

    Args:
        names: of the columns.
        rows: the texts of the cells, one row per point.
        numbers: of the rows in the table, where others stand between them; counted from 1.
        classes: the names that the last cell of a row may have, beside those of new classes; () for a number.

    Raises:
        TableError: with the row and the column of each cell that is not a number, or not a class.
    """
    faults: list[str] = []
    points: list[list[float]] = []
    found = _classes(rows, classes) if classes else ()
    for count, row in zip(numbers or range(1, len(rows) + 1), rows, strict=True):
        points.append([])
        for place, (name, cell) in enumerate(zip(names, row, strict=True), start=1):
            try:
                is_class = bool(classes) and place == len(names)
                points[-1].append(float(found.index(_class(cell, found))) if is_class else number_of(cell))
            except NumeralError as error:
                faults.append(f"row {count}, {name}: {error}")
    if faults:
        more = [f"and {len(faults) - MAX_FAULTS:,} more cells"] * (len(faults) > MAX_FAULTS)
        sentence = "; ".join([*faults[:MAX_FAULTS], *more])
        raise TableError(f"{sentence[0].upper()}{sentence[1:]}.")
    return Cells(points, found)


def _classes(rows: Sequence[Sequence[str]], classes: Sequence[str]) -> tuple[str, ...]:
    """The classes of rows: those of before that are still there, and as many new ones as there can be."""
    old = [name for row in rows if (name := _known(row[-1], classes)) is not None]
    new = [_new(row[-1], classes) for row in rows if _known(row[-1], classes) is None]
    return tuple(sorted(list(dict.fromkeys([*old, *filter(None, new)]))[:MAX_CLASSES]))


def _known(cell: str, classes: Sequence[str]) -> str | None:
    """The class that a cell names: 1 stands for class 1, and small letters for large ones."""
    for same in (str.strip, lambda text: text.strip().casefold(), lambda text: f"class {text.strip()}"):
        found = [name for name in classes if same(cell) in (name, name.casefold())]
        if len(found) == 1:
            return found[0]
    return None


def _new(cell: str, classes: Sequence[str]) -> str:
    """The name of a new class; "" if a cell can be none: a number, or a sign that something is missing."""
    name = name_of(cell)
    if is_numeric(cell):
        is_numbered = all(is_numeric(each.removeprefix("class ")) for each in classes)
        return f"class {number_of(cell):g}" if is_numbered and SIMPLE.fullmatch(cell) else ""
    return "" if cell.strip().casefold() in MISSING else name


def _class(cell: str, classes: Sequence[str]) -> str:
    name = _known(cell, classes) or _known(_new(cell, classes), classes)
    if name is None:
        full = f"; there can be {MAX_CLASSES} classes at most" * (len(classes) == MAX_CLASSES)
        raise NumeralError(f"{quoted(cell)} is not one of {', '.join(classes)}{full}")
    return name


def target_of(cell: str, classes: Sequence[str]) -> float:
    """The y in a text: a number, or the place of a class.

    Raises:
        NumeralError: when it is neither.
    """
    return float(classes.index(_class(cell, classes))) if classes else number_of(cell)


def number_of(cell: str) -> float:
    """The number in a cell; a NumeralError if there is none that can be learnt."""
    try:
        number = read_number(cell)
    except NumeralError as error:
        raise NumeralError(fault(cell.strip(), error) if cell.strip() else str(error), error.readings) from None
    if not abs(number) <= MAX_VALUE:
        raise NumeralError(f"{quoted(cell)} is too large to train on; the maximum is {MAX_VALUE:g}")
    return number
