"""Losses: how far the output A is from the targets Y, and the dA that back-propagation starts from."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn.registry import Registry


@dataclass(frozen=True)
class Loss:
    """A loss of the output A (outputs, m) against the targets Y (outputs, m).

    Args:
        name, label: for calls and links, and for the page.
        equation, derivative: the loss and dLoss/dA, as LaTeX.
        start: start(A, Y, m, dA) writes dLoss/dA into dA and returns the loss. One call gives both, since training
            needs both and they share their work. The 1/m, and the 1/2 where there is one, are in here: A, Y and dA may
            be a part of the m examples, and get their part of the loss.
    """

    name: str
    label: str
    equation: str
    derivative: str
    start: Callable

    def __call__(self, A, Y):
        """The loss, a float."""
        return self.start(A, Y, A.shape[1], np.empty_like(A))

    def dA(self, A, Y):
        """dLoss/dA, (outputs, m), a new array."""
        dA = np.empty_like(A)
        self.start(A, Y, A.shape[1], dA)
        return dA

    def __repr__(self):
        return f"<loss {self.name}>"


def _squared_error(A, Y, m, dA):
    np.subtract(A, Y, dA)
    np.divide(dA, m, dA)  # dA = (A - Y) / m
    entries = dA.ravel()
    return 0.5 * m * float(entries.dot(entries))  # ||A - Y||_F^2 / (2 m) = m/2 ||dA||_F^2


def _huber(A, Y, m, dA):
    np.subtract(A, Y, dA)
    size = np.abs(dA)
    loss = np.where(size <= 1, dA**2 / 2, size - 0.5).sum() / m
    np.clip(dA, -1, 1, dA)
    np.divide(dA, m, dA)  # dA = clip(A - Y, -1, 1) / m
    return float(loss)


def _absolute_error(A, Y, m, dA):
    np.subtract(A, Y, dA)
    loss = np.abs(dA).sum() / m
    np.sign(dA, dA)
    np.divide(dA, m, dA)  # dA = sign(A - Y) / m, 0 where A = Y
    return float(loss)


squared_error = Loss(
    "squared_error",
    "Squared error",
    r"\frac{1}{2m} \lVert A - Y \rVert_F^2",
    r"\frac{1}{m} (A - Y)",
    _squared_error,
)
huber = Loss(  # Huber 1964, turning from a square to a straight line at a distance of 1
    "huber",
    "Huber",
    r"\frac{1}{m} \sum h(A - Y), \quad h(r) = \begin{cases} r^2 / 2 & |r| \le 1 \\ |r| - 1/2 & |r| > 1 \end{cases}",
    r"\frac{1}{m} \max(-1, \min(A - Y, 1))",
    _huber,
)
absolute_error = Loss(
    "absolute_error",
    "Absolute error",
    r"\frac{1}{m} \sum |A - Y|",
    r"\frac{1}{m} \operatorname{sign}(A - Y)",
    _absolute_error,
)

LOSSES = Registry("loss", (squared_error, huber, absolute_error))
