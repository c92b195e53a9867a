"""One training step with every number kept, to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nn.arrays import Flat, Matrix, Whole
from nn.workspace import Workspace

if TYPE_CHECKING:
    from nn.network import NeuralNetwork
    from nn.training import Trainer


class StepTrace(NamedTuple):
    """One training step.

    Attributes:
        before, after: the network before the step and after it, each a copy.
        work: the Workspace with every Z, A, dA, dZ and [dW | db] of the examples looked at, and under dropout the
            masks, Ã and dÃ.
        Ys: their targets, (outputs, examples looked at).
        m: the number of examples in the step.
        data_gradient: the gradient of `step_loss`, flat, in the layout of the network's parameters.
        gradient: the direction of the step: the data gradient plus penalties, after clipping and freezing.
        step_loss: the loss of the m examples under the step's dropout; without, `loss`.
        loss, loss_after: the loss of the m examples in the whole network, before the step and after it.
    """

    before: NeuralNetwork
    after: NeuralNetwork
    work: Workspace
    Ys: Matrix
    m: int
    data_gradient: Flat
    gradient: Flat
    step_loss: float
    loss: float
    loss_after: float


def trace_step(trainer: Trainer, chosen: Whole, masks: list[Matrix], example: int | None) -> StepTrace:
    """Takes a step of a trainer, on copies of its network and optimizer.

    Args:
        trainer: the trainer, which is not changed.
        chosen: places of the step's examples in the training set.
        masks: those of the step, one (units, m) per hidden layer; none without dropout.
        example: which one of the step's examples to look at alone; None for all of them.
    """
    before, after, m = trainer.network.copy(), trainer.network.copy(), len(chosen)
    options = trainer.options
    with np.errstate(all="ignore"):
        work, step_loss = _differentiate(trainer, before, chosen, masks, m)
        gradient, data_gradient = work.gradient.copy(), work.gradient
        options.add_penalty(before, gradient)
        options.clip_and_freeze(before, gradient)
        factor = options.learning_rate_factor(trainer.epoch)
        optimizer = trainer.optimizer.copy()
        options.stop_frozen(before, optimizer)
        optimizer.step(after.parameters, gradient, factor)
        loss = _differentiate(trainer, before, chosen, [], m)[1] if masks else step_loss
        loss_after = _differentiate(trainer, after, chosen, [], m)[1]
        if example is not None:
            chosen, masks = chosen[[example]], [mask[:, [example]] for mask in masks]
            work, _ = _differentiate(trainer, before, chosen, masks, m)
    Ys = trainer.training_set.Ys[:, chosen]
    return StepTrace(before, after, work, Ys, m, data_gradient, gradient, step_loss, loss, loss_after)


def _differentiate(
    trainer: Trainer, network: NeuralNetwork, chosen: Whole, masks: list[Matrix], m: int
) -> tuple[Workspace, float]:
    """A workspace with everything of one evaluation and back-propagation, and the loss as a share of m examples."""
    work = Workspace(network, len(chosen), loss=trainer.loss_function, keep=True, dropout=bool(masks))
    network.evaluate_into(work.set_inputs(trainer.training_set.Xs[:, chosen]).set_masks(masks))
    loss = work.compute_loss(trainer.training_set.Ys[:, chosen], m)
    network.compute_gradient_into(work)
    return work, loss
