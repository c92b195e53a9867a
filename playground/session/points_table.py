"""The table in which own points are typed: it keeps its focus, its scroll and its half rows through its own edits.

Streamlit's table is made of a base, and sends all edits since then, every time. As long as the base and the key are the
same, the table stays as it is. So the base changes only when the points are changed elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from playground.session.pasted import Pasted, Row, pasted_block

MAX_REMEMBERED = 8  # tables whose last edits are known


class PointsTable:
    """The base of the table, and the rows that the visitor's edits make of it.

    Attributes:
        columns: their names.
        base: the rows that the table was given.
        rows: what it shows now: the base with the visitor's edits.
        question: a block that was pasted and can be read in two ways; None without.
    """

    def __init__(self) -> None:
        self.columns: tuple[str, ...] = ()
        self.base: list[Row] = []
        self.rows: list[Row] = []
        self.question: Pasted | None = None
        self._version = 0
        self._edits: dict[str, Mapping[str, Any]] = {}  # as they came last, by key, of this table and those before it

    @property
    def key(self) -> str:
        """The key of the table's widget: another one for another base."""
        return f"own_points_{self._version}"

    @property
    def half_rows(self) -> list[Row]:
        """The rows of which something, but not all, has been typed."""
        return [row for row in self.rows if any(row) and not all(row)]

    @property
    def whole_rows(self) -> dict[int, Row]:
        """The rows that are complete, by their number in the table, counted from 1."""
        return {number: row for number, row in enumerate(self.rows, start=1) if all(row)}

    def show(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Shows other rows. Half rows stay, at the end, if they have as many columns."""
        half = self.half_rows if len(columns) == len(self.columns) else []
        self.columns = tuple(columns)
        self.show_as_typed([*map(list, rows), *half])

    def show_as_typed(self, rows: Sequence[Row]) -> None:
        """Shows rows that hold everything that was typed, and no others."""
        self.base = self.rows = list(rows)
        self.question = None
        self._edits = dict(list(self._edits.items())[-MAX_REMEMBERED:])
        self._version += 1

    def take(self, key: str, edits: object) -> bool:
        """Takes the edits of the table that has a key.

        Args:
            key: of the table's widget when the edits were made.
            edits: as Streamlit gives them, by whatever was sent: "edited_rows", "added_rows" and "deleted_rows".

        Returns:
            Whether they are edits of this table, or are known already: of a table before it they come once more.
        """
        read = dict(edits) if isinstance(edits, Mapping) else {}
        if key != self.key:
            return not any(read.values()) or self._edits.get(key) == read
        self._edits[key] = read
        before, self.rows = self.rows, self._edited(read)
        self.question = pasted_block(before, self.rows, self.columns)
        if self.question is not None and self.question.is_sure:
            self.take_apart(self.question)
        return True

    def take_apart(self, pasted: Pasted) -> None:
        """Puts the cells of a pasted block beside each other."""
        rows = [pasted.rows.get(place, row) for place, row in enumerate(self.rows)]
        self.show_as_typed([row for place, row in enumerate(rows) if any(row) or place not in pasted.rows])

    def change_row(self, old: Sequence[float] | None, new: Row | None, numbers: Callable[[Row], object]) -> None:
        """Changes a row as it was changed elsewhere; all others stay as they are, with what cannot be learnt in them.

        Args:
            old: the numbers in the row that is replaced; None for a new one.
            new: what replaces it; None for nothing.
            numbers: of a row, None where it has none.
        """
        rows = list(self.rows)
        place = next((i for i, row in enumerate(rows) if old is not None and numbers(row) == old), None)
        if place is not None:
            rows[place : place + 1] = [] if new is None else [new]
        elif new is not None:
            rows.append(new)
        self.show_as_typed(rows)

    def _edited(self, edits: Mapping[str, Any]) -> list[Row]:
        edited, deleted, added = (edits.get(f"{what}_rows") for what in ("edited", "deleted", "added"))
        rows = [list(row) for row in self.base]
        for place, cells in edited.items() if isinstance(edited, Mapping) else ():
            if isinstance(place, int) and 0 <= place < len(rows) and isinstance(cells, Mapping):
                rows[place] = self._row(cells, rows[place])
        gone = [place for place in deleted if isinstance(place, int)] if isinstance(deleted, list) else []
        rows = [row for place, row in enumerate(rows) if place not in gone]
        new = [cells for cells in added if isinstance(cells, Mapping)] if isinstance(added, list) else []
        return rows + [self._row(cells, [""] * len(self.columns)) for cells in new]

    def _row(self, cells: Mapping[str, object], before: Row) -> Row:
        """A row with some of its cells changed."""
        texts = [cells.get(name, was) for name, was in zip(self.columns, before, strict=True)]
        return ["" if text is None else str(text).strip() for text in texts]
