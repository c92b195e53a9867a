"""The sweep: settings over several values, each combination trained from several seeds."""

import math
from dataclasses import dataclass, field, replace
from itertools import product
from math import ceil, prod
from typing import TypeAlias

from playground.compare.cost import expected_seconds
from playground.compare.result import EPOCHS
from playground.compare.settings import MAX_VALUES, SWEPT, Swept, check_values, in_words, with_values
from playground.control import Control
from playground.experiment import CONTROLS, Experiment

SEEDS = Control(int, "pace", "Seeds", "The number of random starts per value.", low=1, high=9, step=1)


Axis: TypeAlias = tuple[str, tuple[Swept, ...]]  # a name of SWEPT, and its values
Run: TypeAlias = tuple[int, int]  # (cell, seed), both counted from 0


@dataclass(frozen=True)
class Limits:
    """How large a sweep may be: how many settings, values of each, combinations of them, seeds and epochs.

    `seconds` is what it may take one core, as forecast.
    """

    axes: int
    values: int
    cells: int
    seeds: Control
    epochs: Control
    seconds: float


ON_PAGE = Limits(2, MAX_VALUES, 64, SEEDS, EPOCHS, 300)  # the posts' run just fits in, with all of its limits
ON_COMMAND = Limits(
    4, 1000, 4000, replace(SEEDS, high=1000), replace(EPOCHS, low=0, high=CONTROLS["max_epochs"].high), math.inf
)


@dataclass(frozen=True)
class SweepPlan:
    """Every combination of the axes' values, called a cell, is trained from each of the seeds.

    Args:
        experiment: what stays the same.
        axes: (name of SWEPT, values), as many as `limits` allows.
        seeds: how many: the experiment's own and those that follow it.
        epochs: of every run; of the experiment's own stop conditions only early stopping counts.
        limits: how large it may be.

    Attributes:
        seconds: what a run of each cell should take, roughly.

    Raises:
        ValueError: on an invalid value, or when it would take too long.
    """

    experiment: Experiment
    axes: tuple[Axis, ...]
    seeds: int
    epochs: int
    limits: Limits = ON_PAGE
    seconds: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        limits, names = self.limits, [name for name, _ in self.axes]
        if not 1 <= len(names) <= limits.axes or len(set(names)) < len(names):
            listed = " and ".join(map(str, names)) or "none"
            most = "two" if limits.axes == 2 else f"up to {limits.axes}"
            raise ValueError(f"A sweep has one setting or {most} different ones, not {listed}.")
        if {"layers", "units"} <= set(names):
            raise ValueError("A sweep has layers or units, not both: layers have their units.")
        self._set("seeds", limits.seeds.check(self.seeds))
        self._set("epochs", limits.epochs.check(self.epochs))
        self._set("axes", tuple((name, check_values(name, values, limits.values)) for name, values in self.axes))
        count = prod(len(values) for _, values in self.axes)
        if count > limits.cells:
            raise ValueError(f"There can be {limits.cells:,} combinations of values, not {count:,}: choose fewer.")
        self._set("seconds", tuple(self._forecast(values) for values in self.values))
        total = self.seeds * sum(self.seconds)
        if total > limits.seconds:
            raise ValueError(
                f"This would take one core about {ceil(total / 60):,} minutes, and the limit is "
                f"{limits.seconds / 60:.0f}: choose fewer values, seeds or epochs, or a smaller network."
            )

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def values(self) -> list[tuple[Swept, ...]]:
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

    def _cell(self, values: tuple[Swept, ...]) -> Experiment:
        names = [name for name, _ in self.axes]
        return with_values(self.experiment, dict(zip(names, values, strict=True)))

    def _forecast(self, values: tuple[Swept, ...]) -> float:
        """Seconds that a run of a cell should take; a ValueError if its training cannot start."""
        try:
            experiment = self._cell(values)
            _, problem, trainer = experiment.start()
        except ValueError as error:
            cell = (
                f"{SWEPT[name].label} {in_words(value)}" for (name, _), value in zip(self.axes, values, strict=True)
            )
            raise ValueError(f"With {' and '.join(cell)}: {error}") from None
        return expected_seconds(trainer, problem.samples.shape[1], self.epochs)
