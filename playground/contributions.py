"""What each unit of the last hidden layer contributes to the output, and how it is doing."""

from typing import NamedTuple

import numpy as np

FLAT = 0.01  # of the steepest slope the unit has shown anywhere: below it the unit is saturated there


class Contributions(NamedTuple):
    """The output's weighted sum, taken apart over a grid of inputs.

    Attributes:
        A: (units, n), the curve a_j(x) of each unit of the last hidden layer.
        weighted: (units, n), w_j a_j(x).
        bias: the output's b.
        output: (n,), Z of the output: the sum of all weighted curves and the bias.
        order: the units, the one whose weighted curve spans most first.
    """

    A: np.ndarray
    weighted: np.ndarray
    bias: float
    output: np.ndarray
    order: np.ndarray

    def sum_of(self, count):
        """The bias and the `count` largest contributions, added up: (n,)."""
        return self.bias + self.weighted[self.order[:count]].sum(axis=0)


class UnitReport(NamedTuple):
    """How one unit of the last hidden layer is doing on the training data.

    Attributes:
        unit: its number, from 0.
        weight: of the output on it.
        saturated: the share of the examples on which its slope g' is next to nothing.
        dead: whether it gives the same for every example.
        gradient: Euclidean norm of its own dW and db.
    """

    unit: int
    weight: float
    saturated: float
    dead: bool
    gradient: float


def contributions(network, grid):
    """Takes a network of one input and one output apart over a grid (n,)."""
    values = network.evaluate(grid[None])
    A, output = values[-2].A, network.layers[-1]
    weighted = output.W.T * A
    order = np.argsort(-np.ptp(weighted, axis=1), kind="stable")
    return Contributions(A, weighted, float(output.b[0, 0]), values[-1].Z[0], order)


def unit_reports(trainer, problem):
    """A UnitReport for each unit of the last hidden layer, in their own order."""
    network = trainer.network
    hidden, output = network.layers[-2], network.layers[-1]
    Z, A = network.evaluate(problem.Xs)[-2]
    slope = np.abs(hidden.g[1](Z))
    steepest = max(float(slope.max()), float(np.abs(hidden.g[1](np.linspace(-8, 8, 321))).max()))
    gradient = np.linalg.norm(network.matrices(trainer.gradient)[-2], axis=1)
    return [
        UnitReport(
            unit,
            float(output.W[0, unit]),
            float(np.mean(slope[unit] < FLAT * steepest)),
            bool(np.ptp(A[unit]) == 0),
            float(gradient[unit]),
        )
        for unit in range(hidden.unit_count)
    ]
