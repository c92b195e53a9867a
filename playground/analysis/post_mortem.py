"""The post-mortem of a run that diverged: what grew, how fast, and from where to continue with which learning rate."""

import math
import time
from typing import NamedTuple

import numpy as np

from nn.arrays import Matrix
from nn.divergence import Divergence, Quantity
from nn.step_trace import StepTrace
from playground.analysis.diagnosis.after_divergence import overshoot_in_words, penalty_overshoots, way_on
from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Suggestion
from playground.analysis.learning_rate import Stability
from playground.analysis.stability import stability_at
from playground.player import Player

MAX_EPOCHS_SHOWN = 12  # the last ones before the divergence
MAX_SECONDS = 1.0  # for replaying them


class Growth(NamedTuple):
    """The last epochs before a divergence, all lists empty where they are not known.

    Attributes:
        epochs: the last finite epoch last.
        losses: the loss at each.
        sizes: the largest entry, in absolute value, of what left the finite numbers, in the step from each.
    """

    epochs: list[int]
    losses: list[float]
    sizes: list[float]


class PostMortem(NamedTuple):
    """What is known of a divergence.

    Attributes:
        last: the last finite epoch.
        quantity: what left the finite numbers first, in the step after it.
        epochs, losses, sizes: its Growth.
        good: the recorded epoch with the lowest loss.
        stability: how large the learning rate may be there.
        cause: what made it diverge beside long steps, a sentence; "" where nothing is known.
        offer: how to go on.
    """

    last: int
    quantity: Quantity
    epochs: list[int]
    losses: list[float]
    sizes: list[float]
    good: int
    stability: Stability
    cause: str
    offer: Suggestion


def post_mortem(player: Player) -> PostMortem:
    """The PostMortem of a run.

    Raises:
        ValueError: the run has not diverged.
    """
    trainer, best = player.trainer, player.recording.best
    if trainer.diverged is None:
        raise ValueError("The training has not diverged.")
    growth = _growth(player, trainer.diverged)
    stability = stability_at(trainer, player.problem, best.network(trainer.network))
    facts = Facts(player)
    with np.errstate(all="ignore"):
        offer = way_on(facts, stability)
    return PostMortem(
        trainer.epoch,
        trainer.diverged.quantity,
        *growth,
        good=best.epoch,
        stability=stability,
        cause=overshoot_in_words(facts) if penalty_overshoots(facts) else "",
        offer=offer,
    )


def _growth(player: Player, diverged: Divergence) -> Growth:
    """The Growth of a run, found by replaying its last epochs; empty if these differ, or take too long."""
    trainer = player.trainer
    first = max(0, trainer.epoch - MAX_EPOCHS_SHOWN + 1)
    checkpoints = player.recording.checkpoints
    start = next(checkpoint for checkpoint in reversed(checkpoints) if checkpoint.epoch <= first)
    twin = player.experiment.changed(patience=0, stall_epochs=0).make_trainer(player.problem)
    twin.restore(start, trainer.history)
    growth, end = Growth([], [], []), time.perf_counter() + MAX_SECONDS
    while time.perf_counter() < end:
        if twin.epoch >= first:
            growth.epochs.append(twin.epoch)
            growth.losses.append(twin.loss)
            growth.sizes.append(largest_entry(twin.next_step(), diverged.quantity))
        if twin.epoch == trainer.epoch and np.array_equal(twin.network.parameters, trainer.network.parameters):
            return growth
        if twin.epoch == trainer.epoch or not twin.train(1):
            break
    return Growth([], [], [])


def largest_entry(step: StepTrace, quantity: Quantity) -> float:
    """The largest entry of a quantity in a step, in absolute value; inf if it is not finite."""
    largest = abs(step.loss_after) if quantity.layer is None else float(np.abs(_array(step, quantity)).max())
    return largest if math.isfinite(largest) else math.inf


def _array(step: StepTrace, quantity: Quantity) -> Matrix:
    kind, l = quantity
    assert l is not None
    gradient, (Z, A) = step.before.matrices(step.gradient)[l - 1], step.work.values[l]
    assert Z is not None
    after = step.after.layers[l - 1]
    arrays = {
        "Z": Z,
        "A": A,
        "dZ": step.work.dZs[l],
        "dW": gradient[:, :-1],
        "db": gradient[:, -1:],
        "W": after.W,
        "b": after.b,
    }
    return arrays[kind]
