"""The numbers of a run as CSV tables: its loss by epoch, and its points with the network's outputs."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nn.arrays import Flat, Whole
from playground.player import Player
from playground.problems.tables import NAMES, write_table


def history_file(player: Player) -> str:
    """The loss by epoch, with the objective and the test loss where there are any.

    The test loss is measured once per frame, and a long run keeps only some of its losses: unknown values are empty.
    """
    history, test_losses = player.trainer.history, player.test_losses.up_to(player.trainer.epoch)
    series: dict[str, tuple[Whole, Flat]] = {"loss": (history.epochs, history.losses)}
    if np.isfinite(history.objectives).any():
        series["objective"] = history.epochs, history.objectives
    if len(test_losses):
        series["test loss"] = test_losses[:, 0].astype(int), test_losses[:, 1]
    epochs = np.unique(np.concatenate([measured for measured, _ in series.values()]))
    columns = np.full((len(series), len(epochs)), np.nan)
    for column, (measured, values) in zip(columns, series.values(), strict=True):
        column[np.searchsorted(epochs, measured)] = values
    return write_table(("epoch", *series), [epochs, *columns])


def data_file(player: Player) -> str:
    """All points in their order, with the visitor's own names of columns and classes, if there are any.

    Beside them the network's outputs, in the units of y, and whether each is a test point. The page reads it again
    (problems/tables/columns.py).
    """
    problem = player.problem
    samples = problem.all_samples
    A = player.trainer.network.evaluate(problem.network_inputs(samples[:-1]))[-1].A
    outputs = ["network"] if len(A) == 1 else [f"network, {problem.class_name(k)}" for k in range(len(A))]
    y: Sequence[Any] = [problem.class_name(int(k)) for k in samples[-1]] if problem.class_names else samples[-1]
    return write_table(
        (*(problem.names or NAMES[len(samples)]), *outputs, "test point"),
        [*samples[:-1], y, *problem.y.inverse_transform(A), problem.is_test.astype(int)],
    )
