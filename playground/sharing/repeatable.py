"""Whether a run is the same on another machine: how far what differs there in the last bits moves its losses.

Products and exponentials are rounded differently by different processors. Most runs forget it; a chaotic one magnifies
it until another machine tells other losses. A twin shows which it is: the same run, but that its parameters are changed
in their last bits again and again, by more than rounding does.
"""

import time
from functools import lru_cache
from typing import NamedTuple

import numpy as np

EPOCHS = 1000
SAME = 1e-9  # of a loss
NUDGE = 256  # units in the last place of every parameter, every STRETCH
SECONDS = 0.5
STRETCH = 20  # epochs between two looks at the clock


class Repeatable(NamedTuple):
    """How far a run is the same everywhere.

    Attributes:
        epochs: how many were looked at.
        parts: about where its losses elsewhere may first differ by more than SAME of them; None when nowhere there.
    """

    epochs: int
    parts: int | None


@lru_cache(maxsize=16)
def repeatable(experiment, seconds=SECONDS):
    """The Repeatable of an Experiment, over EPOCHS or as many as there is time for, some at least."""
    run, twin = experiment.start().trainer, experiment.start().trainer
    parameters, random = twin.network.parameters, np.random.RandomState(0)
    nudge = NUDGE * np.finfo(parameters.dtype).eps
    end = time.perf_counter() + seconds
    while True:
        parameters *= 1 + nudge * random.choice([-1, 1], parameters.size)
        for trainer in (run, twin):
            trainer.train(STRETCH)
        both = min(len(run.history.losses), len(twin.history.losses))
        here, there = run.history.losses[:both], twin.history.losses[:both]
        apart = np.abs(here - there) > SAME * np.abs(here)
        if apart.any():
            return Repeatable(run.epoch, int(apart.argmax()))
        if run.diverged != twin.diverged:
            return Repeatable(run.epoch, min(run.epoch, twin.epoch) + 1)
        if run.epoch >= EPOCHS or run.diverged or time.perf_counter() >= end:
            return Repeatable(run.epoch, None)
