"""What a trainer tells of itself: a divergence, a step looked at, and a moment to go back to."""

from typing import NamedTuple

import numpy as np

from nn.workspace import Workspace


class Divergence(NamedTuple):
    """Where training left the finite numbers: in the step to `epoch`, and `quantity` ("dW1", "Z2", "loss") first."""

    epoch: int
    quantity: str


class StepTrace(NamedTuple):
    """One step of training, looked at.

    Attributes:
        before, after: the network before the step and after it, each a copy.
        work: the Workspace that kept every Z, A, dA, dZ and [dW | db] of the examples looked at, and under dropout
            the masks, Ã and dÃ.
        Ys: their targets, (outputs, examples looked at).
        m: how many examples the step is taken over.
        data_gradient: of `step_loss`, flat, in the layout of the network's parameters.
        gradient: what the step is taken along: that, with what the trainer's rule adds and cuts.
        step_loss: of the m examples with what the step drops; `loss` where it drops nothing.
        loss, loss_after: of the m examples in the whole network, before the step and after it.
    """

    before: object
    after: object
    work: Workspace
    Ys: np.ndarray
    m: int
    data_gradient: np.ndarray
    gradient: np.ndarray
    step_loss: float
    loss: float
    loss_after: float


class Checkpoint(NamedTuple):
    """All that the rest of a run depends on, at one epoch.

    `objective` is nan where nothing is penalised; `rng` is the state of the generator, `order` that of the examples.
    """

    epoch: int
    loss: float
    objective: float
    diverged: Divergence | None
    parameters: np.ndarray
    optimizer: object
    rng: object
    order: np.ndarray

    @property
    def bytes(self):
        """About how much memory it takes."""
        arrays = [self.parameters, self.order, *self.optimizer.buffers]
        return 4096 + sum(array.nbytes for array in arrays)
