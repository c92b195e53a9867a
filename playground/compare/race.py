"""The race: a few experiments that differ in one knob, trained side by side, epoch for epoch, on the same data."""

import time
from typing import NamedTuple

import numpy as np

from playground.problems.ground import ground

MOST = 4  # runners
FRAMES_A_TICK = 30
SECONDS_A_TICK = 0.15
HISTORY = 500  # epochs of the losses that are kept; when there are more, every second one goes


class RaceFrame(NamedTuple):
    """One moment of a race.

    Attributes:
        epoch: how far all of them are that still run.
        losses: (runners,), the last finite one of a runner that has diverged.
        outputs: (runners, n), over the race's grid; of a plane None.
    """

    epoch: int
    losses: np.ndarray
    outputs: np.ndarray | None


class Race:
    """Runs experiments in step.

    Args:
        experiments: 2 to 4 of them, with the same data.
        names: a word for each.

    Attributes:
        problem: the data.
        grid: (inputs, n), the inputs over which the outputs are drawn.
        epoch: how far it is.
        playing: whether ticks train.
        frames: what the last tick made; one at least.
        version: rises whenever there are new frames.
        epochs, losses: (k,) and (runners, k), the history.

    Raises:
        ValueError: on another number of experiments, on other data, or one that cannot start.
    """

    def __init__(self, experiments, names):
        if not 2 <= len(experiments) <= MOST:
            raise ValueError(f"2 to {MOST} runs can race, not {len(experiments)}.")
        self.experiments, self.names = tuple(experiments), tuple(names)
        self.problem, *others = [experiment.make_problem() for experiment in experiments]
        if any(not np.array_equal(self.problem.points, other.points) for other in others):
            raise ValueError("Runs can race on the same data alone.")
        problems = [self.problem, *others]
        self._trainers = [e.trainer(problem) for e, problem in zip(experiments, problems, strict=True)]
        self._seen = [problem.see(ground(problem.ranges)) for problem in problems]
        self.grid = ground(self.problem.ranges)
        self.epoch, self.playing, self.version = 0, False, 0
        self._history, self._stride = [], 1
        self._note()
        self.frames = [self._frame()]

    @property
    def epochs(self):
        return np.array([epoch for epoch, _ in self._history])

    @property
    def losses(self):
        return np.array([losses for _, losses in self._history]).T

    @property
    def diverged(self):
        """For each runner where it left the finite numbers, or None."""
        return [trainer.diverged for trainer in self._trainers]

    @property
    def over(self):
        """Whether there is nothing left to train."""
        return self.epoch >= self.experiments[0].max_epochs or all(self.diverged)

    def tick(self):
        """Trains for half a second of film, or less where that would take too long."""
        frames, end = [], time.perf_counter() + SECONDS_A_TICK
        while self.playing and (not frames or (len(frames) < FRAMES_A_TICK and time.perf_counter() < end)):
            self._advance(end)
            frames.append(self._frame())
            if self.over:
                self.playing = False
        if frames:
            self.frames = frames
            self.version += 1

    def _advance(self, end):
        """Every runner that has not diverged trains for a picture's epochs; one epoch at least, however late it is."""
        experiment = self.experiments[0]
        goal = min(self.epoch + experiment.speed, experiment.max_epochs)
        while self.epoch < goal:
            for trainer in self._trainers:
                trainer.step(1)
            self.epoch += 1
            self._note()
            if time.perf_counter() >= end:
                break

    def _note(self):
        if self.epoch % self._stride == 0:
            self._history.append((self.epoch, [trainer.loss for trainer in self._trainers]))
            if len(self._history) > HISTORY:
                del self._history[1::2]
                self._stride *= 2

    def _frame(self):
        losses = np.array([trainer.loss for trainer in self._trainers])
        if self.problem.inputs > 1:
            return RaceFrame(self.epoch, losses, None)
        outputs = [
            self.problem.y.back(trainer.network.evaluate(seen)[-1].A)[0]
            for trainer, seen in zip(self._trainers, self._seen, strict=True)
        ]
        return RaceFrame(self.epoch, losses, np.stack(outputs))
