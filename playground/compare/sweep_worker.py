"""The worker: a process that trains one experiment after another, asked and answering in lines of JSON.

A line on stdin is {"experiment": {field: value}, "epochs": n}; for each there is a Result as a line on stdout.
`python -m playground.compare.sweep_worker` ends when stdin does, even in the middle of a run, and when a run takes too
long.
"""

import json
import math
import os
import queue
import sys
import threading
import time
from typing import NamedTuple

import numpy as np

from playground.compare.sweep import EPOCHS
from playground.experiment import Experiment
from playground.player.loss_on_test_set import LossOnTestSet

RUN_SECONDS = 600  # of a run, at the most; twice what a whole sweep should take


class Result(NamedTuple):
    """What came of a run. One that diverged counts as the worst there is: its losses are inf, its accuracies 0.

    Attributes:
        loss: of the whole training set after the last epoch.
        diverged: whether training left the finite numbers.
        test_loss: of the points that are kept apart; None where there are none.
        accuracy, test_accuracy: the share of the points whose class is told; None without classes, or test points.
        seconds: what it took.
        failed: None; or why there is nothing else, a sentence.
    """

    loss: float | None = None
    diverged: bool | None = None
    test_loss: float | None = None
    accuracy: float | None = None
    test_accuracy: float | None = None
    seconds: float | None = None
    failed: str | None = None


def train(experiment, epochs):
    """The Result of an Experiment after so many epochs from its start. A ValueError when it cannot be trained."""
    start = time.perf_counter()
    _, problem, trainer = experiment.start()
    trainer.train(epochs)
    diverged = trainer.diverged is not None
    test_loss = LossOnTestSet(trainer.network, *problem.test_set, trainer.loss_function).record(epochs)
    if problem.test_samples.size and (diverged or test_loss is None):
        test_loss = math.inf
    with np.errstate(all="ignore"):
        accuracies = [problem.accuracy(trainer.network, samples) for samples in (problem.samples, problem.test_samples)]
    if diverged:
        accuracies = [None if accuracy is None else 0.0 for accuracy in accuracies]
    return Result(math.inf if diverged else trainer.loss, diverged, test_loss, *accuracies, time.perf_counter() - start)


def answer(line):
    """The Result of a line of JSON, as one; what cannot be trained has failed."""
    try:
        asked = json.loads(line)
        result = train(Experiment(**asked["experiment"]), EPOCHS.check(asked["epochs"], 1))
    except (KeyError, TypeError, ValueError) as error:
        result = Result(failed=str(error))
    return json.dumps(result._asdict())


def main():
    lines = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    while True:
        line = lines.get()
        limit = threading.Timer(RUN_SECONDS, os._exit, (1,))
        limit.start()
        sys.stdout.write(answer(line) + "\n")
        limit.cancel()
        sys.stdout.flush()


def _listen(lines):
    for line in sys.stdin.buffer:
        lines.put(line)
    os._exit(0)  # whoever asked is gone


if __name__ == "__main__":
    main()
