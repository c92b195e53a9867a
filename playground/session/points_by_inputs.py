"""The own points of the number of inputs that is not chosen: each number has points of its own."""

from collections.abc import Mapping

from playground.experiment import DEFAULTS
from playground.problems.tables import TableError, read_own
from playground.session.own_data import MAX_KEPT

FIRST_POINTS: Mapping[int, str] = {  # by number of inputs
    1: DEFAULTS["own"],
    2: "x1,x2,y\n-1,-1,1\n-1,1,0\n1,-1,0\n1,1,1\n",
}


class PointsByInputs:
    """The points that were learnt last with each number of inputs."""

    def __init__(self) -> None:
        self._last = dict(FIRST_POINTS)

    def note(self, own: str) -> None:
        """Notes points that others replace."""
        try:
            count = len(read_own(own).Xs)
        except TableError:  # of an address
            return
        self._last[count] = own

    def of(self, count: int) -> str:
        """The points with so many inputs."""
        return self._last[count]

    @property
    def kept(self) -> tuple[str, ...]:
        """Those that the visitor made, except any that are too long for their browser to keep."""
        made = (own for count, own in self._last.items() if own != FIRST_POINTS[count])
        return tuple(own for own in made if len(own) <= MAX_KEPT)

    def load(self, kept: object) -> None:
        """Takes what a browser has kept; anything else changes nothing."""
        for own in kept[: len(FIRST_POINTS)] if isinstance(kept, list) else ():
            if isinstance(own, str) and len(own) <= MAX_KEPT:
                self.note(own)
