"""Whether a run is the same on another machine, where rounding differs in the last bits.

Processors round products and exponentials differently. Most runs damp such a difference; a chaotic one magnifies it
until another machine has other losses. A twin shows which it is: the same run, except that its parameters are changed
again and again in their last bits, by more than rounding does.
"""

import time
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from playground.experiment import Experiment

MAX_EPOCHS = 1000
MAX_SECONDS = 0.5
TOLERANCE = 1e-9  # the relative difference up to which two losses are the same
NUDGE = 256  # units in the last place, by which every parameter of the twin is changed
EPOCHS_PER_NUDGE = 20


class Repeatability(NamedTuple):
    """How far a run is the same everywhere.

    Attributes:
        epochs: how many were compared.
        first_difference: about the first epoch at which the losses may differ on another machine; None if they do not
            within these epochs.
    """

    epochs: int
    first_difference: int | None


@lru_cache(maxsize=16)
def repeatability(experiment: Experiment, seconds: float = MAX_SECONDS) -> Repeatability:
    """Compares a run with its twin over MAX_EPOCHS, or as many as `seconds` allow, but at least EPOCHS_PER_NUDGE."""
    experiment = experiment.changed(patience=0, stall_epochs=0)  # a loss that does not improve may differ, too
    run, twin = experiment.start().trainer, experiment.start().trainer
    parameters, random = twin.network.parameters, np.random.RandomState(0)
    nudge = NUDGE * float(np.finfo(parameters.dtype).eps)
    end = time.perf_counter() + seconds
    while True:
        parameters *= 1 + nudge * random.choice([-1, 1], parameters.size)
        for trainer in (run, twin):
            trainer.train(EPOCHS_PER_NUDGE)
        common = min(len(run.history.losses), len(twin.history.losses))
        losses, twin_losses = run.history.losses[:common], twin.history.losses[:common]
        differs = np.abs(losses - twin_losses) > TOLERANCE * np.abs(losses)
        if differs.any():
            return Repeatability(run.epoch, int(differs.argmax()))
        if run.diverged != twin.diverged:
            return Repeatability(run.epoch, min(run.epoch, twin.epoch) + 1)
        if run.epoch >= MAX_EPOCHS or run.diverged or time.perf_counter() >= end:
            return Repeatability(run.epoch, None)
