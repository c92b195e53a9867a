"""How well a network does, beside its loss: R², RMSE and MAE of numbers, precision and recall of classes."""

from typing import NamedTuple, TypeAlias

import numpy as np

from nn import NeuralNetwork
from nn.arrays import Flat, Matrix, Whole
from playground.problems.problem import Problem
from playground.problems.scale import vary

Measures: TypeAlias = tuple[tuple[float, ...], ...]  # of the training points and, if there are any, of the test points


class Measure(NamedTuple):
    """A measure of a problem.

    Attributes:
        label: its name.
        undefined: why it may have no value, in a few words.
        is_share: whether it is a share of the points, from 0 to 1.
    """

    label: str
    undefined: str
    is_share: bool


NUMBERS = (Measure("R²", "all y are equal", False), Measure("RMSE", "", False), Measure("MAE", "", False))
NAMES = {"r2": "R²", "rmse": "RMSE", "mae": "MAE", "precision": "Precision", "recall": "Recall"}  # in links and files
EXPRESSIONS = {  # as code: of |a - y| and the standard deviation of y, or of class k in a confusion matrix
    "r2": "1 - (root_mean_square(errors) / spread) ** 2",
    "rmse": "root_mean_square(errors)",
    "mae": "np.mean(errors)",
    "precision": "counts[k, k] / counts[:, k].sum()",
    "recall": "counts[k, k] / counts[k].sum()",
}
NUMBERS_IN_WORDS = (
    "R² is 1 minus the squared errors over those of the mean of y: 0 is as good as the mean, 1 is perfect. RMSE is the "
    "root of the mean squared error and MAE the mean of the absolute errors, both in the units of y."
)
CLASSES_IN_WORDS = (
    "Precision is the share of the points taken for a class that are of it. Recall is the share of a class's points "
    "that are taken for it."
)


def measures_of(problem: Problem) -> list[Measure]:
    """The measures of a problem, in the order of `measure`."""
    if not problem.classes:
        return list(NUMBERS)
    names = [problem.class_name(k) for k in range(problem.classes)]
    precisions = [Measure(f"Precision, {name}", "never predicted", True) for name in names]
    recalls = [Measure(f"Recall, {name}", "no such points", True) for name in names]
    return precisions + recalls


def meaning(problem: Problem) -> str:
    """What the measures of a problem are, in sentences."""
    return CLASSES_IN_WORDS if problem.classes else NUMBERS_IN_WORDS


def measure(problem: Problem, network: NeuralNetwork) -> Measures:
    """The measures of a network on the training points, and on the test points if there are any; nan where undefined.

    What has left the finite numbers measures inf, or -inf for an R².
    """
    sets = [samples for samples in (problem.samples, problem.test_samples) if samples.size]
    return tuple(tuple(map(float, measures_on(problem, network, samples))) for samples in sets)


def measures_on(problem: Problem, network: NeuralNetwork, samples: Matrix) -> Flat:
    """The measures of a network on samples (inputs + 1, n), of which there is at least one; nan where undefined."""
    if problem.classes:
        return of_confusion(problem.confusion(network, samples))
    with np.errstate(all="ignore"):
        output = problem.y.inverse_transform(network.evaluate(problem.network_inputs(samples[:-1]))[-1].A)
    return of_numbers(output[0], samples[-1])


def of_numbers(output: Flat, y: Flat) -> Flat:
    """(3,), the measures of numbers: R² = 1 - Σ(y - a)² / Σ(y - mean)², RMSE and MAE; outputs a and targets y, (m,)."""
    with np.errstate(all="ignore"):
        errors = np.nan_to_num(np.abs(np.asarray(output, float) - y), nan=np.inf, posinf=np.inf)
        off = np.abs(y - y.mean())
        spread = _root_mean_square(off) if vary(y[None]).any() else np.float64(np.nan)
        root = _root_mean_square(errors)
        return np.array([1 - (root / spread) ** 2, root, errors.mean()])


def _root_mean_square(values: Flat) -> np.float64:
    """Of values of any size: the squares of 1e-200 are 0, and those of 1e200 infinite."""
    size = np.float64(values.max(initial=0.0))
    return np.float64(size * np.sqrt(np.mean((values / size) ** 2))) if 0 < size < np.inf else size


def of_confusion(counts: Whole) -> Flat:
    """(2 classes,), the precision of each class, then the recall of each; of a confusion matrix (classes, classes)."""
    right = np.diag(counts).astype(float)
    with np.errstate(invalid="ignore"):  # 0 / 0 is undefined
        return np.concatenate([right / counts.sum(axis=0), right / counts.sum(axis=1)])


def named(problem: Problem, network: NeuralNetwork, samples: Matrix) -> dict[str, float]:
    """The measures on samples (inputs + 1, n) by their NAMES; precision and recall are the lowest of all classes.

    nan where undefined; {} without samples.
    """
    if not samples.size:
        return {}
    values = measures_on(problem, network, samples)
    if problem.classes:
        return {"precision": float(values[: problem.classes].min()), "recall": float(values[problem.classes :].min())}
    return dict(zip(("r2", "rmse", "mae"), values.tolist(), strict=True))


def in_words(measure: Measure, value: float) -> str:
    """A value of a measure."""
    if np.isnan(value):
        return measure.undefined
    if np.isinf(value):
        return "not finite"
    return f"{100 * value:.1f} %" if measure.is_share else f"{value:.4g}"
