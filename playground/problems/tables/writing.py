"""A table as a CSV file: every number to its last bit."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from playground.problems.tables.lines import MARKS_OF_LINES
from playground.problems.tables.table import Table


def write_own(table: Table) -> str:
    """The text of a table's points with their names, and with the names of their classes, which `read_own` reads."""
    y: Sequence[Any] = table.Ys[0]
    if table.classes:
        y = [table.classes[int(k)] for k in table.Ys[0]]
    return write_table(table.names, [*table.Xs, y])


def write_table(names: Sequence[str], columns: Iterable[npt.ArrayLike]) -> str:
    """The text of a CSV file: a line with the names, then one line per example, every number to its last bit.

    Args:
        names: of the columns; none may be a number.
        columns: one array of m numbers or words per name. Integers are written without decimals, and nan as an empty
            cell.

    Raises:
        ValueError: when there are not as many columns as names, or they differ in length.
    """
    cells = [_cells(np.ravel(column)) for _, column in zip(names, columns, strict=True)]
    text = io.StringIO()
    begins_comment = names[0].startswith(MARKS_OF_LINES)
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL if begins_comment else csv.QUOTE_MINIMAL).writerow(
        names
    )
    csv.writer(text, lineterminator="\n").writerows(zip(*cells, strict=True))
    return text.getvalue()


def _cells(column: npt.NDArray[Any]) -> list[Any]:
    if column.dtype.kind in "iuU":
        return list(column.tolist())
    return ["" if value != value else value for value in column.astype(np.float64).tolist()]  # nan is not itself
