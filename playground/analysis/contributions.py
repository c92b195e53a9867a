"""What each unit of the last hidden layer contributes to the output, and how it is doing."""

from typing import NamedTuple

import numpy as np

FLAT = 0.01  # of the steepest slope the unit has shown anywhere: below it the unit is saturated there


class Contributions(NamedTuple):
    """The output's weighted sum, taken apart over a grid of inputs: Z = bias + the sum of all weighted curves.

    Attributes:
        A: (units, n), the curve a_j(x) of each unit of the last hidden layer.
        weighted: (units, n), w_j a_j(x).
        bias: the output's b.
        order: the units, the one whose weighted curve spans most first.
    """

    A: np.ndarray
    weighted: np.ndarray
    bias: float
    order: np.ndarray


class UnitReport(NamedTuple):
    """How one hidden unit is doing on the training data.

    Attributes:
        unit: its number, from 0.
        weight: of the unit above on it; of several units above, the norm of their weights.
        saturated: the share of the examples on which its slope g' is next to nothing.
        dead: whether it gives the same for every example.
        gradient: Euclidean norm of its own dW and db.
    """

    unit: int
    weight: float
    saturated: float
    dead: bool
    gradient: float


def contributions(A, Wb):
    """Takes an output apart.

    Args:
        A: (units, n), the curves of the last hidden layer.
        Wb: [W | b] of an output layer of one unit, (1, units + 1).
    """
    weighted = Wb[:, :-1].T * A
    order = np.argsort(-np.ptp(weighted, axis=1), kind="stable")
    return Contributions(A, weighted, float(Wb[0, -1]), order)


def unit_reports(trainer, problem, layer):
    """A UnitReport for each unit of a hidden layer, 1 for the first, in their own order."""
    network = trainer.network
    hidden, above = network.layers[layer - 1], network.layers[layer]
    Z, A = network.evaluate(problem.Xs)[layer]
    slope = np.abs(hidden.g[1](Z))
    steepest = max(float(slope.max()), float(np.abs(hidden.g[1](np.linspace(-8, 8, 321))).max()))
    gradient = np.linalg.norm(network.matrices(trainer.gradient)[layer - 1], axis=1)
    weights = above.W[0] if above.unit_count == 1 else np.linalg.norm(above.W, axis=0)
    return [
        UnitReport(
            unit,
            float(weights[unit]),
            float(np.mean(slope[unit] < FLAT * steepest)),
            bool(np.ptp(A[unit]) == 0),
            float(gradient[unit]),
        )
        for unit in range(hidden.unit_count)
    ]
