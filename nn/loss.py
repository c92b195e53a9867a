"""What a loss is: its value, the dA that back-propagation starts from, and the activation that it may join."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from nn.activations import Activation


@dataclass(frozen=True)
class Joined:
    """A loss and the activation of the output taken as one, as a function of Z.

    Apart, dA grows without bound where g' dies away; in their product both cancel, and nothing overflows.

    Args:
        g: the activation.
        equation, derivative: the loss and dLoss/dZ, as LaTeX.
        start: start(Z, A, Y, m, dZ) writes dLoss/dZ into dZ and returns the loss, as the loss's own `start` does; A is
            g(Z).
    """

    g: Activation
    equation: str
    derivative: str
    start: Callable


@dataclass(frozen=True)
class Loss:
    """A loss of the output A (outputs, m) against the targets Y (outputs, m).

    Args:
        name, label: for calls and links, and for the page.
        equation, derivative: the loss and dLoss/dA, as LaTeX.
        start: start(A, Y, m, dA) writes dLoss/dA into dA and returns the loss. One call gives both, since training
            needs both and they share their work. The 1/m, and the 1/2 where there is one, are in here: A, Y and dA may
            be a part of the m examples, and get their part of the loss.
        joined: the Joined with the one activation that this loss is meant for, or None.
        wanted: (words, holds): what targets must be, and whether holds(Y) is so.
    """

    name: str
    label: str
    equation: str
    derivative: str
    start: Callable
    joined: Joined | None = None
    wanted: tuple = ("finite", lambda Y: np.isfinite(Y).all())

    def __call__(self, A, Y):
        """The loss, a float."""
        return self.start(A, Y, A.shape[1], np.empty_like(A))

    def dA(self, A, Y):
        """dLoss/dA, (outputs, m), a new array."""
        dA = np.empty_like(A)
        self.start(A, Y, A.shape[1], dA)
        return dA

    def joins(self, g):
        """Whether this loss and an output's activation are taken as one."""
        return self.joined is not None and g is self.joined.g

    def starting_at(self, output, g):
        """How back-propagation starts at an output Value (Z, A) of a layer with activation g.

        Returns:
            start(Ys, m, d), which returns the loss and writes dA into d; dZ where the loss joins g.
        """
        Z, A = output
        return partial(self.joined.start, Z, A) if self.joins(g) else partial(self.start, A)

    def measure(self, output, g, Ys):
        """The loss at an output Value (Z, A) of a layer with activation g, a float; of Z where the loss joins g."""
        _, A = output
        return self.starting_at(output, g)(Ys, A.shape[1], np.empty_like(A))

    def check(self, Ys):
        """Raises ValueError on targets that this loss is not meant for."""
        words, holds = self.wanted
        if not holds(Ys):
            raise ValueError(f"{self.label} needs targets that are {words}.")

    def __repr__(self):
        return f"<loss {self.name}>"
