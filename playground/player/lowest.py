"""The lowest test loss of a run: where it was measured, and whether the run can go back there."""

from typing import NamedTuple

from playground.player.player import Player


class LowestTestLoss(NamedTuple):
    """The lowest test loss that was measured: with every frame, and at every epoch while training waits for it.

    Attributes:
        on_record: whether the timeline can go back to its epoch; after a reload it may not.
    """

    epoch: int
    loss: float
    on_record: bool


def lowest_test_loss(player: Player, up_to: int | None = None) -> LowestTestLoss | None:
    """The lowest of the whole run, even after the moment that is shown; or only up to an epoch. None without any."""
    lowest = player.recording.lowest
    measured = list(player.test_losses.measurements)
    if lowest is not None:
        measured.append((lowest.checkpoint.epoch, lowest.test_loss))  # the series is thinned
    known = [each for each in measured if up_to is None or each[0] <= up_to]
    if not known:
        return None
    epoch, loss = min(known, key=lambda each: (each[1], each[0]))
    return LowestTestLoss(epoch, loss, epoch in player.recording.epochs)
