"""The map of the loss that the visitor has asked for, computed in pieces."""

from typing import NamedTuple

from playground.analysis.landscape import Landscape
from playground.player import Player

SECONDS_PER_PIECE = 0.25  # of work between two reports of progress


class Requested(NamedTuple):
    """A map, and the moment of the run that it is of."""

    run_id: int
    frame_version: int
    epoch: int
    landscape: Landscape


class LandscapeMap:
    """The last map that was asked for."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._requested: Requested | None = None

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
        """Starts a map around the present parameters."""
        player, trainer = self._player, self._player.trainer
        path = [moment.parameters for moment in player.recording.checkpoints if moment.epoch <= trainer.epoch]
        after = trainer.next_step().after.parameters
        landscape = Landscape(
            trainer.network, player.problem, trainer.loss_function, trainer.options, trainer.gradient, path, after
        )
        self._requested = Requested(player.run_id, player.frame_version, trainer.epoch, landscape)
        self.advance()

    def advance(self) -> None:
        """Computes the next piece."""
        if self._requested is not None:
            self._requested.landscape.advance(SECONDS_PER_PIECE)

    def cancel(self) -> None:
        """Drops the map."""
        self._requested = None
