"""The sweep: one or two knobs over a range with several seeds each; which runs that makes, and what came of them."""

from dataclasses import dataclass, field
from itertools import product
from math import ceil, prod
from typing import NamedTuple

import numpy as np

from playground.compare.knobs import KNOBS, checked_values, with_values
from playground.control import Control
from playground.experiment import CONTROLS, Experiment

SEEDS = Control("Seeds", "From how many starts each value is trained.", low=1, high=9, step=1)
EPOCHS = Control("Epochs", "How long each run trains.", low=1, high=20_000, step=1000)

MOST_CELLS = 64
MOST_SECONDS = 300  # of one core, as expected; the posts' run just fits in 64 cells of 9 seeds and 20,000 epochs
A_LAYER = 1e-5  # seconds in a step: measured 6e-6 of plain gradient descent, 2e-5 of Adam, dropout, L1, L2 and clipping
A_PRODUCT = 2.5e-10  # seconds of a parameter and an example in an epoch
A_UNIT = 2e-9  # seconds of a unit and an example in an epoch


class Cell(NamedTuple):
    """What came of one combination of values, over the seeds that are done; None where there is nothing.

    Attributes:
        values: one for each axis.
        runs: how many have a result.
        loss, low, high: the median, the least and the greatest final loss.
        diverged: how many runs did; their losses are inf, their accuracies 0.
        failed: why others have no result, a sentence each.
        test_loss, accuracy, test_accuracy, seconds: medians.
    """

    values: tuple
    runs: int
    loss: float | None
    low: float | None
    high: float | None
    diverged: int
    failed: tuple
    test_loss: float | None
    accuracy: float | None
    test_accuracy: float | None
    seconds: float | None


@dataclass(frozen=True)
class SweepPlan:
    """Every combination of the axes' values, a cell, is trained from each of the seeds.

    Args:
        experiment: what stays the same.
        axes: one or two of (name of KNOBS, values).
        seeds: how many, the experiment's own and those that follow it.
        epochs: of every run, whatever the experiment's own stop conditions.

    Attributes:
        seconds: what a run of each cell should take, roughly.

    Raises:
        ValueError: on a value that there is no experiment with, or when it would take too long.
    """

    experiment: Experiment
    axes: tuple
    seeds: int
    epochs: int
    seconds: tuple = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        names = [name for name, _ in self.axes]
        if len(names) not in (1, 2) or len(set(names)) < len(names):
            raise ValueError(
                f"One knob is swept, or two different ones, not {' and '.join(map(str, names)) or 'none'}."
            )
        self._set("seeds", SEEDS.check(self.seeds, 1))
        self._set("epochs", EPOCHS.check(self.epochs, 1))
        self._set("axes", tuple((name, checked_values(name, values)) for name, values in self.axes))
        count = prod(len(values) for _, values in self.axes)
        if count > MOST_CELLS:
            raise ValueError(f"There can be {MOST_CELLS} combinations of values, not {count}: choose fewer.")
        self._set("seconds", tuple(self._expected(values) for values in self.values))
        total = self.seeds * sum(self.seconds)
        if total > MOST_SECONDS:
            raise ValueError(
                f"This would take one core about {ceil(total / 60):,} minutes, and {MOST_SECONDS // 60} are the most: "
                "choose fewer values, seeds or epochs, or a smaller network."
            )

    def _set(self, name, value):
        object.__setattr__(self, name, value)

    @property
    def values(self):
        """The values of each cell, one for each axis; those of the last axis change fastest."""
        return list(product(*(values for _, values in self.axes)))

    def cells(self):
        """The experiment of each cell, with the first seed."""
        return [self._cell(values) for values in self.values]

    def runs(self):
        """{(cell, seed): Experiment}, both counted from 0: every cell with the first seed, then with the next."""
        cells, numbers = self.cells(), int(CONTROLS["seed"].high) + 1
        return {
            (cell, seed): experiment.changed(seed=(experiment.seed + seed) % numbers)
            for seed in range(self.seeds)
            for cell, experiment in enumerate(cells)
        }

    def _cell(self, values):
        names = [name for name, _ in self.axes]
        return with_values(self.experiment, dict(zip(names, values, strict=True)))

    def _expected(self, values):
        """Seconds that a run of a cell should take; there must be an experiment and a training of it."""
        try:
            experiment = self._cell(values)
            _, problem, trainer = experiment.start()
        except ValueError as error:
            told = (f"{KNOBS[name].label} {value}" for (name, _), value in zip(self.axes, values, strict=True))
            raise ValueError(f"With {' and '.join(told)}: {error}") from None
        m, layers = problem.samples.shape[1], trainer.network.layers
        steps, units = ceil(m / trainer.batch_size), sum(len(layer.W) for layer in layers)
        size = trainer.network.parameters.size
        return self.epochs * (steps * len(layers) * A_LAYER + m * (size * A_PRODUCT + units * A_UNIT))


def summary(plan, results):
    """A Cell for each of the plan's, of {(cell, seed): Result}."""
    cells = [[] for _ in plan.values]
    for (cell, _), result in results.items():
        cells[cell].append(result)
    return [_summed(*pair) for pair in zip(plan.values, cells, strict=True)]


def _summed(values, results):
    done = [result for result in results if result.failed is None]
    losses = [result.loss for result in done]

    def median(name):
        there = [getattr(result, name) for result in done if getattr(result, name) is not None]
        return float(np.median(there)) if there else None

    return Cell(
        values,
        len(done),
        median("loss"),
        min(losses, default=None),
        max(losses, default=None),
        sum(result.diverged for result in done),
        tuple(result.failed for result in results if result.failed is not None),
        *map(median, ("test_loss", "accuracy", "test_accuracy", "seconds")),
    )
