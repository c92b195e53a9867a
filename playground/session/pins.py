"""The runs that the visitor has pinned, to be compared."""

from collections.abc import Sequence

from playground.compare import comparison
from playground.compare.comparison import LETTERS, MAX_PINNED, Pinned
from playground.session.player_controls import PlayerControls


class Pins:
    """The pinned runs.

    Attributes:
        pinned: in the order in which they were pinned.
        version: rises whenever they change.
    """

    def __init__(self, controls: PlayerControls) -> None:
        self._controls = controls
        self.pinned: list[Pinned] = []
        self.version = 0

    @property
    def with_present(self) -> list[Pinned]:
        """The pinned runs and, last, the present one."""
        return [*self.pinned, comparison.pin(self._controls.player, "now")]

    @property
    def can_pin(self) -> bool:
        """Whether there is something to pin, and room for it."""
        return self._controls.player.trainer.epoch > 0 and len(self.pinned) < MAX_PINNED

    def pin(self) -> None:
        """Pins the present run."""
        if self.can_pin:
            used = {run.name for run in self.pinned}
            name = next(letter for letter in LETTERS if letter not in used)
            self.load([*self.pinned, comparison.pin(self._controls.player, name)])

    def unpin(self, name: str) -> None:
        """Removes a pinned run."""
        self.load([run for run in self.pinned if run.name != name])

    def load(self, pinned: Sequence[Pinned]) -> None:
        """Replaces all."""
        if pinned or self.pinned:
            self.pinned = list(pinned)
            self.version += 1

    def open(self, name: str) -> None:
        """Continues with the experiment of a pinned run, from its start."""
        for run in self.pinned:
            if run.name == name:
                self._controls.take(run.experiment)
