"""The features of two inputs that a network can get: the inputs themselves, and simple functions of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nn.arrays import Matrix
from nn.registry import Registry
from playground.problems.targets import Function


@dataclass(frozen=True)
class Feature:
    """A function of two inputs.

    Args:
        name, label: for links, and for the page.
        function: from x1 and x2, arrays of one shape, to an array of that shape.
    """

    name: str
    label: str
    function: Function


# The first seven are those of TensorFlow Playground (src/playground.ts, https://github.com/tensorflow/playground).
FEATURES = Registry(
    "feature",
    (
        Feature("x1", "x₁", lambda x1, x2: x1),
        Feature("x2", "x₂", lambda x1, x2: x2),
        Feature("x1_squared", "x₁²", lambda x1, x2: x1**2),
        Feature("x2_squared", "x₂²", lambda x1, x2: x2**2),
        Feature("product", "x₁x₂", lambda x1, x2: x1 * x2),
        Feature("sin_x1", "sin x₁", lambda x1, x2: np.sin(x1)),
        Feature("sin_x2", "sin x₂", lambda x1, x2: np.sin(x2)),
        Feature("cos_x1", "cos x₁", lambda x1, x2: np.cos(x1)),
        Feature("cos_x2", "cos x₂", lambda x1, x2: np.cos(x2)),
    ),
)


def features_of(names: Iterable[str], X: Matrix) -> Matrix:
    """(features, n), the features of the inputs X (2, n), one row each in the order of FEATURES.

    Args:
        names: of the features, at least one, in any order.
        X: x1 and x2.

    Raises:
        ValueError: when a name is unknown.
    """
    chosen = {FEATURES[name] for name in names}
    return np.stack([feature.function(*X) for feature in FEATURES.values() if feature in chosen])
