"""The last stages of a step: what becomes of the gradient, the update, and the loss after it."""

from collections.abc import Iterator

import numpy as np

from nn import StepOptions, Trainer
from nn.optimizer_types import Optimizer
from nn.step_trace import StepTrace
from playground.analysis.walk.evaluation import loss_listing
from playground.analysis.walk.listings import whole
from playground.analysis.walk.matrices import Matrix
from playground.analysis.walk.stage import Stage


def options_stages(step: StepTrace, options: StepOptions) -> Iterator[Stage]:
    """Penalties, clipping and frozen layers; nothing where there are none."""
    off = options.has_penalty and step.before.off  # without a penalty, their gradient is 0 already
    changes = bool(options.clip or options.frozen or off)
    if not (options.has_penalty or changes):
        return
    matrices = []
    gradients = step.before.matrices(step.data_gradient), step.before.matrices(step.gradient)
    for l, (of_loss, of_step) in enumerate(zip(*gradients, strict=True), start=1):
        matrices += [Matrix("dWb of the loss", l, of_loss, l), Matrix("dWb of the step", l, of_step, l)]
    yield Stage(
        "What is added to the gradient, and cut from it",
        r"dW \leftarrow dW + \lambda_1 \operatorname{sign}(W) + \lambda_2 W, \quad \lVert [dW \mid db] \rVert \le c",
        f"Over all {step.m} examples. λ₁ = {options.l1:g}, λ₂ = {options.l2:g}; c = {options.clip:g}, where 0 never "
        "clips. Biases are not penalised. The gradient of a frozen layer is 0"
        + (", and so is that of the weights to and from units that are off." if off else "."),
        [whole(StepOptions.add_penalty)] * options.has_penalty + [whole(StepOptions.clip_and_freeze)] * changes,
        matrices,
    )


def update_stages(step: StepTrace, trainer: Trainer) -> Iterator[Stage]:
    """The step of the optimizer, and the loss after it."""
    optimizer, factor = trainer.optimizer, trainer.options.learning_rate_factor(trainer.epoch)
    matrices = []
    gradients = step.before.matrices(step.gradient)
    for l, (old, dWb, new) in enumerate(zip(step.before.layers, gradients, step.after.layers, strict=True), start=1):
        matrices += [
            Matrix("Wb before", l, old.Wb, l),
            Matrix("dWb", l, dWb, l),
            Matrix("Wb after", l, new.Wb, l),
        ]
    yield Stage(
        f"The step: {optimizer.label}",
        optimizer.equation,
        f"Over all {step.m} examples, for b as for W: {optimizer!r} ({optimizer.source})."
        + (f" The schedule multiplies the learning rate by {factor:.6g} here." if factor != 1 else "")
        + (" Weights to and from units that are off stay as they are." if step.before.off else ""),
        [whole(optimizer._update)] + [whole(Optimizer.step)] * bool(step.before.off),
        matrices,
    )
    change = f"{step.loss_after - step.loss:.6g}".replace("-", "−")
    dropout = ", measured in the whole network, with nothing dropped" if step.work.masks else ""
    yield Stage(
        "The loss after the step",
        rf"{step.loss!r} \to {step.loss_after!r}",
        f"It changes by {change} on the {step.m} examples of this step{dropout}.",
        [loss_listing(trainer.loss_function, step.after.layers[-1].g)],
        [Matrix("losses", 0, np.array([[step.loss, step.loss_after]]), 0)],
    )
