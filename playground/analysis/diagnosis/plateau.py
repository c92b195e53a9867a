"""Patterns of a loss that stays high: steps that are too short, and the plateau with what may end it."""

import numpy as np

from playground.analysis.diagnosis.finding import Finding, percent
from playground.analysis.diagnosis.rates import ADAPTIVE, STANDARDISED, careful, edge, settable, try_rate

EPOCHS = 200  # of a run whose second half tells something; in a shorter one, training may just have begun
FALL = 0.02  # of the loss, over the second half of the run: at this pace it takes ages
SLOW = 0.1  # of the rate that suits: with less, ten epochs do what one could
HIGHEST = 0.5  # the largest rate that is offered for a larger one, as the curvature may grow on the way
OFF = 2.0  # standard deviations of an input that its mean is away from 0: W and b then pull at each other
FEW = 4  # units a layer: of fewer, a curve of several bends cannot be added up
UNITS, RATE = 20, 0.02  # the posts' layer; a rate of Adam's that suits networks of this size


def slow(facts):
    """The steps are far shorter than they could be."""
    experiment, rule, epoch = facts.experiment, facts.trainer.options, facts.trainer.epoch
    if epoch < EPOCHS or not facts.poor:
        return None
    limit = edge(facts)
    suits = RATE if limit is None else min(careful(facts, limit), HIGHEST)
    factor, norm = rule.learning_rate_factor(epoch), float(np.linalg.norm(facts.trainer.gradient))
    clipped = 0 < rule.clip < norm and experiment.optimizer not in ADAPTIVE  # which do not mind a gradient's length
    shortened = rule.clip / norm if clipped else 1.0
    rate = experiment.learning_rate * factor * shortened
    if not rate < SLOW * suits:
        return None
    if factor < SLOW:
        cause = "The schedule has brought the learning rate to"
        change, label = {"schedule": "constant"}, "Try a constant learning rate"
    elif shortened < SLOW:
        cause = "Clipping makes steps as of a learning rate of"
        change, label = {"clip": 0.0}, "Try without clipping"
    else:
        cause = "The learning rate is"
        change, label = try_rate(settable(suits))
    return Finding(
        "slow",
        "The steps are very short",
        f"{cause} {rate:.2g}, where {suits:.2g} would suit, and after {epoch:,} epochs {percent(facts.left)} of the "
        f"variance of y is left to explain.",
        "learning_rate",
        change,
        label,
    )


def plateau(facts):
    """The loss hardly falls over the second half of the run."""
    epochs, losses = facts.epochs, facts.losses
    if facts.trainer.epoch < EPOCHS or not facts.poor:
        return None
    half = int(np.searchsorted(epochs, facts.trainer.epoch / 2))
    fall = 1 - losses[half:].min() / losses[half]
    if not fall < FALL:
        return None
    lesson, change, label = _way_off(facts)
    norm = np.linalg.norm(facts.trainer.gradient)
    return Finding(
        "plateau",
        "The loss is on a plateau",
        f"From epoch {epochs[half]:,} to {epochs[-1]:,} the loss went from {losses[half]:.4g} to {losses[-1]:.4g}, at "
        f"most {percent(fall)} down, the norm of the gradient is {norm:.2g}, and {percent(facts.left)} of the variance "
        "of y is left to explain.",
        lesson,
        change,
        label,
    )


def _way_off(facts):
    """The lesson, the change and the words of its button: what holds the run back first, and then what is faster."""
    e, Xs = facts.experiment, facts.Xs
    if e.initializer == "zeros" or e.scale == 0:
        return "zeros", {"initializer": "normal", "scale": 1.0}, "Try normal initial weights"
    if e.dropout:
        return "noise", {"dropout": 0.0}, "Try without dropout"
    if min(e.layers) < FEW:
        layers = tuple(UNITS if units < FEW else units for units in e.layers)
        return "one_unit" if 1 in e.layers else "twenty_units", {"layers": layers}, f"Try layers of {UNITS} units"
    if e.freeze and e.freeze <= len(facts.trainer.network.layers):
        return "twenty_units", {"freeze": 0}, "Try with all layers learning"
    if e.scaling == "none" and (np.abs(Xs.mean(axis=1)) > OFF * Xs.std(axis=1)).any():
        return "plateau", *STANDARDISED
    if e.optimizer not in ADAPTIVE:
        adam = {"optimizer": "adam", "learning_rate": RATE}
        return "plateau", adam, f"Try Adam with a learning rate of {RATE:g}"
    if e.learning_rate > RATE / SLOW:
        return "learning_rate", *try_rate(RATE)
    if set(e.activations) != {"tanh"}:
        tanh = {"activations": ("tanh",) * len(e.layers), "initializer": "xavier"}
        return "saturation", tanh, "Try tanh units with Xavier's start"
    if min(e.layers) < UNITS:
        layers = tuple(max(units, UNITS) for units in e.layers)
        return "twenty_units", {"layers": layers}, f"Try layers of {UNITS} units"
    return "plateau", {"seed": (e.seed + 1) % 10_000}, "Try another start"
