"""Patterns of the data: targets that are so small, so large or so far from 0 that a network cannot tell them apart."""

import numpy as np

from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Finding, finding, rounded, still_unexplained
from playground.analysis.diagnosis.suggestions import STANDARDISE, first_that_helps
from playground.problems.scale import standard_scale

ORDINARY = 1e-2, 1e3  # the standard deviations of y that weights of about 1 can follow
FAR = 30.0  # standard deviations of y from its mean to 0


def scale_of_targets(facts: Facts) -> Finding | None:
    """The targets vary far less or far more than the weights that are to follow them, or far from 0."""
    if facts.experiment.scaling != "none" or facts.problem.classes or not (facts.targets_vary and facts.underfits):
        return None
    scale = standard_scale(facts.Ys)  # of numbers whose squares are 0 or infinite, too
    deviation, mean = float(np.max(scale.spread)), float(facts.Ys.mean())
    smallest, largest = ORDINARY
    if smallest <= deviation <= largest and abs(mean) <= FAR * deviation:
        return None
    offer = first_that_helps(facts, [STANDARDISE])
    if offer is None:
        return None
    return finding(
        "scale_of_targets",
        "The targets are far from what the weights are made for",
        f"y has the mean {rounded(mean, 3)} and the standard deviation {rounded(deviation, 3)}, and the network starts "
        f"with outputs of about {rounded(np.abs(facts.start_values[-1].A).max(), 2)}: "
        f"{still_unexplained(facts.unexplained)}.",
        "plateau",
        offer,
    )
