"""The race: a few experiments that differ in one knob, trained side by side, epoch for epoch, on the same data."""

import time
from typing import NamedTuple

import numpy as np

from playground.problems.grid import SMALL_CELLS, evaluation_grid

MOST = 4  # runners
FRAMES_A_TICK = 30
SECONDS_A_TICK = 0.15
MAP_EVERY = 3  # frames: the maps of a plane are drawn twenty times a second
HISTORY = 500  # epochs of the losses that are kept; when there are more, every second one goes


class RaceFrame(NamedTuple):
    """One moment of a race.

    Attributes:
        epoch: how far all of them are that still run.
        losses: (runners,), the last finite one of a runner that has diverged.
        outputs: (runners, outputs, n), the networks over the race's grid, in the units of y; of a plane n is
            SMALL_CELLS^2, and in some of the frames it is None.
        accuracies: (runners,), the share of the training points that is told right; None without classes, and where
            `outputs` is.
    """

    epoch: int
    losses: np.ndarray
    outputs: np.ndarray | None
    accuracies: np.ndarray | None


class Race:
    """Runs experiments in step.

    Args:
        experiments: 2 to 4 of them, with the same data.
        names: a word for each.

    Attributes:
        problem: the data.
        grid: (inputs, n), the inputs over which the outputs are drawn: a line, or the cells of a plane.
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
        starts = [experiment.start() for experiment in experiments]
        self._problems = [start.problem for start in starts]
        self._trainers = [start.trainer for start in starts]
        self.problem = self._problems[0]
        if any(not np.array_equal(self.problem.samples, other.samples) for other in self._problems):
            raise ValueError("Runs can race on the same data alone.")
        self.grid = evaluation_grid(self.problem.ranges, SMALL_CELLS)
        self._seen = [problem.network_inputs(self.grid) for problem in self._problems]
        self.epoch, self.playing, self.version = 0, False, 0
        self._history, self._stride = [], 1
        self._note()
        self.frames = [self._pictured(self._frame())]

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
            if self.problem.n_inputs == 1 or len(frames) % MAP_EVERY == 0:
                frames[-1] = self._pictured(frames[-1])
            if self.over:
                self.playing = False
        if frames:
            self.frames = [*frames[:-1], self._pictured(frames[-1])]
            self.version += 1

    def _advance(self, end):
        """Every runner that has not diverged trains for a picture's epochs; one epoch at least, however late it is."""
        experiment = self.experiments[0]
        goal = min(self.epoch + experiment.speed, experiment.max_epochs)
        while self.epoch < goal:
            for trainer in self._trainers:
                trainer.train(1)
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
        return RaceFrame(self.epoch, np.array([trainer.loss for trainer in self._trainers]), None, None)

    def _pictured(self, frame):
        """The frame of the present with outputs and accuracies; where a runner diverged, of its last finite network."""
        if frame.outputs is not None:
            return frame
        networks = [trainer.network for trainer in self._trainers]
        outputs = [
            self.problem.y.inverse_transform(network.evaluate(seen)[-1].A)
            for network, seen in zip(networks, self._seen, strict=True)
        ]
        accuracies = None
        if self.problem.classes:
            pairs = zip(self._problems, networks, strict=True)
            accuracies = np.array([problem.accuracy(network, problem.samples) for problem, network in pairs])
        return frame._replace(outputs=np.stack(outputs), accuracies=accuracies)
