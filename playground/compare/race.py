"""The race: up to four experiments trained side by side on the same data, epoch for epoch."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nn import Trainer
from nn.arrays import Matrix, Whole
from nn.divergence import Divergence
from playground.experiment import Experiment
from playground.player.messages import waited_for
from playground.player.pacing import FRAMES_PER_TICK, SECONDS_PER_TICK
from playground.player.turn import TURNS, computing_time
from playground.problems.grid import SMALL_CELLS, evaluation_grid
from playground.problems.measures import Measures, measure

MAX_CONTESTANTS = 4
MAP_EVERY = 3  # frames: the maps of a plane are drawn twenty times a second
MAX_HISTORY = 500  # losses of each contestant; a longer history is thinned


class RaceFrame(NamedTuple):
    """One moment of a race.

    Attributes:
        epoch: the epoch of all contestants that still train.
        losses: (contestants,), the last finite loss of one that has diverged.
        outputs: (contestants, outputs, n), the networks over the race's grid, in the units of y; on a plane n is
            SMALL_CELLS^2, and some of the frames have None.
        accuracies: (contestants,), the share of the training points that is classified correctly; None without
            classes, and where `outputs` is None.
    """

    epoch: int
    losses: Matrix
    outputs: Matrix | None
    accuracies: Matrix | None


class Race:
    """Trains several experiments, the contestants, in step.

    Args:
        experiments: 2 to 4 of them, with the same data.
        names: one word for each.

    Attributes:
        problem: the data.
        grid: (inputs, n), the inputs at which the outputs are drawn: a line, or the cells of a plane.
        epoch: how far the race is.
        playing: whether ticks train.
        frames: those of the last tick; at least one.
        frame_version: rises whenever there are new frames.
        continues_from: the epoch after which the frames continue the film; None where they begin it.

    Raises:
        ValueError: on another number of experiments, on different data, or on one that cannot start.
    """

    def __init__(self, experiments: Sequence[Experiment], names: Sequence[str]) -> None:
        if not 2 <= len(experiments) <= MAX_CONTESTANTS:
            raise ValueError(f"2 to {MAX_CONTESTANTS} runs can race, not {len(experiments)}.")
        self.experiments, self.names = tuple(experiments), tuple(names)
        starts = [experiment.start() for experiment in experiments]
        self._problems = [start.problem for start in starts]
        self._trainers = [start.trainer for start in starts]
        self.problem = self._problems[0]
        if any(not np.array_equal(self.problem.samples, other.samples) for other in self._problems[1:]):
            raise ValueError("Runs can only race on the same data.")
        self.grid = evaluation_grid(self.problem.ranges, SMALL_CELLS)
        self._grid_inputs = [problem.network_inputs(self.grid) for problem in self._problems]
        self.epoch, self.playing, self.frame_version = 0, False, 0
        self.frames = [self._with_outputs(self._frame())]
        self.continues_from: int | None = None

    @property
    def epochs(self) -> Whole:
        """(k,), the epochs of `losses`, evenly spaced from 0 on; at most MAX_HISTORY of them."""
        stride = 1
        while self.epoch // stride >= MAX_HISTORY:
            stride *= 2
        return np.arange(0, self.epoch + 1, stride)

    @property
    def losses(self) -> Matrix:
        """(contestants, k), the losses at `epochs`; of one that has diverged the last finite loss is repeated."""
        losses = []
        for history in (trainer.history for trainer in self._trainers):  # its stride divides ours: both are powers of 2
            index = self.epochs // history.stride
            losses.append(history.losses[np.minimum(index, len(history.losses) - 1)])
        return np.stack(losses)

    @property
    def diverged(self) -> list[Divergence | None]:
        """For each contestant its Divergence, or None."""
        return [trainer.diverged for trainer in self._trainers]

    @property
    def stopped(self) -> list[tuple[int, str] | None]:
        """For each contestant None, or where and why it stopped early: the epoch, and some words."""
        pairs = zip(self._trainers, self.experiments, strict=True)
        ends = [(trainer, experiment, trainer.stopping.reason(trainer.epoch)) for trainer, experiment in pairs]
        return [
            (trainer.epoch, waited_for(reason, experiment)) if reason and not trainer.diverged else None
            for trainer, experiment, reason in ends
        ]

    @property
    def measures(self) -> list[Measures]:
        """The measures of each contestant, as its network is now."""
        pairs = zip(self._problems, self._trainers, strict=True)
        return [measure(problem, trainer.network) for problem, trainer in pairs]

    @property
    def over(self) -> bool:
        """Whether there is nothing left to train."""
        return self.epoch >= self.experiments[0].max_epochs or all(map(_has_ended, self._trainers))

    def tick(self, count: int | None = None) -> None:
        """Trains for `count` frames, or half a second of them; for fewer where that would take too long."""
        with TURNS.one():
            self._tick(count or FRAMES_PER_TICK)

    def train_to(self, epoch: int, seconds: float) -> None:
        """Trains up to an epoch, or for so many seconds of computing."""
        end = computing_time() + seconds
        with TURNS.one():
            while self.epoch < epoch and not self.over and computing_time() < end:
                self._advance(end, epoch)
        self.frames = [self._with_outputs(self._frame())]
        self.frame_version += 1

    def _tick(self, count: int) -> None:
        frames: list[RaceFrame] = []
        start = self.epoch
        end = computing_time() + SECONDS_PER_TICK * max(1, count / FRAMES_PER_TICK)
        while self.playing and (not frames or (len(frames) < count and computing_time() < end)):
            self._advance(end, self.experiments[0].max_epochs)
            frames.append(self._frame())
            if self.problem.n_inputs == 1 or len(frames) % MAP_EVERY == 0:
                frames[-1] = self._with_outputs(frames[-1])
            if self.over:
                self.playing = False
        if frames:
            self.frames = [*frames[:-1], self._with_outputs(frames[-1])]
            self.continues_from = start
            self.frame_version += 1

    def _advance(self, end: float, last: int) -> None:
        """Trains every contestant for one frame's epochs, up to the last; for fewer if the clock passes `end`."""
        goal = min(self.epoch + self.experiments[0].speed, last)
        while self.epoch < goal:
            TURNS.give_way()
            for trainer in self._trainers:
                trainer.train(1)  # one that has diverged or stopped early does nothing
            self.epoch += 1
            if computing_time() >= end:
                break

    def _frame(self) -> RaceFrame:
        return RaceFrame(self.epoch, np.array([trainer.loss for trainer in self._trainers]), None, None)

    def _with_outputs(self, frame: RaceFrame) -> RaceFrame:
        """The present frame with outputs and accuracies; a contestant that diverged has its last finite network."""
        if frame.outputs is not None:
            return frame
        networks = [trainer.network for trainer in self._trainers]
        outputs = [
            self.problem.y.inverse_transform(network.evaluate(inputs)[-1].A)
            for network, inputs in zip(networks, self._grid_inputs, strict=True)
        ]
        accuracies = None
        if self.problem.classes:
            pairs = zip(self._problems, networks, strict=True)
            accuracies = np.array([problem.accuracy(network, problem.samples) for problem, network in pairs])
        return frame._replace(outputs=np.stack(outputs), accuracies=accuracies)


def _has_ended(trainer: Trainer) -> bool:
    """Whether a contestant trains no more: it has diverged, or stopped early."""
    return trainer.diverged is not None or trainer.stopping.reason(trainer.epoch) is not None
