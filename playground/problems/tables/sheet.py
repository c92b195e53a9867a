"""The columns of a file in which something stands, before it is known which of them are learnt."""

from typing import NamedTuple

from playground.problems.tables.names import name_of
from playground.problems.tables.numbers import Column, columns_of
from playground.problems.tables.rows import read_rows
from playground.problems.tables.text import TableError, is_in_windows, text_of


class Sheet(NamedTuple):
    """What is in a file.

    Attributes:
        names: of the columns, "" for none; None for a file without names.
        columns: none of them empty throughout.
        separator: what is between two cells, in words.
        left_out: clauses on what of the file was left out.
    """

    names: tuple[str, ...] | None
    columns: tuple[Column, ...]
    separator: str
    left_out: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What each column is called: its name, or its place where it has none or shares it."""
        names = self.names or [""] * len(self.columns)
        return tuple(
            name if name and names.count(name) == 1 else column.place
            for name, column in zip(names, self.columns, strict=True)
        )


def open_sheet(data: bytes) -> Sheet:
    """The Sheet in the bytes of a file with separated values. A first row without any number names the columns.

    Raises:
        TableError: when there is none, with line and column of the file, both counted from 1.
    """
    found = read_rows(text_of(data))
    if not found.rows:
        raise TableError("The file must have at least 2 rows of numbers, not 0.")
    width = len(found.rows[0][1])
    names = list(map(name_of, found.names)) if found.names is not None else [""] * width
    places = [f"column {i + 1}" + f" ({name})" * bool(name) for i, name in enumerate(names)]
    columns = columns_of(found.rows, places)
    filled = [i for i in range(width) if any(columns[i].cells)]
    empty = [f"{places[i]} left out: empty" for i in range(width) if i not in filled and names[i]]
    letters = ["read with the letters of Western Windows: if names look wrong, save the file as UTF-8"]
    return Sheet(
        tuple(names[i] for i in filled) if found.names is not None else None,
        tuple(columns[i] for i in filled),
        found.separator,
        (*found.left_out, *empty, *letters * is_in_windows(data)),
    )
