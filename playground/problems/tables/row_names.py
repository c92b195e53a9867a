"""The names of rows in the first column, over which R writes no name: all other columns have theirs one place early."""

import re
from collections.abc import Callable, Sequence

from playground.problems.tables.around import Row, Test, length_of

_WHOLE = re.compile(r"[-+]?\d+")


def lacking_a_name(
    text: str, rows: Sequence[Row], width: int, mark: str, is_numeric: Test
) -> Callable[[list[str]], bool]:
    """A test whether a row has names for all columns but that of the rows' names, which are words or whole numbers.

    By commas, the column without a name can also be the decimals of another; but R writes names in quotes.

    Args:
        text: of the file.
        rows: its rows; those that are as wide as most show whether they have names.
        width: how wide that is.
        mark: between their cells.
        is_numeric: whether a cell is meant as a number.
    """
    wide = [cells for _, cells in rows if length_of(cells) == width]
    firsts = [cells[0] for cells in wide]
    have_names = len(set(firsts)) == len(firsts) > 1
    have_names = have_names and all(cell.isdecimal() or not is_numeric(cell) for cell in firsts)
    if mark == "," and text.count('\n"') < len(wide):
        found = [halves(cells) for cells in wide if any(map(is_numeric, cells))]
        have_names = have_names and not (found and set.intersection(*found))
    return lambda cells: have_names and len(cells) == width - 1 and not any(map(is_numeric, cells))


def halves(cells: Sequence[str]) -> set[int]:
    """Where a whole number stands before digits that can be its decimals."""
    return {i for i in range(len(cells) - 1) if _WHOLE.fullmatch(cells[i]) and cells[i + 1].isdecimal()}
