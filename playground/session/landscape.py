"""The map of the loss that the visitor has asked for, computed in pieces once its turn has come."""

from typing import NamedTuple

from playground.analysis.landscape import Landscape
from playground.analysis.too_large import too_large
from playground.player import Player
from playground.player.line import Line, Place

SECONDS_PER_PIECE = 0.25  # of work between two reports of progress
LINE = Line(at_once=2, patience=5.0)  # of the maps of all visitors; a page asks for the next piece three times a second


class Requested(NamedTuple):
    """A map, and the moment of the run that it is of."""

    run_id: int
    frame_version: int
    epoch: int
    landscape: Landscape


class LandscapeMap:
    """The last map that was asked for.

    Attributes:
        before: how many maps of other visitors came first when it was asked for the last time.
    """

    def __init__(self, player: Player) -> None:
        self._player = player
        self._requested: Requested | None = None
        self._place: Place | None = None  # while there is something to compute
        self.before = 0

    @property
    def requested(self) -> Requested | None:
        """The map of this run, complete or under way, and its moment; None if there is none."""
        requested = self._requested
        return requested if requested is not None and requested.run_id == self._player.run_id else None

    @property
    def is_current(self) -> bool:
        """Whether there is a map of the moment on screen."""
        return self.requested is not None and self.requested.frame_version == self._player.frame_version

    def start(self) -> None:
        """Starts a map around the present parameters; nothing where they are too large for one."""
        player, trainer = self._player, self._player.trainer
        if too_large(trainer):
            return
        path = [moment.parameters for moment in player.recording.checkpoints if moment.epoch <= trainer.epoch]
        after = trainer.next_step().after.parameters
        landscape = Landscape(
            trainer.network, player.problem, trainer.loss_function, trainer.options, trainer.gradient, path, after
        )
        self._requested = Requested(player.run_id, player.frame_version, trainer.epoch, landscape)
        self.advance()

    def advance(self) -> None:
        """Computes the next piece, if its turn has come. A page that lost its place queues again."""
        if self._requested is None:
            return
        if self._place is None or self._place.is_lost:
            self._place = LINE.join()
        self.before = self._place.ask()
        if self.before == 0:
            self._requested.landscape.advance(SECONDS_PER_PIECE)
        if self._requested.landscape.done:
            self._leave()

    def cancel(self) -> None:
        """Drops the map."""
        self._requested = None
        self._leave()

    def _leave(self) -> None:
        if self._place is not None:
            self._place.leave()
        self._place = None
