"""What a trainer tells of itself: a divergence, a step looked at, and a moment to go back to."""

from typing import NamedTuple

import numpy as np

from nn.workspace import Workspace


class Divergence(NamedTuple):
    """Where training left the finite numbers: in the step to `epoch`, and `quantity` ("dW1", "Z2", "loss") first."""

    epoch: int
    quantity: str


class Step(NamedTuple):
    """One step of training, looked at.

    Attributes:
        before, after: the network before the step and after it, each a copy.
        work: the Workspace that kept every Z, A, dA, dZ and [dW | db] of the examples looked at.
        Ys: their targets, (outputs, examples looked at).
        m: how many examples the step is taken over.
        data_gradient: of the loss of all m examples, flat, in the layout of the network's parameters.
        gradient: what the step is taken along: that, with what the trainer's rule adds and cuts.
        loss, loss_after: of the m examples, before the step and after it.
    """

    before: object
    after: object
    work: Workspace
    Ys: np.ndarray
    m: int
    data_gradient: np.ndarray
    gradient: np.ndarray
    loss: float
    loss_after: float


class Moment(NamedTuple):
    """All that the rest of a run depends on, at one epoch.

    `rng` is the state of the generator, `order` the order of the examples; None where a step takes all of them.
    """

    epoch: int
    loss: float
    diverged: Divergence | None
    parameters: np.ndarray
    optimizer: object
    rng: object
    order: np.ndarray | None

    @property
    def bytes(self):
        """About how much memory it takes."""
        arrays = [self.parameters, *self.optimizer.memory]
        return 4096 + sum(array.nbytes for array in arrays) + (0 if self.order is None else self.order.nbytes)
