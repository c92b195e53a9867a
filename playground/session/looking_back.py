"""Looking back: what the address and the tab keep meanwhile is the experiment of the run's end."""

from playground.experiment import Experiment
from playground.player import Player


class LookingBack:
    """Remembers the run's end while an earlier moment is looked at, in which other units may be off.

    Args:
        player: the visitor's.
    """

    def __init__(self, player: Player) -> None:
        self._player, self._at_end = player, player.experiment

    @property
    def lasting(self) -> Experiment:
        """The experiment of the run's end; the present one where that is another, as after a change at a moment."""
        player = self._player
        is_end = player.recording.at_present or self._at_end.changed(off=player.experiment.off) != player.experiment
        return player.experiment if is_end else self._at_end

    def go_to(self, epoch: int) -> None:
        """Player.go_to."""
        if self._player.recording.at_present:
            self._at_end = self._player.experiment
        self._player.go_to(epoch)

    def end(self) -> None:
        """Goes to the end of the run, if an earlier moment is looked at."""
        if not self._player.recording.at_present:
            self._player.go_to(self._player.recording.epochs[-1])
