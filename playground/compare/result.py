"""One run of a sweep: an experiment trained to its end, and what is kept of it."""

import math
import time
from typing import NamedTuple

import numpy as np

from playground.control import Control
from playground.experiment import Experiment
from playground.player.loss_on_test_set import LossOnTestSet

EPOCHS = Control(int, "pace", "Epochs", "How long each run trains.", low=1, high=20_000, step=1000)
EPOCHS_AT_ONCE = 100  # between two looks at the clock


class Result(NamedTuple):
    """The result of a run. One that diverged counts as the worst possible: its losses are inf, its accuracies 0.

    Attributes:
        loss: of the whole training set after the last epoch, or where it stopped early.
        diverged: whether training left the finite numbers.
        test_loss: of the test points; None without any.
        accuracy, test_accuracy: the share of the points that is classified correctly; None without classes, or without
            test points.
        seconds: what the run took.
        failed: None; or why there is nothing else, a sentence.
    """

    loss: float | None = None
    diverged: bool | None = None
    test_loss: float | None = None
    accuracy: float | None = None
    test_accuracy: float | None = None
    seconds: float | None = None
    failed: str | None = None


def train(experiment: Experiment, epochs: int, seconds: float = math.inf) -> Result:
    """The Result of an experiment after so many epochs from its start; it has failed if that takes too many seconds.

    It stops before where its loss does not improve; the epochs and the loss at which the page stops do not count.

    Raises:
        ValueError: when it cannot be trained.
    """
    start = time.perf_counter()
    _, problem, trainer = experiment.start()
    while trainer.epoch < epochs and trainer.diverged is None:
        if time.perf_counter() - start > seconds:
            return Result(failed=f"It was not done after {seconds / 60:.0f} minutes.")
        if not trainer.train(min(EPOCHS_AT_ONCE, epochs - trainer.epoch)):
            break  # it has stopped early
    diverged = trainer.diverged is not None
    test_loss = LossOnTestSet(trainer.network, *problem.test_set, trainer.loss_function).record(epochs)
    with np.errstate(all="ignore"):
        accuracy = problem.accuracy(trainer.network, problem.samples)
        test_accuracy = problem.accuracy(trainer.network, problem.test_samples)
    if problem.test_samples.size and (diverged or test_loss is None):
        test_loss = math.inf
    if diverged:
        accuracy, test_accuracy = (None if each is None else 0.0 for each in (accuracy, test_accuracy))
    return Result(
        loss=math.inf if diverged else trainer.loss,
        diverged=diverged,
        test_loss=test_loss,
        accuracy=accuracy,
        test_accuracy=test_accuracy,
        seconds=time.perf_counter() - start,
    )
