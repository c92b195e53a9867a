"""The cells of a sweep: what the seeds of each combination of values came to."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from nn.stopping import Reason
from playground.compare.result import MEASURES, Result
from playground.compare.settings import Swept
from playground.compare.sweep import Run, SweepPlan


class Cell(NamedTuple):
    """The results of one combination of values, over the seeds that are done; None where there are none.

    Attributes:
        values: one for each axis.
        runs: how many have a result.
        loss, low, high: the median, the smallest and the largest final loss.
        diverged: how many runs did; their losses are inf, their accuracies 0.
        failed: why others have no result, one sentence each.
        test_loss, accuracy, test_accuracy, seconds: medians.
        measures: the median of each measure that the runs have, by its name (playground/compare/result.py).
        stopped: the epochs at which runs stopped early, rising.
        waited_for: which losses did not improve there.
    """

    values: tuple[Swept, ...]
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
    measures: Mapping[str, float]
    stopped: tuple[int, ...]
    waited_for: frozenset[Reason]


def summary(plan: SweepPlan, results: Mapping[Run, Result]) -> list[Cell]:
    """A Cell for each of the plan's."""
    cells: list[list[Result]] = [[] for _ in plan.values]
    for (cell, _), result in results.items():
        cells[cell].append(result)
    return [_cell_of(values, each) for values, each in zip(plan.values, cells, strict=True)]


def _cell_of(values: tuple[Swept, ...], results: list[Result]) -> Cell:
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
        measures={
            name: float(np.median(known))
            for name in MEASURES
            if (known := [result.measures[name] for result in done if name in result.measures])
        },
        stopped=tuple(sorted(result.stopped for result in done if result.stopped is not None)),
        waited_for=frozenset(result.waited_for for result in done if result.waited_for is not None),
    )


def _median(numbers: Iterable[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return float(np.median(known)) if known else None
