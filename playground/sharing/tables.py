"""The numbers of a run as CSV tables: its loss by epoch, and its points with the network's outputs."""

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
    """All points with the network's outputs, in the units of y, and whether each is a test point."""
    problem = player.problem
    samples = np.hstack([problem.samples, problem.test_samples])
    A = player.trainer.network.evaluate(problem.network_inputs(samples[:-1]))[-1].A
    outputs = ["network"] if len(A) == 1 else [f"network, class {k}" for k in range(len(A))]
    is_test = np.repeat([0, 1], [problem.samples.shape[1], problem.test_samples.shape[1]])
    return write_table(
        (*NAMES[len(samples)], *outputs, "test point"), [*samples, *problem.y.inverse_transform(A), is_test]
    )
