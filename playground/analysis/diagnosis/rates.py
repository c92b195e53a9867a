"""Which learning rate suits a run: one well below the edge of stability, found in a few gradients."""

import numpy as np

from nn import curvature
from playground.experiment import CONTROLS

EXAMPLES = 250  # that tell the curvature well enough, of however many
PRODUCTS = 20  # of the Hessian with a vector, at most
TOLERANCE = 0.02  # of λmax, at which they end; half the edge leaves room for more
CAREFUL = 0.5  # of the edge: the curvature changes on the way, and steps of half the edge do not swing at all
ADAPTIVE = ("adam", "rmsprop")  # their steps hardly depend on the size of the gradient, nor on λmax alone
WITH_MOMENTUM = ("momentum", "nesterov")
ORDINARY = 0.005  # where steps must be shorter, it is large or far inputs that make the loss so steep
STANDARDISED = {"scaling": "standard"}, "Try standardised data"


def edge(facts, *, start=False):
    """About 2 / λmax, the largest learning rate at which plain gradient descent is stable, now or at the start.

    None for adaptive optimizers, which have another, or where no rate is too large.
    """
    trainer, network = facts.trainer, facts.trainer.network
    if facts.experiment.optimizer in ADAPTIVE:
        return None
    if start:
        network = network.copy()
        network.parameters[:] = facts.player.recording.checkpoints[0].parameters
    some = slice(None, None, -(-facts.Xs.shape[1] // EXAMPLES))
    how = {"loss": trainer.loss_function, "options": trainer.options, "tolerance": TOLERANCE, "most": PRODUCTS}
    try:
        found = curvature(network, facts.Xs[:, some], facts.Ys[:, some], **how)
    except ValueError:  # not finite
        return None
    return found.stable_learning_rate if found.lambda_max > 0 else None


def careful(facts, limit):
    """A learning rate well below an edge `limit`, for the run's optimizer; cut further as `post_mortem` cuts it."""
    rate = CAREFUL * limit
    if facts.experiment.optimizer in WITH_MOMENTUM:
        rate *= 1 - facts.experiment.momentum  # as the steps add up
    return rate / 2 if facts.in_batches else rate  # a batch is sharper than all of them


def gentler(facts, limit):
    """A change to shorter steps, and its label: to a rate that suits the edge `limit`, at most half the one in use.

    A tenth of it where there is no edge. Where the rate would be tiny, to standardised data, which can take more.
    """
    rate = facts.experiment.learning_rate
    lower = settable(rate / 10 if limit is None else min(careful(facts, limit), CAREFUL * rate))
    tiny = lower == rate or (lower < ORDINARY and limit is not None)
    return STANDARDISED if tiny and facts.experiment.scaling == "none" else try_rate(lower)


def settable(rate):
    """A learning rate to two digits, within the limits of its control."""
    control = CONTROLS["learning_rate"]
    return float(f"{np.clip(rate, control.low, control.high):.2g}")


def try_rate(rate):
    """The change to a learning rate, and the words of its button."""
    return {"learning_rate": rate}, f"Try a learning rate of {rate:g}"
