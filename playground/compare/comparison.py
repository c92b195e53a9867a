"""The comparison: runs that were pinned, and the settings in which they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from nn.arrays import Flat, Matrix, Whole
from playground.compare.settings import STOPPING
from playground.experiment import CONTROLS, Experiment
from playground.player import Player
from playground.player.changes import Change, phases
from playground.problems.measures import Measures, measure
from playground.problems.problem import Problem, accuracy_of

MAX_PINNED = 6
LETTERS = "ABCDEF"  # names of pinned runs
STATUSES = "diverged", "changed by hand", "settings changed", "went on after it diverged"
DIVERGED, BY_HAND, CHANGED, WENT_ON = STATUSES


@dataclass(frozen=True)
class Pinned:
    """A run as it stood when it was pinned.

    Attributes:
        name: one letter.
        experiment, problem: how it trained last, and its data.
        changes: of its settings on the way there.
        epoch, loss: how far it had come.
        test_loss, accuracy: of the test points and of the training points; None without test points or classes.
        measures: of its network; () where a tab has kept the run without them.
        status: one of STATUSES, several of them, or "".
        epochs, losses, seconds: (k,), its history, and the training time up to each of the epochs.
        grid, output: (inputs, n) and (outputs, n), the network's outputs at the grid, in the units of y.
    """

    name: str
    experiment: Experiment
    changes: tuple[Change, ...]
    problem: Problem
    epoch: int
    loss: float
    test_loss: float | None
    accuracy: float | None
    measures: Measures
    status: str
    epochs: Whole
    losses: Flat
    seconds: Flat
    grid: Matrix
    output: Matrix


def pin(player: Player, name: str) -> Pinned:
    """The player's run as it stands."""
    frame, history = player.frames[-1], player.trainer.history
    clock = player.clock.up_to(player.trainer.epoch)
    assert frame.output is not None, "the last frame of a player always has its output"
    changes, experiment = player.recording.as_trained(player.experiment)
    parts = phases(changes, experiment)
    happened = {
        DIVERGED: player.trainer.diverged is not None,
        BY_HAND: player.recording.edited_since is not None,
        CHANGED: any(not earlier.experiment.trains_like(later.experiment) for earlier, later in pairwise(parts)),
        WENT_ON: any(change.diverged for change in changes),
    }
    return Pinned(
        name=name,
        experiment=experiment,
        changes=tuple(changes),
        problem=player.problem,
        epoch=frame.epoch,
        loss=frame.loss,
        test_loss=frame.test_loss,
        accuracy=None if frame.confusion is None else accuracy_of(frame.confusion[0]),
        measures=measure(player.problem, player.trainer.network),
        status=", ".join(word for word, applies in happened.items() if applies),
        epochs=history.epochs,
        losses=history.losses,
        seconds=np.interp(history.epochs, [0, *clock[:, 0]], [0.0, *clock[:, 1]]),
        grid=player.grid,
        output=frame.output,
    )


def differences(runs: Sequence[Pinned]) -> dict[str, list[Any]]:
    """The fields in which runs differ, {field: [value in each run]}, in the order of the controls."""
    names = [name for name, control in CONTROLS.items() if control.group != "pace" or name in STOPPING]
    values = {name: [getattr(run.experiment, name) for run in runs] for name in names}
    return {name: each for name, each in values.items() if any(value != each[0] for value in each)}
