"""The post-mortem of a run that diverged: what grew, how fast, and from where to go on with which learning rate."""

import time
from typing import NamedTuple

import numpy as np

from playground.analysis.learning_rate import largest_curvature
from playground.experiment import CONTROLS

SPAN = 12  # epochs before the end that are looked at
SECONDS = 1.0  # what going through them again may take


class PostMortem(NamedTuple):
    """What is known of a divergence.

    Attributes:
        last: the last finite epoch.
        quantity: what left the finite numbers first, in the step after it, e.g. "dW1" or "loss".
        epochs: the last ones, the last of all last.
        losses, sizes: the loss at each of them, and the largest entry of the quantity, in absolute value, in the step
            from it; all three empty where that is not known.
        good: the recorded epoch with the lowest loss.
        stable: the largest stable learning rate of plain gradient descent there; None where there is no limit.
        learning_rate: what to go on with from there.
        why: how `learning_rate` was chosen, in words.
    """

    last: int
    quantity: str
    epochs: list
    losses: list
    sizes: list
    good: int
    stable: float | None
    learning_rate: float
    why: str


def post_mortem(player):
    """The PostMortem of a Player whose training has diverged."""
    trainer, moments = player.trainer, player.recording.checkpoints
    growth = _growth(player)
    good = min(moments, key=lambda moment: moment.loss)
    network = trainer.network.copy()
    network.parameters[:] = good.parameters
    lambda_max = largest_curvature(trainer, player.problem, network)
    stable = None if lambda_max is None else 2 / lambda_max
    learning_rate, why = _offer(player.experiment, stable, trainer.batch_size < player.problem.Xs.shape[1])
    return PostMortem(trainer.epoch, trainer.diverged.quantity, *growth, good.epoch, stable, learning_rate, why)


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
    name, layer = quantity.rstrip("0123456789"), quantity.lstrip("dWbZAlos")
    if name == "loss":
        return step.loss_after if np.isfinite(step.loss_after) else np.inf
    l = int(layer)
    gradient = step.before.matrices(step.gradient)[l - 1]
    array = {
        "Z": lambda: step.work.values[l].Z,
        "A": lambda: step.work.values[l].A,
        "dZ": lambda: step.work.dZs[l],
        "dW": lambda: gradient[:, :-1],
        "db": lambda: gradient[:, -1:],
        "W": lambda: step.after.layers[l - 1].W,
        "b": lambda: step.after.layers[l - 1].b,
    }[name]()
    largest = float(np.abs(array).max())
    return largest if np.isfinite(largest) else np.inf


def _offer(experiment, stable, in_batches):
    """A learning rate to go on with, and how it was chosen."""
    least = CONTROLS["learning_rate"].low
    if stable is None or experiment.optimizer in ("adam", "rmsprop"):
        return max(least, float(f"{experiment.learning_rate / 10:.2g}")), "a tenth of the one in use"
    rate, why = stable, "just below the edge"
    if experiment.optimizer in ("momentum", "nesterov"):
        rate, why = rate * (1 - experiment.momentum), "the edge times 1 − momentum, as the steps add up"
    if in_batches:
        rate, why = rate / 2, f"half of {'that' if rate != stable else 'the edge'}, as mini-batches are sharper"
    if rate >= experiment.learning_rate:  # which diverged all the same, further on
        rate, why = experiment.learning_rate / 2, "half of the one in use"
    digits = 10.0 ** (np.floor(np.log10(rate)) - 1)
    return max(least, float(f"{np.floor(rate / digits) * digits:.2g}")), why  # rounded down to two digits
