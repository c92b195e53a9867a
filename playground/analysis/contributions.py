"""What each unit of the last hidden layer contributes to the output, and how it is doing."""

from typing import NamedTuple

import numpy as np

from nn import Activation, Trainer
from nn.arrays import Mask, Matrix, Whole
from playground.problems.problem import Problem

FLAT = 0.01  # of the activation's steepest slope: where its slope is below, a unit is saturated


class Contributions(NamedTuple):
    """The parts of the output's weighted sum over a grid of inputs: Z = bias + the sum of all weighted curves.

    Attributes:
        A: (units, n), the curve a_j(x) of each unit of the last hidden layer.
        weighted: (units, n), w_j a_j(x).
        bias: the output's b.
        order: (units,), the units by the range of their weighted curves, the widest first.
    """

    A: Matrix
    weighted: Matrix
    bias: float
    order: Whole


class UnitReport(NamedTuple):
    """How one hidden unit does on the training data.

    Attributes:
        unit: its number, from 0.
        weight: its weight in the unit above; with several units above, the norm of these weights.
        saturated: the share of the examples at which its slope g' is almost 0.
        dead: whether its output is the same for every example, though it is on.
        gradient: Euclidean norm of its own dW and db.
        off: whether it is switched off.
    """

    unit: int
    weight: float
    saturated: float
    dead: bool
    gradient: float
    off: bool = False


def contributions(A: Matrix, Wb: Matrix) -> Contributions:
    """The contributions to an output.

    Args:
        A: (units, n), the curves of the last hidden layer.
        Wb: [W | b] of an output layer of one unit, (1, units + 1).
    """
    weighted = Wb[:, :-1].T * A
    order = np.argsort(-np.ptp(weighted, axis=1), kind="stable")
    return Contributions(A, weighted, float(Wb[0, -1]), order)


def is_flat(g: Activation, Z: Matrix) -> Mask:
    """Where a unit is saturated: whether |g'(Z)| is almost 0, beside its largest value; in the shape of Z."""
    return np.abs(g[1](Z)) < FLAT * g.steepest


def unit_reports(trainer: Trainer, problem: Problem, layer: int) -> list[UnitReport]:
    """One UnitReport per unit of a hidden layer, 1 for the first, in the order of the units."""
    network = trainer.network
    hidden, above = network.layers[layer - 1], network.layers[layer]
    Z, A = network.evaluate(problem.Xs)[layer]
    assert Z is not None
    flat = is_flat(hidden.g, Z)
    gradient = np.linalg.norm(network.matrices(trainer.gradient)[layer - 1], axis=1)
    weights = above.W[0] if above.unit_count == 1 else np.linalg.norm(above.W, axis=0)
    off = [(layer, unit) in network.off for unit in range(hidden.unit_count)]
    return [
        UnitReport(
            unit,
            float(weights[unit]),
            float(np.mean(flat[unit])),
            bool(np.ptp(A[unit]) == 0) and not off[unit],
            float(gradient[unit]),
            off[unit],
        )
        for unit in range(hidden.unit_count)
    ]
