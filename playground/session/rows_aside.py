"""Rows of the table that cannot be learnt: they come back with the points beside which they were typed."""

from typing import NamedTuple

from playground.problems.tables import TableError, read_own, write_own
from playground.session.pasted import Row

MAX_KEPT = 4  # tables


class Aside(NamedTuple):
    """The rows of a table as they were typed, and why they are not what is learnt; None where some are only half."""

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


def _key(own: str) -> str:
    """The points as the page writes them: an address may have them otherwise."""
    try:
        return write_own(read_own(own))
    except TableError:
        return own
