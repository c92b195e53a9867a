"""Samples frames of a run: what it is at one epoch, for whoever draws it."""

import math
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from nn import Trainer
from nn.arrays import Flat, Matrix, Whole
from playground.player.loss_on_test_set import LossOnTestSet
from playground.player.output_on_grid import OutputOnGrid
from playground.player.recording import Recording
from playground.problems.grid import evaluation_grid
from playground.problems.problem import Problem


class Sums(NamedTuple):
    """How the numbers at a parameter (layer, unit, input) are computed, in lines of text."""

    parameter: tuple[int, int, int]
    lines: str


class Seen(NamedTuple):
    """Numbers of a run at one epoch, as a Look has read them.

    Attributes:
        key: by which they are recognised.
        numbers: one block of them after another.
        sizes: of the blocks.
        sums: how some of them are computed; None in most frames.
    """

    key: int
    numbers: Flat
    sizes: tuple[int, ...]
    sums: Sums | None = None


Look: TypeAlias = Callable[[int], Seen | None]  # reads a run that is at a frame, by the frame's number in its tick


class Frame(NamedTuple):
    """A run at one epoch.

    Attributes:
        epoch: how many epochs are done.
        loss: the loss of the whole training set.
        change: of the loss per epoch, since the frame before or since the last recorded epoch; nan if unknown.
        gradient_norm: Euclidean norm of the gradient over all parameters.
        output: (outputs, n), the network's output on the grid, in the units of y. None in some frames of a problem with
            two inputs.
        confusion: (2, classes, classes), the confusion matrices of the training and the test points; rows are actual
            classes, columns predicted ones. None without classes, and wherever `output` is.
        parameters: (n,), all [W | b], flat.
        test_loss: the loss of the test points; None without test points, or where it is not finite.
        objective: the loss plus the penalty on the weights.
        seen: what Player.look saw of a running training.
    """

    epoch: int
    loss: float
    change: float
    gradient_norm: float
    output: Matrix | None
    confusion: Whole | None
    parameters: Flat
    test_loss: float | None
    objective: float
    seen: Seen | None = None


class FrameSampler:
    """Samples frames of a trainer on a problem, and records the test loss of each.

    Attributes:
        grid: (inputs, n), the inputs at which a frame's output is evaluated.
    """

    def __init__(self, trainer: Trainer, problem: Problem, test_losses: LossOnTestSet, recording: Recording) -> None:
        self._trainer, self._problem, self._test_losses = trainer, problem, test_losses
        self._recording = recording
        self.grid: Matrix = evaluation_grid(problem.ranges)
        self._output = OutputOnGrid(trainer.network, problem.network_inputs(self.grid))

    def sample(self, change: float | None = None) -> Frame:
        """The present frame, without output and confusion; `change` is taken from the history if not given."""
        trainer = self._trainer
        if change is None:
            epochs, losses = trainer.history.epochs[-2:], trainer.history.losses[-2:]
            change = float((trainer.loss - losses[0]) / (trainer.epoch - epochs[0])) if trainer.epoch else math.nan
        test_loss = self._test_losses.record(trainer.epoch)
        self._recording.note_test_loss(test_loss)
        with np.errstate(over="ignore"):  # shortly before a divergence the norm may overflow to inf, and is shown so
            norm = float(np.linalg.norm(trainer.gradient))
        return Frame(
            epoch=trainer.epoch,
            loss=trainer.loss,
            change=change,
            gradient_norm=norm,
            output=None,
            confusion=None,
            parameters=trainer.network.parameters.copy(),
            test_loss=test_loss,
            objective=trainer.objective,
        )

    def with_output(self, frame: Frame | None = None) -> Frame:
        """The present frame with output and confusion: `frame`, or a new sample if none is given."""
        frame = frame or self.sample()
        if frame.output is not None:
            return frame
        output = self._problem.y.inverse_transform(self._output.evaluate())
        return frame._replace(output=output, confusion=self._problem.confusions(self._trainer.network))
