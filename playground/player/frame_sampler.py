"""The camera: takes the frames of a run, for whoever draws them."""

import math
from typing import NamedTuple

import numpy as np

from playground.problems.grid import evaluation_grid


class Frame(NamedTuple):
    """One moment of a run.

    Attributes:
        epoch, loss: how far, and the loss of the whole training set there.
        change: of the loss an epoch, since the frame before, or the last epoch on record; nan where there is none.
        gradient_norm: Euclidean norm of the gradient over all parameters.
        output: (outputs, n), the network over the grid, in the units of y; None in some of the frames of a plane.
        confusion: (2, classes, classes), how many training points and test points of each class are told to be of each;
            None without classes, and where `output` is.
        test_loss: the loss of the points kept apart; None where there are none.
        objective: what is descended, the loss and the penalty on the weights.
        parameters: all [W | b], flat.
    """

    epoch: int
    loss: float
    change: float
    gradient_norm: float
    output: np.ndarray | None
    confusion: np.ndarray | None
    parameters: np.ndarray
    test_loss: float | None
    objective: float


class FrameSampler:
    """Takes frames of a Trainer on a Problem.

    Args:
        held_out: the run's LossOnTestSet; a frame measures its loss.

    Attributes:
        grid: (inputs, n), the inputs over which the output is drawn.
    """

    def __init__(self, trainer, problem, held_out):
        self._trainer, self._problem, self._held_out = trainer, problem, held_out
        self.grid = evaluation_grid(problem.ranges)
        self._seen = problem.network_inputs(self.grid)

    def sample(self, change=None):
        """The Frame of the present, without output and confusion."""
        trainer = self._trainer
        if change is None:
            epochs, losses = trainer.history.epochs[-2:], trainer.history.losses[-2:]
            change = float((trainer.loss - losses[0]) / (trainer.epoch - epochs[0])) if trainer.epoch else math.nan
        with np.errstate(over="ignore"):  # just before it diverges the norm may be inf, and is shown so
            norm = float(np.linalg.norm(trainer.gradient))
        parameters, test_loss = trainer.network.parameters.copy(), self._held_out.record(trainer.epoch)
        return Frame(
            trainer.epoch, trainer.loss, change, norm, None, None, parameters, test_loss, trainer.objective
        )  # fmt: skip

    def with_output(self, frame=None):
        """The frame of the present with output and confusion; another one when none is given."""
        frame = frame or self.sample()
        if frame.output is not None:
            return frame
        network, problem = self._trainer.network, self._problem
        output = problem.y.inverse_transform(network.evaluate(self._seen)[-1].A)
        return frame._replace(output=output, confusion=problem.confusions(network))
