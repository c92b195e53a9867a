"""What the patterns look at: the facts of a run at the moment it stands at, each computed once and only when asked."""

from functools import cached_property

import numpy as np

POOR = 0.1  # of the variance of y, above the noise: a fit that leaves more shows its gaps on the chart
MANY = 30  # points from which on neighbours tell the noise; through fewer, a network of twenty units can pass


class Facts:
    """A Player's run, as the patterns ask for it.

    Attributes:
        player, experiment, problem, trainer: the run's.
        epochs, losses: of its history so far, of one length.
    """

    def __init__(self, player):
        self.player, self.experiment = player, player.experiment
        self.problem, self.trainer = player.problem, player.trainer
        self.epochs, self.losses = self.trainer.history.epochs, self.trainer.history.losses

    @cached_property
    def Xs(self):
        """(features, m), what the network is trained on."""
        return self.problem.Xs

    @cached_property
    def Ys(self):
        """(outputs, m), what it is to tell."""
        return self.problem.Ys

    @cached_property
    def A(self):
        """(outputs, m), what it tells."""
        return self.trainer.network.evaluate(self.Xs)[-1].A

    @cached_property
    def started(self):
        """(Z, A) of every layer, input first, with the parameters that the run started from."""
        network = self.trainer.network.copy()
        network.parameters[:] = self.player.recording.checkpoints[0].parameters
        return network.evaluate(self.Xs)

    @cached_property
    def in_batches(self):
        """Whether a step takes a part of the examples."""
        return self.trainer.batch_size < self.Xs.shape[1]

    @cached_property
    def varied(self):
        """Whether the targets are not all the same."""
        return bool(np.ptp(self.Ys, axis=1).any())

    def share(self, A):
        """What an output A (outputs, m) leaves of the variance of the targets: 1 - R^2; nan where they have none."""
        if not self.varied:
            return np.nan
        centred = self.Ys - self.Ys.mean(axis=1, keepdims=True)
        return float(np.sum((A - self.Ys) ** 2) / np.sum(centred**2))  # |A - Y|^2 / |Y - mean|^2

    @cached_property
    def left(self):
        """What the network leaves of the variance of the targets."""
        return self.share(self.A)

    @cached_property
    def noise(self):
        """The share of the variance of the targets that the inputs cannot explain, as neighbours tell it.

        Half the mean squared difference of y between nearest neighbours (Rice 1984, for points in order along x). Of
        fewer than MANY points, only those at the same place count.
        """
        spread = np.ptp(self.Xs, axis=1, keepdims=True)
        places = (self.Xs - self.Xs.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)
        squares = (places**2).sum(axis=0)
        distances = squares[:, None] + squares - 2 * places.T @ places  # |p - q|^2 = |p|^2 + |q|^2 - 2 p q, (m, m)
        np.fill_diagonal(distances, np.inf)
        nearest = distances.argmin(axis=1)
        neighbours = self.Ys[:, nearest]
        if len(nearest) < MANY:
            neighbours = np.where((self.Xs == self.Xs[:, nearest]).all(axis=0), neighbours, self.Ys)
        return self.share(neighbours) / 2

    @cached_property
    def poor(self):
        """Whether the fit leaves much that could be explained."""
        return self.left > POOR and self.left - self.noise > POOR

    def constant(self, Ys):
        """The loss, on targets (outputs, k), of a network that tells nothing but the mean of those it is trained on."""
        mean = self.Ys.mean(axis=1, keepdims=True)
        return self.trainer.loss_function(np.broadcast_to(mean, Ys.shape), Ys)
