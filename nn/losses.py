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
        equation: the loss, as LaTeX.
        start: start(A, Y, m, dA) writes dLoss/dA into dA and returns the loss. One call gives both, since training
            needs both and they share their work. The 1/m, and the 1/2 where there is one, are in here: A, Y and dA may
            be a part of the m examples, and get their part of the loss.
    """

    name: str
    label: str
    equation: str
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


squared_error = Loss("squared_error", "Squared error", r"\frac{1}{2m} \lVert A - Y \rVert_F^2", _squared_error)

LOSSES = Registry("loss", (squared_error,))
