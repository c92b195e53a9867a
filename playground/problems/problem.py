"""A problem: samples of one or two inputs with a number or a class to learn, and what a network sees of them."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from nn import NeuralNetwork
from nn.arrays import Matrix, Whole
from playground.problems.features import features_of
from playground.problems.scale import Scale, standard_scale
from playground.problems.targets import Function

Ranges: TypeAlias = tuple[tuple[float, float], ...]  # (low, high) of each input


@dataclass(frozen=True)
class Problem:
    """Samples to learn from, and the function behind them.

    Attributes:
        samples, test_samples: (inputs + 1, m) and (inputs + 1, k), the inputs and y of the training set and of the test
            set, in their own units. A class is its number, from 0.
        is_test: (m + k,), which of all samples, in their own order, are in the test set.
        target: the function behind the samples, without noise; nan everywhere if it is unknown.
        ranges: where the samples lie.
        classes: the number of classes; 0 where y is a number.
        features: names of FEATURES that the network gets of two inputs; () of one input, which it gets as it is.
        x, y: the Scales of the features and of y.
        names: of the inputs and, last, of y; () where they are x, x1, x2 and y.
        class_names: in the order of the classes; () where they are called by their numbers.
    """

    samples: Matrix
    test_samples: Matrix
    is_test: npt.NDArray[np.bool_]
    target: Function
    ranges: Ranges
    classes: int
    features: tuple[str, ...]
    x: Scale
    y: Scale
    names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()

    @classmethod
    def of_samples(
        cls,
        samples: Matrix,
        target: Function | None,
        ranges: Ranges,
        *,
        classes: int = 0,
        features: tuple[str, ...] = (),
        test_fraction: float = 0.0,
        seed: int = 0,
        standardised: bool = False,
        names: tuple[str, ...] = (),
        class_names: tuple[str, ...] = (),
    ) -> "Problem":
        """Splits samples (inputs + 1, n) into a training and a test set, and scales what the network sees of them.

        Args:
            samples: the inputs, and y.
            target: the function behind them, or None if it is unknown.
            ranges, classes, features, names, class_names: of the Problem.
            test_fraction: the share of the test set, rounded; at least one sample stays in the training set.
            seed: of the choice of the test set.
            standardised: whether the network sees its features, and y unless it is a class, with mean 0 and standard
                deviation 1 over the training set.
        """
        n = samples.shape[1]
        test_count = min(round(test_fraction * n), n - 1)
        tested = np.zeros(n, bool)
        if test_count:
            tested[np.random.RandomState(seed).permutation(n)[:test_count]] = True
        training, test = samples[:, ~tested], samples[:, tested]
        for shared in (training, test):  # by every run of an experiment
            shared.setflags(write=False)
        x = y = Scale()
        if standardised:
            x = standard_scale(_features(training[:-1], features))
            y = y if classes else standard_scale(training[-1:])
        return cls(training, test, tested, target or _unknown, ranges, classes, features, x, y, names, class_names)

    @property
    def all_samples(self) -> Matrix:
        """(inputs + 1, m + k), training and test set in the order that they have in the visitor's file."""
        samples = np.empty((len(self.samples), len(self.is_test)))
        samples[:, ~self.is_test], samples[:, self.is_test] = self.samples, self.test_samples
        return samples

    @property
    def n_inputs(self) -> int:
        """1 or 2."""
        return len(self.ranges)

    def class_name(self, k: int) -> str:
        """What a class is called."""
        return self.class_names[k] if self.class_names else f"class {k}"

    @property
    def n_outputs(self) -> int:
        """The number of outputs of the network: one for a number or two classes, one per class for more."""
        return self.classes if self.classes > 2 else 1

    @property
    def n_features(self) -> int:
        """The number of units of the input layer: one per feature."""
        return len(self.features) or 1

    def network_inputs(self, X: Matrix) -> Matrix:
        """(features, n), what the network gets of inputs X (inputs, n)."""
        return self.x.transform(_features(X, self.features))

    def network_targets(self, y: Matrix) -> Matrix:
        """(outputs, n), what the network should answer where the samples have y (1, n)."""
        if self.classes > 2:
            one_hot: Matrix = np.equal(y, np.arange(self.classes)[:, None]).astype(float)
            return one_hot  # 1 at the class, 0 elsewhere
        return self.y.transform(y)

    @property
    def Xs(self) -> Matrix:
        """(features, m), the inputs of the training set as the network sees them."""
        return self.network_inputs(self.samples[:-1])

    @property
    def Ys(self) -> Matrix:
        """(outputs, m), the targets of the training set as the network sees them."""
        return self.network_targets(self.samples[-1:])

    @property
    def test_set(self) -> tuple[Matrix, Matrix]:
        """Xs and Ys of the test set, (features, k) and (outputs, k); k may be 0."""
        return self.network_inputs(self.test_samples[:-1]), self.network_targets(self.test_samples[-1:])

    def predicted_class(self, A: Matrix) -> Whole:
        """(n,), the class that each column of an output A (outputs, n) stands for."""
        classes: Whole = (A[0] > 0.5).astype(int) if len(A) == 1 else A.argmax(axis=0)
        return classes

    def confusion(self, network: NeuralNetwork, samples: Matrix) -> Whole:
        """The confusion matrix of samples (inputs + 1, n): (classes, classes), rows actual, columns predicted."""
        counts = np.zeros((self.classes, self.classes), int)
        if samples.size:
            predicted = self.predicted_class(network.evaluate(self.network_inputs(samples[:-1]))[-1].A)
            np.add.at(counts, (samples[-1].astype(int), predicted), 1)
        return counts

    def confusions(self, network: NeuralNetwork) -> Whole | None:
        """The confusion matrices of training and test set, (2, classes, classes); None without classes."""
        if not self.classes:
            return None
        return np.stack([self.confusion(network, samples) for samples in (self.samples, self.test_samples)])

    def accuracy(self, network: NeuralNetwork, samples: Matrix) -> float | None:
        """The share of samples (inputs + 1, n) that a network classifies correctly; None without classes or samples."""
        return accuracy_of(self.confusion(network, samples)) if self.classes and samples.size else None


def accuracy_of(confusion: Whole) -> float:
    """The share of the samples in a confusion matrix (classes, classes) that are classified correctly."""
    return float(np.trace(confusion) / confusion.sum())


def _features(X: Matrix, names: tuple[str, ...]) -> Matrix:
    return features_of(names, X) if names else X


def _unknown(*inputs: Matrix) -> Matrix:
    return np.full(np.shape(inputs[0]), np.nan)
