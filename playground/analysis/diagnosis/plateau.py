"""Patterns of a loss that stays high: steps that are too short, and a plateau with what may end it."""

from collections.abc import Iterator

import numpy as np

from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Finding, Suggestion, finding, percent, rounded, still_unexplained
from playground.analysis.diagnosis.suggestions import HIDDEN_LAYER, STANDARDISE, first_that_helps, try_rate
from playground.analysis.learning_rate import settable_rate

MIN_EPOCHS = 200  # of a run whose second half is conclusive; a shorter one may just have begun
MIN_FALL = 0.02  # of the loss over the second half of the run; less would take ages
SLOW = 0.1  # of the suitable rate: below it, ten epochs do what one could
MAX_SUITABLE_RATE = 0.5  # the largest rate suggested instead of a smaller one, as the curvature may grow on the way
OFF_CENTRE = 2.0  # standard deviations of an input from its mean to 0: W and b then work against each other
FEW_UNITS = 4  # per layer: fewer cannot add up to a curve with several bends
POSTS_UNITS = 20  # of the posts' hidden layer
ADAM_RATE = 0.02  # a learning rate of Adam that suits networks of this size


def slow(facts: Facts) -> Finding | None:
    """The steps are far shorter than they could be."""
    options, epoch = facts.trainer.options, facts.trainer.epoch
    if epoch - facts.since < MIN_EPOCHS or not facts.underfits:
        return None
    suitable, why = _suitable_rate(facts)
    factor, norm = options.learning_rate_factor(epoch), float(np.linalg.norm(facts.trainer.gradient))
    clips = 0 < options.clip < norm and not facts.trainer.optimizer.adaptive  # whose steps hardly depend on the norm
    shortened = options.clip / norm if clips else 1.0
    rate = facts.experiment.learning_rate * factor * shortened
    if not rate < SLOW * suitable:
        return None
    if factor < SLOW:
        cause = "The schedule has lowered the learning rate to"
        suggestion = Suggestion({"schedule": "constant"}, "Try a constant learning rate")
    elif shortened < SLOW:
        cause = "Clipping shortens the steps to those of a learning rate of"
        suggestion = Suggestion({"clip": 0.0}, "Try without clipping")
    else:
        cause = "The learning rate is"
        suggestion = try_rate(suitable)
    return finding(
        "slow",
        "The steps are very short",
        f"{cause} {rounded(rate, 2)}, where {suitable:g} would suit{why}, and after {epoch:,} epochs "
        f"{still_unexplained(facts.unexplained)}.",
        "learning_rate",
        first_that_helps(facts, [suggestion]),
    )


def _suitable_rate(facts: Facts) -> tuple[float, str]:
    """A learning rate that would suit, and why in brackets, where that needs words."""
    safe = facts.stability.safe_rate
    if safe is None:
        return ADAM_RATE, ""
    if safe > MAX_SUITABLE_RATE:
        return MAX_SUITABLE_RATE, ""
    return settable_rate(safe), f" ({facts.stability.why_safe})"


def plateau(facts: Facts) -> Finding | None:
    """The loss hardly falls over the second half of the run."""
    epochs, losses = facts.epochs, facts.losses
    if facts.trainer.epoch - facts.since < MIN_EPOCHS or not facts.underfits:
        return None
    half = int(np.searchsorted(epochs, (facts.since + facts.trainer.epoch) / 2))
    fall = 1 - losses[half:].min() / losses[half]
    if not fall < MIN_FALL:
        return None
    norm = float(np.linalg.norm(facts.trainer.gradient))
    ways = list(_ways_off(facts))
    offer = first_that_helps(facts, [suggestion for _, suggestion in ways])
    lesson = next((lesson for lesson, each in ways if offer and each.changes == offer.changes), ways[0][0])
    return finding(
        "plateau",
        "The loss is on a plateau",
        f"From epoch {epochs[half]:,} to {epochs[-1]:,} the loss went from {rounded(losses[half], 4)} to "
        f"{rounded(losses[-1], 4)}, at its lowest {percent(fall)} below; the norm of the gradient is "
        f"{rounded(norm, 2)}, and {still_unexplained(facts.unexplained)}.",
        lesson,
        offer,
    )


def _ways_off(facts: Facts) -> Iterator[tuple[str, Suggestion]]:
    """Lessons and suggestions: first against what holds the run back, then what is faster."""
    experiment, Xs, units = facts.experiment, facts.Xs, facts.experiment.layers
    if experiment.initializer == "zeros" or experiment.scale == 0:
        yield "zeros", Suggestion({"initializer": "normal", "scale": 1.0}, "Try normal initial weights")
    if experiment.dropout:
        yield "noise", Suggestion({"dropout": 0.0}, "Try without dropout")
    if not units:
        yield "twenty_units", HIDDEN_LAYER
    elif min(units) < FEW_UNITS:
        yield "one_unit" if 1 in units else "twenty_units", _more_units(units, FEW_UNITS)
    if experiment.freeze and experiment.freeze <= len(facts.trainer.network.layers):
        yield "twenty_units", Suggestion({"freeze": 0}, "Try training all layers")
    if experiment.off:
        yield "twenty_units", Suggestion({"off": ""}, "Try switching all units on")
    if experiment.scaling == "none" and (np.abs(Xs.mean(axis=1)) > OFF_CENTRE * Xs.std(axis=1)).any():
        yield "plateau", STANDARDISE
    if not facts.trainer.optimizer.adaptive:
        adam = {"optimizer": "adam", "learning_rate": ADAM_RATE}
        yield "plateau", Suggestion(adam, f"Try Adam with a learning rate of {ADAM_RATE:g}")
    if experiment.learning_rate > ADAM_RATE / SLOW:
        yield "learning_rate", try_rate(ADAM_RATE)
    if units and set(experiment.activations) != {"tanh"}:
        tanh = {"activations": ("tanh",) * len(units), "initializer": "xavier"}
        yield "saturation", Suggestion(tanh, "Try tanh units with Xavier initialisation")
    if units and min(units) < POSTS_UNITS:
        yield "twenty_units", _more_units(units, POSTS_UNITS)
    yield "plateau", Suggestion({"seed": (experiment.seed + 1) % 10_000}, "Try another start")


def _more_units(layers: tuple[int, ...], fewest: int) -> Suggestion:
    """The posts' number of units for every layer that has fewer than some."""
    more = tuple(POSTS_UNITS if units < fewest else units for units in layers)
    return Suggestion({"layers": more}, f"Try layers of {POSTS_UNITS} units")
