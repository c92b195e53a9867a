"""The facts of a run that the patterns look at, each computed only when it is needed, and once."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from nn import NeuralNetwork
from nn.arrays import Matrix, Value
from playground.analysis.learning_rate import Stability
from playground.analysis.stability import measure_stability, stability_at
from playground.player import Player
from playground.problems.scale import vary

UNDERFIT = 0.1  # of the variance of y, above the noise: a fit that leaves more unexplained shows its gaps on the chart
MIN_POINTS_FOR_NOISE = 30  # to estimate it from neighbours; a network of twenty units can pass through fewer


class Facts:
    """A player's run at its present epoch.

    Args:
        player: the player.
        measure: measures the run's stability.

    Attributes:
        player, experiment, problem, trainer: of the run.
        since: the epoch from which on it trains as it does now.
        epochs, losses: its history from there on, of one length.
    """

    def __init__(self, player: Player, measure: Callable[[Player], Stability] = measure_stability) -> None:
        self.player, self.experiment = player, player.experiment
        self.problem, self.trainer = player.problem, player.trainer
        epochs, losses = self.trainer.history.epochs, self.trainer.history.losses
        self.since = _unchanged_since(player)
        self.epochs, self.losses = epochs[epochs >= self.since], losses[epochs >= self.since]
        self._measure = measure

    @cached_property
    def Xs(self) -> Matrix:
        """(features, m), the training inputs."""
        return self.problem.Xs

    @cached_property
    def Ys(self) -> Matrix:
        """(outputs, m), the training targets."""
        return self.problem.Ys

    @cached_property
    def A(self) -> Matrix:
        """(outputs, m), the network's output."""
        return self.trainer.network.evaluate(self.Xs)[-1].A

    @cached_property
    def start_values(self) -> Sequence[Value]:
        """Z and A of every layer, input first, with the parameters that the run started from."""
        return self._start_network.evaluate(self.Xs)

    def dead_at_start(self, layer: int) -> int:
        """How many units of a hidden layer, 1 for the first, gave the same A for every example, though they were on."""
        constant = np.flatnonzero(np.ptp(self.start_values[layer].A, axis=1) == 0).tolist()
        return sum((layer, unit) not in self._start_network.off for unit in constant)

    @cached_property
    def stability(self) -> Stability:
        """The stability at the present."""
        return self._measure(self.player)

    @cached_property
    def start_stability(self) -> Stability:
        """The stability at the start, measured roughly."""
        return stability_at(self.trainer, self.problem, self._start_network, rough=True)

    @cached_property
    def _start_network(self) -> NeuralNetwork:
        return self.player.recording.start.network(self.trainer.network)

    @cached_property
    def targets_vary(self) -> bool:
        """Whether the targets are not all equal, but for rounding."""
        return bool(vary(self.Ys).any())

    def unexplained_by(self, A: Matrix) -> float:
        """The share of the variance of the targets that outputs A (outputs, m) do not explain: 1 - R^2.

        nan where the targets have no variance.
        """
        if not self.targets_vary:
            return np.nan
        centred = self.Ys - self.Ys.mean(axis=1, keepdims=True)
        unit = float(np.abs(centred).max())  # as the squares of 1e-200 are 0, and those of 1e200 infinite
        with np.errstate(over="ignore"):
            off, spread = (A - self.Ys) / unit, centred / unit
            return float(np.sum(off**2) / np.sum(spread**2))  # |A - Y|^2 / |Y - mean|^2

    @cached_property
    def unexplained(self) -> float:
        """The share of the variance of the targets that the network does not explain."""
        return self.unexplained_by(self.A)

    @cached_property
    def noise(self) -> float:
        """The share of the variance of the targets that the inputs cannot explain, estimated from neighbours.

        Half the mean squared difference of y between nearest neighbours (Rice 1984, for points in order along x). Of
        fewer than MIN_POINTS_FOR_NOISE points, only those at the same place count.
        """
        spread = np.ptp(self.Xs, axis=1, keepdims=True)
        places = (self.Xs - self.Xs.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)
        squares = (places**2).sum(axis=0)
        distances = squares[:, None] + squares - 2 * places.T @ places  # |p - q|^2 = |p|^2 + |q|^2 - 2 p q, (m, m)
        np.fill_diagonal(distances, np.inf)
        nearest = distances.argmin(axis=1)
        neighbours = self.Ys[:, nearest]
        if len(nearest) < MIN_POINTS_FOR_NOISE:
            neighbours = np.where((self.Xs == self.Xs[:, nearest]).all(axis=0), neighbours, self.Ys)
        return self.unexplained_by(neighbours) / 2

    @cached_property
    def underfits(self) -> bool:
        """Whether the fit leaves much unexplained that could be explained."""
        return self.unexplained > UNDERFIT and self.unexplained - self.noise > UNDERFIT

    def loss_of_mean(self, Ys: Matrix) -> float:
        """The loss, on targets (outputs, k), of a network whose output is always the mean of the training targets."""
        mean = self.Ys.mean(axis=1, keepdims=True)
        return self.trainer.loss_function(np.broadcast_to(mean, Ys.shape), Ys)


def _unchanged_since(player: Player) -> int:
    """The epoch of the last change of the settings or the parameters up to the present."""
    changed = [change.epoch for change in player.recording.changes_up_to(player.experiment)]
    edited = [edit.epoch for edit in player.recording.edits if edit.epoch <= player.trainer.epoch]
    return max([0, *changed, *edited])
