"""A checkpoint: all that the rest of a training run depends on, to go back to."""

from typing import Any, NamedTuple

from nn.arrays import Flat, Whole
from nn.divergence import Divergence
from nn.optimizer_types import Optimizer
from nn.stopping import Waits
from nn.units_off import Unit


class Checkpoint(NamedTuple):
    """All that the rest of a run depends on, at one epoch.

    Attributes:
        objective: the loss plus the penalty on the weights; nan where nothing is penalised.
        parameters: flat.
        waits: since when training waits for a better loss.
        off: the units that are switched off.
        rng, order: the state of the generator, and the order of the examples.
    """

    epoch: int
    loss: float
    objective: float
    diverged: Divergence | None
    parameters: Flat
    optimizer: Optimizer
    rng: dict[str, Any]
    order: Whole
    waits: Waits = Waits()
    off: tuple[Unit, ...] = ()

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        arrays = [self.parameters, self.order, *self.optimizer.buffers]
        return 4096 + sum(array.nbytes for array in arrays)
