"""What a recording holds of a run, to go back to."""

from typing import NamedTuple

from nn.checkpoint import Checkpoint
from nn.history import LossHistory
from playground.player.changes import Change
from playground.player.editing import Edit
from playground.player.past import Past


class Present(NamedTuple):
    """The end of a run, to come back to while an earlier checkpoint is shown."""

    checkpoint: Checkpoint
    history: LossHistory


class Lowest(NamedTuple):
    """The moment with the lowest test loss that was measured, which can be gone back to like any other."""

    checkpoint: Checkpoint
    test_loss: float


class Recorded(NamedTuple):
    """All that a recording holds at the end of a run, to go back to."""

    checkpoints: tuple[Checkpoint, ...]
    edits: tuple[Edit, ...]
    changes: tuple[Change, ...]
    bytes: int
    growth: float
    lowest: Lowest | None
    past: Past | None
