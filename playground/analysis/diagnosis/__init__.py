"""The diagnosis of a run: which known patterns it shows, each with its evidence, a lesson and one change to try."""

import numpy as np

from playground.analysis.diagnosis.course import divergence, oscillation, overfitting
from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Finding
from playground.analysis.diagnosis.plateau import plateau, slow
from playground.analysis.diagnosis.reach import linear, out_of_range, penalty
from playground.analysis.diagnosis.units import dead, saturated, symmetric

# Causes before what they cause: what follows from a group that shows something is not looked for.
OF_THE_START = symmetric, out_of_range
IN_TRAINING = (
    (divergence,),
    OF_THE_START,
    (linear, dead, saturated, penalty),
    (oscillation, overfitting),
    (slow,),
    (plateau,),
)


def diagnose(player):
    """The known patterns that a Player's run shows at the moment it stands at: a list of Finding, most telling first.

    A run that goes well has none, and one that has not trained only those that are true of its start.
    """
    facts = Facts(player)
    trained = player.trainer.epoch > 0 or player.trainer.diverged
    with np.errstate(all="ignore"):  # numbers near the end of the finite ones make nan here, which shows no pattern
        for group in IN_TRAINING if trained else (OF_THE_START,):
            found = [finding for pattern in group if (finding := pattern(facts))]
            if found:
                return found
    return []


__all__ = ["Finding", "diagnose"]
