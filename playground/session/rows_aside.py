"""Rows of the table that cannot be learnt: they come back with the points beside which they were typed."""

from typing import NamedTuple

from playground.problems.tables import MAX_ROWS, TableError, read_own, write_own
from playground.session.pasted import Row

MAX_KEPT = 4  # tables
MAX_SENTENCE = 1000  # characters of a refusal


class Aside(NamedTuple):
    """The rows of a table as they were typed, and why they are not learnt; None where some rows are just unfinished."""

    rows: list[Row]
    refusal: str | None


class RowsAside:
    """What stood in the table when other points took its place, by the points that were learnt then."""

    def __init__(self) -> None:
        self._kept: dict[str, Aside] = {}

    def put(self, own: str, rows: list[Row], refusal: str | None) -> None:
        """Keeps the rows that stood beside own points."""
        self._kept[_key(own)] = Aside(rows, refusal)
        while len(self._kept) > MAX_KEPT:
            self._kept.pop(next(iter(self._kept)))

    def take(self, own: str) -> Aside | None:
        """Gives back the rows that stood beside own points; None if there were none."""
        return self._kept.pop(_key(own), None)

    @staticmethod
    def read(kept: object, width: int) -> Aside | None:
        """The rows of so many cells, and the refusal, that a browser has kept; None if it is anything else."""
        rows, refusal = kept if isinstance(kept, list) and len(kept) == 2 else (None, None)
        if not isinstance(rows, list) or len(rows) > MAX_ROWS or not all(_is_row(row, width) for row in rows):
            return None
        is_sentence = refusal is None or (isinstance(refusal, str) and len(refusal) <= MAX_SENTENCE)
        return Aside([list(map(str, row)) for row in rows], refusal) if is_sentence else None


def _is_row(value: object, width: int) -> bool:
    return isinstance(value, list) and len(value) == width and all(isinstance(cell, str) for cell in value)


def _key(own: str) -> str:
    """The points as the page writes them: an address may have them otherwise."""
    try:
        return write_own(read_own(own))
    except TableError:
        return own
