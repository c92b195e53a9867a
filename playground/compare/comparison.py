"""The comparison of runs: what is kept of a run that is pinned, and in what pinned runs differ."""

from dataclasses import dataclass

import numpy as np

from playground.experiment import CONTROLS, Experiment
from playground.problems.problem import Problem, accuracy_of

MOST = 6  # runs
IGNORED = ("speed", "max_epochs", "target_loss")  # which do not change what is learnt


@dataclass(frozen=True)
class Pinned:
    """A run as it stood when it was pinned.

    Attributes:
        name: one letter.
        experiment, problem: what it is of.
        epoch, loss: how far it had come.
        test_loss, accuracy: of the test points and of the training points; None where there is none.
        state: "diverged", "changed by hand" or "".
        epochs, losses, seconds: (k,), its history, and how long training had taken to get there.
        output: (outputs, n), the network over `grid` (inputs, n).
    """

    name: str
    experiment: Experiment
    problem: Problem
    epoch: int
    loss: float
    test_loss: float | None
    accuracy: float | None
    status: str
    epochs: np.ndarray
    losses: np.ndarray
    seconds: np.ndarray
    grid: np.ndarray
    output: np.ndarray


def pinned(player, name):
    """What a Player stands at, as a Pinned."""
    frame, history = player.frames[-1], player.trainer.history
    clock = player.clock.up_to(player.trainer.epoch)
    state = "changed by hand" if player.recording.edited_since is not None else ""
    return Pinned(
        name,
        player.experiment,
        player.problem,
        frame.epoch,
        frame.loss,
        frame.test_loss,
        None if frame.confusion is None else accuracy_of(frame.confusion[0]),
        "diverged" if player.trainer.diverged else state,
        history.epochs,
        history.losses,
        np.interp(history.epochs, [0, *clock[:, 0]], [0.0, *clock[:, 1]]),
        player.grid,
        frame.output,
    )


def differences(runs):
    """The fields in which the experiments of runs differ, {field: [value of each]}, in the order of the controls."""
    experiments = [run.experiment for run in runs]
    values = {name: [getattr(experiment, name) for experiment in experiments] for name in CONTROLS}
    return {
        name: each for name, each in values.items() if name not in IGNORED and any(value != each[0] for value in each)
    }
