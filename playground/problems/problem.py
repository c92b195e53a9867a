"""A problem: points of one input or two, with a number or a class to be learnt, and how a network sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from playground.problems.features import features_of


class Scale(NamedTuple):
    """Where quantities are centred and how widely they are spread: the network sees (value - centre) / spread.

    Both are numbers, or (k, 1) for k quantities of a row each.
    """

    centre: float = 0.0
    spread: float = 1.0

    def transform(self, value):
        """A value as the network sees it."""
        return (value - self.centre) / self.spread

    def inverse_transform(self, value):
        """A value of the network's in its own units."""
        return value * self.spread + self.centre


@dataclass(frozen=True)
class Problem:
    """Points to learn from, and the truth behind them.

    Attributes:
        points, test_points: (inputs + 1, m) and (inputs + 1, k), the inputs and y of what is learnt from and of what is
            kept apart, in their own units. Where y is a class it is its number, from 0.
        target: the function they come from, without its noise, from an array an input to y; nan where nobody knows it.
        ranges: (low, high) for each input, where the points lie.
        classes: how many there are to tell apart; 0 where y is a number.
        features: names of FEATURES, what a network is given of two inputs; () of one, which is given as it is.
        x, y: the Scales by which the network sees its features, and y.
    """

    samples: np.ndarray
    test_samples: np.ndarray
    target: Callable
    ranges: tuple
    classes: int
    features: tuple
    x: Scale
    y: Scale

    @property
    def n_inputs(self):
        """1 or 2."""
        return len(self.ranges)

    @property
    def n_outputs(self):
        """How many the network has: one for a number or two classes, one a class for more."""
        return self.classes if self.classes > 2 else 1

    @property
    def n_features(self):
        """How many units the input layer has: one a feature."""
        return len(self.features) or 1

    def network_inputs(self, X):
        """What the network is given of inputs X (inputs, n): (features, n)."""
        return self.x.transform(_featured(X, self.features))

    @property
    def Xs(self):
        """(features, m), the training inputs as the network sees them."""
        return self.network_inputs(self.samples[:-1])

    @property
    def Ys(self):
        """(outputs, m), the training targets as the network sees them."""
        return self.network_targets(self.samples[-1:])

    @property
    def test_set(self):
        """Xs and Ys of the test points, (features, k) and (outputs, k), k maybe 0."""
        return self.network_inputs(self.test_samples[:-1]), self.network_targets(self.test_samples[-1:])

    def network_targets(self, y):
        if self.classes > 2:
            return (y == np.arange(self.classes)[:, None]).astype(float)  # a column is 1 at its class, 0 elsewhere
        return self.y.transform(y)

    def predicted_class(self, A):
        """The class that each column of an output A (outputs, n) tells, (n,)."""
        return (A[0] > 0.5).astype(int) if len(A) == 1 else A.argmax(axis=0)

    def confusion(self, network, points):
        """How many of some points (inputs + 1, n) of each class are told to be of each: (classes, classes).

        A row is a class, a column what it is taken for.
        """
        counts = np.zeros((self.classes, self.classes), int)
        if points.size:
            told = self.predicted_class(network.evaluate(self.network_inputs(points[:-1]))[-1].A)
            np.add.at(counts, (points[-1].astype(int), told), 1)
        return counts

    def accuracy(self, network, samples):
        """The share of samples (inputs + 1, n) that a network classifies correctly; None without classes or samples."""
        return accuracy_of(self.confusion(network, samples)) if self.classes and samples.size else None

    def confusions(self, network):
        """The same of the training points and of the test points, (2, classes, classes); None without classes."""
        if not self.classes:
            return None
        return np.stack([self.confusion(network, points) for points in (self.samples, self.test_samples)])


def accuracy_of(confusion):
    """The share of samples on the diagonal of a confusion matrix (classes, classes)."""
    return float(np.trace(confusion) / confusion.sum())


def make_problem(points, target, ranges, *, classes=0, features=(), test_fraction=0.0, seed=0, standardised=False):
    """A Problem of points (inputs + 1, n).

    Args:
        points: the inputs, and y.
        target: the function behind them, or None where nobody knows it.
        ranges, classes, features: of the Problem.
        test_fraction: the share of them that is kept apart, rounded; one at least is learnt from.
        seed: which those are.
        standardised: whether the network sees its features and y, unless it is a class, with mean 0 and standard
            deviation 1 over what is learnt from.
    """
    n = points.shape[1]
    apart = min(round(test_fraction * n), n - 1)
    chosen = np.zeros(n, bool)
    if apart:
        chosen[np.random.RandomState(seed).permutation(n)[:apart]] = True
    learnt = points[:, ~chosen]
    x = y = Scale()
    if standardised:
        x = _standard(_featured(learnt[:-1], features))
        y = y if classes else _standard(learnt[-1:])
    return Problem(learnt, points[:, chosen], target or _unknown, ranges, classes, features, x, y)


def _featured(X, features):
    return features_of(features, X) if features else X


def _standard(rows):
    spread = rows.std(axis=1, keepdims=True)
    return Scale(rows.mean(axis=1, keepdims=True), np.where(spread > 0, spread, 1.0))


def _unknown(*inputs):
    return np.full(np.shape(inputs[0]), np.nan)
