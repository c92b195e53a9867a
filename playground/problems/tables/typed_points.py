"""Points as they are typed into the cells of a table: read cell by cell, each cell that is not a number is named."""

from collections.abc import Sequence

from playground.numerals import NumeralError, quoted, read_number
from playground.problems.tables.numbers import MAX_VALUE
from playground.problems.tables.text import TableError

MAX_FAULTS = 5  # cells that are named; the rest is counted


def read_cells(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[int] | None = None,
    classes: Sequence[str] = (),
) -> list[list[float]]:
    """The numbers in the cells of a table, row by row.

    Args:
        names: of the columns.
        rows: the texts of the cells, one row per point.
        numbers: of the rows in the table, where others stand between them; counted from 1.
        classes: the names that the last cell of a row may have, which stands for their places; () for a number.

    Raises:
        TableError: with the row and the column of each cell that is not a number.
    """
    faults: list[str] = []
    points: list[list[float]] = []
    for count, row in zip(numbers or range(1, len(rows) + 1), rows, strict=True):
        points.append([])
        for place, (name, cell) in enumerate(zip(names, row, strict=True), start=1):
            try:
                is_class = bool(classes) and place == len(names)
                points[-1].append(_place(cell, classes) if is_class else number_of(cell))
            except NumeralError as error:
                faults.append(f"row {count}, {name}: {error}")
    if faults:
        more = [f"and {len(faults) - MAX_FAULTS:,} more cells"] * (len(faults) > MAX_FAULTS)
        sentence = "; ".join([*faults[:MAX_FAULTS], *more])
        raise TableError(f"{sentence[0].upper()}{sentence[1:]}.")
    return points


def target_of(cell: str, classes: Sequence[str]) -> float:
    """The y in a text: a number, or the place of a class.

    Raises:
        NumeralError: when it is neither.
    """
    return _place(cell, classes) if classes else number_of(cell)


def _place(cell: str, classes: Sequence[str]) -> float:
    """The place of a class."""
    if cell.strip() not in classes:
        raise NumeralError(f"{quoted(cell)} is not one of {', '.join(classes)}")
    return float(classes.index(cell.strip()))


def number_of(cell: str) -> float:
    """The number in a cell; a NumeralError if there is none that can be learnt."""
    number = read_number(cell)
    if not abs(number) <= MAX_VALUE:
        raise NumeralError(f"{quoted(cell)} is too large to train on; the maximum is {MAX_VALUE:g}")
    return number
