"""The waiting line for long work: over all visitors, so much of it runs at once, and the rest in order of arrival.

A visitor keeps a place by asking for it. When the page or the panel is closed, nothing asks any more, and the place is
soon lost.
"""

import threading
import time


class Line:
    """Where visitors wait for work of one kind.

    Args:
        at_once: how many may do it at a time.
        patience: seconds without a question after which a place is lost.
    """

    def __init__(self, at_once: int, patience: float) -> None:
        self.at_once, self.patience = at_once, patience
        self._guard = threading.Lock()
        self._places: list[Place] = []

    def join(self) -> "Place":
        """A place at the end."""
        place = Place(self)
        with self._guard:
            self._places.append(place)
        return place

    def before(self, place: "Place") -> int:
        """How many have to end before a place's turn comes; 0 during its turn, and for a place that is lost."""
        with self._guard:
            self._places = [each for each in self._places if not each.is_lost]
            return max(0, self._places.index(place) - self.at_once + 1) if place in self._places else 0


class Place:
    """A place in a Line, held until it is left, or until nobody has asked for it for a while."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._asked: float | None = time.monotonic()  # None once it is left

    @property
    def is_lost(self) -> bool:
        """Whether it is no longer held."""
        return self._asked is None or time.monotonic() - self._asked > self._line.patience

    @property
    def before(self) -> int:
        """How many come first; 0 when its turn has come. Does not count as asking."""
        return self._line.before(self)

    def ask(self) -> int:
        """How many come first, and holds the place for longer, unless it is lost."""
        if not self.is_lost:
            self._asked = time.monotonic()
        return self.before

    def leave(self) -> None:
        """Gives it to the next one; once it is left, this does nothing."""
        self._asked = None
