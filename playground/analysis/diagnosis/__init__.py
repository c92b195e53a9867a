"""The diagnosis of a run: which known patterns it shows, each with its evidence, a lesson and one change to try."""

from collections.abc import Callable

import numpy as np

from playground.analysis.diagnosis.capability import linear, out_of_range, penalty
from playground.analysis.diagnosis.data import scale_of_targets
from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Finding
from playground.analysis.diagnosis.loss_patterns import oscillation, overfitting
from playground.analysis.diagnosis.plateau import plateau, slow
from playground.analysis.diagnosis.trial import is_fitted
from playground.analysis.diagnosis.units import dead, saturated, symmetric
from playground.analysis.learning_rate import Stability
from playground.analysis.stability import measure_stability
from playground.player import Player

# Causes come before their effects: once a group shows something, the groups after it are not checked.
AT_START = symmetric, out_of_range, scale_of_targets
DURING_TRAINING = (
    AT_START,
    (linear, dead, saturated, penalty),
    (oscillation, overfitting),
    (slow,),
    (plateau,),
)


def diagnose(player: Player, measure: Callable[[Player], Stability] = measure_stability) -> list[Finding]:
    """The known patterns that a run shows at its present epoch, the most revealing first.

    A run that goes well, or fits already, shows none. Before training, and where its settings were changed just now,
    only those of a start are looked for: the others are of how it was trained. A divergence is left to the post-mortem.

    Args:
        player: the player of the run.
        measure: measures its stability, e.g. the page's StabilityMonitor, so that it is measured once.
    """
    if player.trainer.diverged or is_fitted(player):
        return []
    facts = Facts(player, measure)
    with np.errstate(all="ignore"):  # near overflow there are nans here, which show no pattern
        for group in DURING_TRAINING if player.trainer.epoch > facts.since else (AT_START,):
            findings = [found for pattern in group if (found := pattern(facts))]
            if findings:
                return findings
    return []


__all__ = ["Finding", "diagnose"]
