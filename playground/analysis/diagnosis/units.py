"""Patterns of the hidden units: copies of one another, dead ones, and saturated ones."""

from itertools import pairwise

import numpy as np

from playground.analysis.contributions import FLAT, unit_reports
from playground.analysis.diagnosis.finding import Finding, percent
from playground.analysis.diagnosis.rates import STANDARDISED, edge, gentler

DEAD = 0.5  # of the units of a layer: without so many, it is another network than was asked for
SATURATED = 0.55  # of the units of a layer: to fit a jump, half of them may well be steep, and flat beside it
MOST = 0.8  # of the examples: a unit that is on its flat part for them hardly learns
WIDE = 6.0  # the size of an input up to which units of ordinary weights do not saturate; planes end there


def symmetric(facts):
    """The units of a layer are copies, and as they get equal gradients they stay so."""
    if facts.trainer.options.dropout:  # drops one copy and not the other, and so parts them
        return None
    pairs = enumerate(pairwise(facts.trainer.network.layers), start=1)
    number, layer = next(((l, layer) for l, (layer, above) in pairs if _copies(layer, above)), (0, None))
    if not number:
        return None
    change = {"initializer": "normal"}
    if facts.experiment.scale == 0:
        change["scale"] = 1.0
    return Finding(
        "symmetric",
        "All units of a layer are copies of one",
        f"At epoch {facts.trainer.epoch:,} the {layer.unit_count} rows of [W | b] of layer {number} are equal to the "
        "last bit, and so are the weights on them above: they get one gradient and do the work of 1 unit.",
        "zeros",
        change,
        "Try normal initial weights",
    )


def _copies(layer, above):
    """Whether all units of a layer are one and the same, by what comes into them and by where it goes."""
    units = np.vstack([layer.W.T, layer.b.T, above.W])  # (units in + 1 + units above, units)
    return layer.unit_count > 1 and bool((units == units[:, :1]).all())


def dead(facts):
    """ReLU units that give the same for every training point, and so have no gradient."""
    found = _ailing(facts, DEAD, ("relu",), lambda unit: unit.dead)
    if not found:
        return None
    number, units, layer = found
    at_start = int(np.sum(np.ptp(facts.started[number].A, axis=1) == 0))
    if 2 * at_start < units:  # most of them died on the way, of steps that were too long
        change, label = gentler(facts, edge(facts, start=True))
    else:
        leaky = tuple("leaky_relu" if name == "relu" else name for name in facts.experiment.activations)
        change, label = {"activations": leaky}, "Try leaky ReLU units"
    return Finding(
        "dead",
        "ReLU units are dead",
        f"{units} of the {layer.unit_count} units of layer {number} give the same for all {facts.Xs.shape[1]:,} "
        f"training points, {at_start} did at the start: all they add to the layer above is a constant.",
        "relu",
        change,
        label,
    )


def saturated(facts):
    """Sigmoid and tanh units that lie on their flat part for most of the examples."""
    found = _ailing(facts, SATURATED, ("sigmoid", "tanh"), lambda unit: unit.saturated >= MOST)
    if not found:
        return None
    number, units, layer = found
    change, label = _unsaturated(facts)
    return Finding(
        "saturated",
        "Units are saturated",
        f"{units} of the {layer.unit_count} units of layer {number} lie on the flat part of the {layer.g.name}, where "
        f"its slope is below {percent(FLAT)} of the steepest, for {percent(MOST)} or more of the "
        f"{facts.Xs.shape[1]:,} training points.",
        "saturation",
        change,
        label,
    )


def _ailing(facts, least, activations, ails):
    """(number, units that ail, layer) of the first hidden layer with such an activation where so large a share does."""
    hidden = facts.trainer.network.layers[:-1] if facts.poor else []
    for number, layer in enumerate(hidden, start=1):
        if layer.g.name in activations:
            count = sum(map(ails, unit_reports(facts.trainer, facts.problem, number)))
            if count >= least * layer.unit_count:
                return number, count, layer
    return None


def _unsaturated(facts):
    """What to change: what made Z large, which are the inputs, the start, or else the steps."""
    experiment = facts.experiment
    if experiment.scaling == "none" and np.abs(facts.Xs).max() > WIDE:
        return STANDARDISED
    if experiment.scale > 1:
        return {"scale": 1.0}, "Try initial weights of scale 1"
    return gentler(facts, edge(facts, start=True))
