"""Patterns of the hidden units: copies of one another, dead ones, and saturated ones."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nn import Activation, Layer
from playground.analysis.contributions import FLAT, UnitReport, unit_reports
from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Finding, Suggestion, finding, percent
from playground.analysis.diagnosis.suggestions import STANDARDISE, WIDE, first_that_helps, shorter_steps

MIN_DEAD = 0.5  # of the units of a layer: without so many, it is a different network from the one that was chosen
MIN_SATURATED = 0.55  # of the units of a layer: to fit a jump, half of them may well be steep, and flat beside it
MIN_FLAT = 0.8  # of the examples: a unit that is on its flat part for so many hardly learns


class FaultyLayer(NamedTuple):
    """A hidden layer with many faulty units: its number, 1 for the first, itself, and how many are faulty."""

    number: int
    layer: Layer
    faulty: int


def symmetric(facts: Facts) -> Finding | None:
    """The units of a layer are copies, and as they get equal gradients they stay copies."""
    if facts.trainer.options.dropout:  # drops one copy and not the other, and so separates them
        return None
    network = facts.trainer.network
    pairs = enumerate(pairwise(network.layers), start=1)
    others = {l for l, _ in network.off}  # of which a unit is off, and so no copy of another
    found = ((l, layer) for l, (layer, above) in pairs if l not in others and _all_copies(layer, above))
    number, layer = next(found, (0, None))
    if layer is None:
        return None
    changes = {"initializer": "normal"} | ({"scale": 1.0} if facts.experiment.scale == 0 else {})
    return finding(
        "symmetric",
        "All units of a layer are copies of one",
        f"At epoch {facts.trainer.epoch:,} the {layer.unit_count} rows of [W | b] of layer {number} are equal to the "
        "last bit, and so are the weights that lead up from them. All get the same gradient, and do the work of 1 "
        "unit.",
        "zeros",
        first_that_helps(facts, [Suggestion(changes, "Try normal initial weights")]),
    )


def _all_copies(layer: Layer, above: Layer) -> bool:
    """Whether all units of a layer are equal, in their own weights and in those that lead up from them."""
    units = np.vstack([layer.W.T, layer.b.T, above.W])  # (units in + 1 + units above, units)
    return layer.unit_count > 1 and bool((units == units[:, :1]).all())


def dead(facts: Facts) -> Finding | None:
    """Units that have the same output for every training point, and so no gradient."""
    found = _mostly(facts, MIN_DEAD, lambda g: g.can_die, lambda unit: unit.dead)
    if not found:
        return None
    number, layer, count = found
    at_start = facts.dead_at_start(number)
    leaky = tuple("leaky_relu" if name == layer.g.name else name for name in facts.experiment.activations)
    suggestions = [Suggestion({"activations": leaky}, "Try leaky ReLU units")]
    if 2 * at_start < count:  # most of them died during training, by steps that were too long
        suggestions = [*shorter_steps(facts, facts.start_stability, 0), *suggestions]
    return finding(
        "dead",
        f"{layer.g.label} units are dead",
        f"{count} of the {layer.unit_count} units of layer {number} have the same output for all "
        f"{facts.Xs.shape[1]:,} training points, {at_start} had at the start: all they add to the layer above is a "
        "constant.",
        "relu",
        first_that_helps(facts, suggestions),
    )


def saturated(facts: Facts) -> Finding | None:
    """Units that are on the flat part of their activation for most of the examples."""
    found = _mostly(
        facts, MIN_SATURATED, lambda g: g.saturates, lambda unit: unit.saturated >= MIN_FLAT and not unit.off
    )
    if not found:
        return None
    number, layer, count = found
    return finding(
        "saturated",
        "Units are saturated",
        f"{count} of the {layer.unit_count} units of layer {number} are on the flat part of the {layer.g.name}, where "
        f"its slope is below {percent(FLAT)} of the steepest, for {percent(MIN_FLAT)} or more of the "
        f"{facts.Xs.shape[1]:,} training points.",
        "saturation",
        first_that_helps(facts, _against_saturation(facts)),
    )


def _mostly(
    facts: Facts, min_share: float, is_affected: Callable[[Activation], bool], is_faulty: Callable[[UnitReport], bool]
) -> FaultyLayer | None:
    """The first hidden layer of an affected activation with so large a share of faulty units, in a poor fit."""
    hidden = facts.trainer.network.layers[:-1] if facts.underfits else []
    for number, layer in enumerate(hidden, start=1):
        if is_affected(layer.g):
            count = sum(map(is_faulty, unit_reports(facts.trainer, facts.problem, number)))
            on = layer.unit_count - sum(l == number for l, _ in facts.trainer.network.off)
            if on and count >= min_share * on:
                return FaultyLayer(number, layer, count)
    return None


def _against_saturation(facts: Facts) -> Iterator[Suggestion]:
    """Changes of what made Z large: the inputs, the initial weights, or else the steps, from the start on."""
    experiment = facts.experiment
    if experiment.scaling == "none" and np.abs(facts.Xs).max() > WIDE:
        yield STANDARDISE
    if experiment.scale > 1:
        yield Suggestion({"scale": 1.0}, "Try initial weights of scale 1")
    yield from shorter_steps(facts, facts.start_stability, 0)
