"""The sweep: one or two settings over several values, each trained from several seeds; the plan, and its results."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import ceil, prod
from typing import NamedTuple, TypeAlias

import numpy as np

from playground.compare.cost import expected_seconds
from playground.compare.result import EPOCHS, Result
from playground.compare.settings import SETTINGS, check_values, with_values
from playground.control import Control, Value
from playground.experiment import CONTROLS, Experiment

SEEDS = Control(int, "pace", "Seeds", "The number of random starts per value.", low=1, high=9, step=1)

MAX_CELLS = 64
MAX_SECONDS = 300  # of one core, as forecast; the posts' run just fits in 64 cells of 9 seeds and 20,000 epochs

Axis: TypeAlias = tuple[str, tuple[Value, ...]]  # a name of SETTINGS, and its values
Run: TypeAlias = tuple[int, int]  # (cell, seed), both counted from 0


class Cell(NamedTuple):
    """The results of one combination of values, over the seeds that are done; None where there are none.

    Attributes:
        values: one for each axis.
        runs: how many have a result.
        loss, low, high: the median, the smallest and the largest final loss.
        diverged: how many runs did; their losses are inf, their accuracies 0.
        failed: why others have no result, one sentence each.
        test_loss, accuracy, test_accuracy, seconds: medians.
    """

    values: tuple[Value, ...]
    runs: int
    loss: float | None
    low: float | None
    high: float | None
    diverged: int
    failed: tuple[str, ...]
    test_loss: float | None
    accuracy: float | None
    test_accuracy: float | None
    seconds: float | None


@dataclass(frozen=True)
class SweepPlan:
    """Every combination of the axes' values, called a cell, is trained from each of the seeds.

    Args:
        experiment: what stays the same.
        axes: one or two of (name of SETTINGS, values).
        seeds: how many, the experiment's own and those that follow it.
        epochs: of every run, whatever the experiment's own stop conditions.

    Attributes:
        seconds: what a run of each cell should take, roughly.

    Raises:
        ValueError: on an invalid value, or when it would take too long.
    """

    experiment: Experiment
    axes: tuple[Axis, ...]
    seeds: int
    epochs: int
    seconds: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = [name for name, _ in self.axes]
        if len(names) not in (1, 2) or len(set(names)) < len(names):
            listed = " and ".join(map(str, names)) or "none"
            raise ValueError(f"A sweep has one setting or two different ones, not {listed}.")
        self._set("seeds", SEEDS.check(self.seeds))
        self._set("epochs", EPOCHS.check(self.epochs))
        self._set("axes", tuple((name, check_values(name, values)) for name, values in self.axes))
        count = prod(len(values) for _, values in self.axes)
        if count > MAX_CELLS:
            raise ValueError(f"There can be {MAX_CELLS} combinations of values, not {count}: choose fewer.")
        self._set("seconds", tuple(self._forecast(values) for values in self.values))
        total = self.seeds * sum(self.seconds)
        if total > MAX_SECONDS:
            raise ValueError(
                f"This would take one core about {ceil(total / 60):,} minutes, and the limit is {MAX_SECONDS // 60}: "
                "choose fewer values, seeds or epochs, or a smaller network."
            )

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def values(self) -> list[tuple[Value, ...]]:
        """The values of each cell, one for each axis; those of the last axis change fastest."""
        return list(product(*(values for _, values in self.axes)))

    def cells(self) -> list[Experiment]:
        """The experiment of each cell, with the first seed."""
        return [self._cell(values) for values in self.values]

    def runs(self) -> dict[Run, Experiment]:
        """The experiment of each run: every cell with the first seed, then with the next."""
        cells, seeds = self.cells(), int(CONTROLS["seed"].high) + 1
        return {
            (cell, seed): experiment.changed(seed=(experiment.seed + seed) % seeds)
            for seed in range(self.seeds)
            for cell, experiment in enumerate(cells)
        }

    def _cell(self, values: tuple[Value, ...]) -> Experiment:
        names = [name for name, _ in self.axes]
        return with_values(self.experiment, dict(zip(names, values, strict=True)))

    def _forecast(self, values: tuple[Value, ...]) -> float:
        """Seconds that a run of a cell should take; a ValueError if its training cannot start."""
        try:
            experiment = self._cell(values)
            _, problem, trainer = experiment.start()
        except ValueError as error:
            cell = (f"{SETTINGS[name].label} {value}" for (name, _), value in zip(self.axes, values, strict=True))
            raise ValueError(f"With {' and '.join(cell)}: {error}") from None
        return expected_seconds(trainer, problem.samples.shape[1], self.epochs)


def summary(plan: SweepPlan, results: Mapping[Run, Result]) -> list[Cell]:
    """A Cell for each of the plan's."""
    cells: list[list[Result]] = [[] for _ in plan.values]
    for (cell, _), result in results.items():
        cells[cell].append(result)
    return [_cell_of(values, each) for values, each in zip(plan.values, cells, strict=True)]


def _cell_of(values: tuple[Value, ...], results: list[Result]) -> Cell:
    done = [result for result in results if result.failed is None]
    losses = [result.loss for result in done if result.loss is not None]
    return Cell(
        values,
        runs=len(done),
        loss=_median(losses),
        low=min(losses, default=None),
        high=max(losses, default=None),
        diverged=sum(bool(result.diverged) for result in done),
        failed=tuple(result.failed for result in results if result.failed is not None),
        test_loss=_median(result.test_loss for result in done),
        accuracy=_median(result.accuracy for result in done),
        test_accuracy=_median(result.test_accuracy for result in done),
        seconds=_median(result.seconds for result in done),
    )


def _median(numbers: Iterable[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return float(np.median(known)) if known else None
