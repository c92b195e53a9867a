"""One run of a sweep: an experiment trained to its end, and what is kept of it."""

import math
import time
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from nn.stopping import Reason
from playground.control import Control
from playground.experiment import Experiment
from playground.player.loss_on_test_set import LossOnTestSet
from playground.problems.measures import NAMES, named

WaitedFor: TypeAlias = Reason
EPOCHS = Control(int, "pace", "Epochs", "How long each run trains.", low=1, high=20_000, step=1000)
EPOCHS_AT_ONCE = 100  # between two looks at the clock


class Result(NamedTuple):
    """The result of a run. One that diverged counts as the worst possible: its losses are inf, its accuracies 0.

    The measures are those of a goal (playground/problems/measures.py): precision and recall are the lowest of all
    classes; None where a measure is not of the problem, or undefined.

    Attributes:
        loss: of the whole training set after the last epoch, or where it stopped early.
        diverged: whether training left the finite numbers.
        test_loss: of the test points; None without any.
        accuracy, test_accuracy: the share of the points that is classified correctly; None without classes, or without
            test points.
        seconds: what the run took.
        failed: None; or why there is nothing else, a sentence.
        stopped: the epoch at which it stopped early; None if it did not.
        waited_for: which loss did not improve there, "test_loss" or "loss".
    """

    loss: float | None = None
    diverged: bool | None = None
    test_loss: float | None = None
    accuracy: float | None = None
    test_accuracy: float | None = None
    seconds: float | None = None
    failed: str | None = None
    stopped: int | None = None
    waited_for: WaitedFor | None = None
    r2: float | None = None
    rmse: float | None = None
    mae: float | None = None
    precision: float | None = None
    recall: float | None = None
    test_r2: float | None = None
    test_rmse: float | None = None
    test_mae: float | None = None
    test_precision: float | None = None
    test_recall: float | None = None

    @property
    def measures(self) -> dict[str, float]:
        """The measures that it has, by the names of their fields."""
        values = {name: getattr(self, name) for name in MEASURES}
        return {name: value for name, value in values.items() if value is not None}


MEASURES = tuple(prefix + name for prefix in ("", "test_") for name in NAMES)
WORST = {"r2": -math.inf, "rmse": math.inf, "mae": math.inf, "precision": 0.0, "recall": 0.0}


def train(experiment: Experiment, epochs: int, seconds: float = math.inf) -> Result:
    """The Result of an experiment after so many epochs from its start; it has failed if that takes too many seconds.

    Early stopping may end it before; the epochs and the loss at which the page stops do not count.

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
    sets = {"": problem.samples, "test_": problem.test_samples}
    with np.errstate(all="ignore"):
        measures: dict[str, Any] = {
            prefix + name: WORST[name] if diverged else value
            for prefix, samples in sets.items()
            for name, value in named(problem, trainer.network, samples).items()
        }
    reason = None if diverged else trainer.stopping.reason(trainer.epoch)
    return Result(
        loss=math.inf if diverged else trainer.loss,
        diverged=diverged,
        test_loss=test_loss,
        accuracy=accuracy,
        test_accuracy=test_accuracy,
        seconds=time.perf_counter() - start,
        stopped=trainer.epoch if reason else None,
        waited_for=reason,
        **{name: None if math.isnan(value) else value for name, value in measures.items()},
    )
