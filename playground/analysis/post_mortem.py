"""The post-mortem of a run that diverged: what grew, how fast, and from where to go on with which learning rate."""

import time
from typing import NamedTuple

import numpy as np

from nn.divergence import Quantity
from playground.analysis.learning_rate import Stability, SuggestedRate, lower_rate, stability_at
from playground.player import Player

SPAN = 12  # epochs before the end that are looked at
SECONDS = 1.0  # what going through them again may take


class PostMortem(NamedTuple):
    """What is known of a divergence.

    Attributes:
        last: the last finite epoch.
        quantity: what left the finite numbers first, in the step after it.
        epochs: the last ones, the last of all last.
        losses, sizes: the loss at each of them, and the largest entry of the quantity, in absolute value, in the step
            from it; all three empty where that is not known.
        good: the recorded epoch with the lowest loss.
        stability: how large the learning rate may be there.
        suggested: the learning rate to continue with from there.
    """

    last: int
    quantity: Quantity
    epochs: list
    losses: list
    sizes: list
    good: int
    stability: Stability
    suggested: SuggestedRate


def post_mortem(player: Player) -> PostMortem:
    """The PostMortem of a run that has diverged."""
    trainer, best = player.trainer, player.recording.best
    growth = _growth(player)
    stability = stability_at(trainer, player.problem, trainer.network.with_parameters(best.parameters))
    suggested = lower_rate(player.experiment.learning_rate, stability)
    return PostMortem(trainer.epoch, trainer.diverged.quantity, *growth, best.epoch, stability, suggested)


def _growth(player):
    """The last epochs, their losses, and the size of what went first in each, by going through them again."""
    trainer, moments = player.trainer, player.recording.checkpoints
    first = max(0, trainer.epoch - SPAN + 1)
    start = next(moment for moment in reversed(moments) if moment.epoch <= first)
    twin = player.experiment.make_trainer(player.problem)
    twin.restore(start, trainer.history)
    seen, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        if twin.epoch >= first:
            seen.append((twin.epoch, twin.loss, _size(twin.next_step(), trainer.diverged.quantity)))
        if twin.epoch == trainer.epoch and np.array_equal(twin.network.parameters, trainer.network.parameters):
            return [list(column) for column in zip(*seen, strict=True)]
        if twin.epoch == trainer.epoch or not twin.train(1):
            break
    return [], [], []


def _size(step, quantity):
    """The largest entry of a quantity in a step, in absolute value; inf where it has left the finite numbers."""
    kind, l = quantity
    if l is None:
        return step.loss_after if np.isfinite(step.loss_after) else np.inf
    gradient = step.before.matrices(step.gradient)[l - 1]
    array = {
        "Z": lambda: step.work.values[l].Z,
        "A": lambda: step.work.values[l].A,
        "dZ": lambda: step.work.dZs[l],
        "dW": lambda: gradient[:, :-1],
        "db": lambda: gradient[:, -1:],
        "W": lambda: step.after.layers[l - 1].W,
        "b": lambda: step.after.layers[l - 1].b,
    }[kind]()
    largest = float(np.abs(array).max())
    return largest if np.isfinite(largest) else np.inf
