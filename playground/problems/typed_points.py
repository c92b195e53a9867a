"""Points as they are typed into the cells of a table: read cell by cell, each cell that is not a number is named."""

from collections.abc import Sequence

from playground.numerals import NumeralError, quoted, read_number
from playground.problems.table import MAX_VALUE, TableError

MAX_FAULTS = 5  # cells that are named; the rest is counted


def read_cells(
    names: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] | None = None
) -> list[list[float]]:
    """The numbers in the cells of a table, row by row.

    Args:
        names: of the columns.
        rows: the texts of the cells, one row per point.
        numbers: of the rows in the table, where others stand between them; counted from 1.

    Raises:
        TableError: with the row and the column of each cell that is not a number.
    """
    faults: list[str] = []
    points: list[list[float]] = []
    for count, row in zip(numbers or range(1, len(rows) + 1), rows, strict=True):
        points.append([])
        for name, cell in zip(names, row, strict=True):
            try:
                points[-1].append(_number(cell))
            except NumeralError as error:
                faults.append(f"row {count}, {name}: {error}")
    if faults:
        more = [f"and {len(faults) - MAX_FAULTS:,} more cells"] * (len(faults) > MAX_FAULTS)
        sentence = "; ".join([*faults[:MAX_FAULTS], *more])
        raise TableError(f"{sentence[0].upper()}{sentence[1:]}.")
    return points


def _number(cell: str) -> float:
    number = read_number(cell)
    if not abs(number) <= MAX_VALUE:
        raise NumeralError(f"{quoted(cell)} is too large to train on; the maximum is {MAX_VALUE:g}")
    return number
