"""A checkpoint: all that the rest of a training run depends on, to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nn.arrays import Flat, Whole
from nn.divergence import Divergence
from nn.optimizer_types import Optimizer
from nn.stopping import Waits
from nn.units_off import Unit

if TYPE_CHECKING:
    from nn.network import NeuralNetwork


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

    def network(self, present: NeuralNetwork) -> NeuralNetwork:
        """The network as it was at this moment; `present` is the same network as it is now."""
        network = present.with_parameters(self.parameters)
        network.off = self.off
        return network

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        arrays = [self.parameters, self.order, *self.optimizer.buffers]
        return 4096 + sum(array.nbytes for array in arrays)
