"""One training step with every number kept, to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nn.arrays import Flat, Matrix, Whole
from nn.workspace import Workspace

if TYPE_CHECKING:
    from nn.network import NeuralNetwork
    from nn.training import Trainer


class Examples(NamedTuple):
    """Examples to look at.

    Attributes:
        Xs, Ys: (inputs, n) and (outputs, n) as the network sees them; an unknown target is nan, and so is all that is
            computed from it.
        masks: what a step drops of each hidden layer, (units, n); none for the whole network.
    """

    Xs: Matrix
    Ys: Matrix
    masks: list[Matrix]


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


def trace_step(
    trainer: Trainer, chosen: Whole, masks: list[Matrix], looked_at: int | Examples | None = None
) -> StepTrace:
    """Takes a step of a trainer, on copies of its network and optimizer.

    Args:
        trainer: the trainer, which is not changed.
        chosen: places of the step's examples in the training set.
        masks: those of the step, one (units, m) per hidden layer; none without dropout.
        looked_at: one of the step's examples, to look at alone; or other examples, to look at as if the step had them;
            None for all examples of the step.

    Raises:
        ValueError: the step has no such example.
    """
    before, after, m = trainer.network.copy(), trainer.network.copy(), len(chosen)
    options, examples = trainer.options, examples_of(trainer, chosen, masks)
    if isinstance(looked_at, int):
        if looked_at not in range(m):
            raise ValueError(f"The step has examples 0 to {m - 1}, not {looked_at!r}.")
        looked_at = examples_of(trainer, chosen[[looked_at]], [mask[:, [looked_at]] for mask in masks])
    with np.errstate(all="ignore"):
        work, step_loss = differentiate(trainer, before, examples, m)
        gradient, data_gradient = work.gradient.copy(), work.gradient
        options.add_penalty(before, gradient)
        options.clip_and_freeze(before, gradient)
        factor = options.learning_rate_factor(trainer.epoch)
        optimizer = trainer.optimizer.copy()
        options.stop_frozen(before, optimizer)
        optimizer.step(after.parameters, gradient, factor, after.held)
        whole = examples._replace(masks=[])
        loss = differentiate(trainer, before, whole, m)[1] if masks else step_loss
        loss_after = differentiate(trainer, after, whole, m)[1]
        if looked_at is not None:
            examples = looked_at
            work, _ = differentiate(trainer, before, examples, m)
    return StepTrace(before, after, work, examples.Ys, m, data_gradient, gradient, step_loss, loss, loss_after)


def examples_of(trainer: Trainer, chosen: Whole, masks: list[Matrix]) -> Examples:
    """Examples of the training set by their places, with their masks."""
    return Examples(trainer.training_set.Xs[:, chosen], trainer.training_set.Ys[:, chosen], masks)


def differentiate(trainer: Trainer, network: NeuralNetwork, examples: Examples, m: int) -> tuple[Workspace, float]:
    """A workspace with everything of one evaluation and back-propagation, and the loss as a share of m examples."""
    Xs, Ys, masks = examples
    work = Workspace(network, Xs.shape[1], loss=trainer.loss_function, keep=True, dropout=bool(masks))
    with np.errstate(all="ignore"):
        network.evaluate_into(work.set_inputs(Xs).set_masks(masks))
        loss = work.compute_loss(Ys, m)
        network.compute_gradient_into(work)
    return work, loss
