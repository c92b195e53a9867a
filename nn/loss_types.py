"""What a loss is: its value, the dA that back-propagation starts from, and the activation that it may be fused with."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

import numpy as np

from nn.activation_types import Activation
from nn.arrays import Matrix, Value


class ValueAndGradient(Protocol):
    """Returns the loss of A against Y, (outputs, columns), and writes dLoss/dA into dA, which may be A.

    One call gives both, since training needs both and they share their work. The 1/m, and the 1/2 where there is one,
    are included; A, Y and dA may be some of the m examples' columns, and get their share of the loss.
    """

    def __call__(self, A: Matrix, Y: Matrix, m: float, dA: Matrix, /) -> float: ...


class FusedValueAndGradient(Protocol):
    """Returns the loss of A = g(Z) against Y and writes dLoss/dZ into dZ; otherwise as ValueAndGradient."""

    def __call__(self, Z: Matrix, A: Matrix, Y: Matrix, m: float, dZ: Matrix, /) -> float: ...


class OutputGradient(Protocol):
    """Returns the loss at a certain output and writes where back-propagation starts into d: dA, or dZ if fused."""

    def __call__(self, Y: Matrix, m: float, d: Matrix, /) -> float: ...


class TargetRequirement(NamedTuple):
    """What targets must be, in words and as a condition."""

    requirement: str
    holds: Callable[[Matrix], bool]


FINITE = TargetRequirement("finite", lambda Y: bool(np.isfinite(Y).all()))


@dataclass(frozen=True)
class FusedLoss:
    """A loss and the activation g of the output as one function of Z.

    Apart, dA grows without bound where g' vanishes; in their product both cancel, and nothing overflows.

    Args:
        g: the activation.
        equation, derivative: the loss and dLoss/dZ, as LaTeX.
        value_and_gradient: computes both.
        expression, derivative_expression: the same as NumPy code for exported scripts, in Z, A, Ys and m.
    """

    g: Activation
    equation: str
    derivative: str
    value_and_gradient: FusedValueAndGradient
    expression: str
    derivative_expression: str


@dataclass(frozen=True)
class Loss:
    """A loss of the output A (outputs, m) against the targets Y (outputs, m).

    Args:
        name, label: the name in code and links, and on the page.
        equation, derivative: the loss and dLoss/dA, as LaTeX.
        value_and_gradient: computes both.
        expression, derivative_expression: the same as NumPy code for exported scripts, in A, Ys and m; of a
            cross-entropy where no A is 0 or 1, its fused form being for all.
        torch_expression: m times the loss in PyTorch, of `output` and `targets` with one row per example, for exported
            scripts; where the loss is fused with the output's activation, `output` is Z.
        fused: the FusedLoss with the one activation that this loss is meant for, or None.
        target_requirement: what targets must be.
        has_kinks: whether the derivative jumps where the output meets its target, so that no curvature limits a step.
    """

    name: str
    label: str
    equation: str
    derivative: str
    value_and_gradient: ValueAndGradient
    expression: str
    derivative_expression: str
    torch_expression: str
    fused: FusedLoss | None = None
    target_requirement: TargetRequirement = FINITE
    has_kinks: bool = False

    def __call__(self, A: Matrix, Y: Matrix) -> float:
        """The loss."""
        return self.value_and_gradient(A, Y, A.shape[1], np.empty_like(A))

    def dA(self, A: Matrix, Y: Matrix) -> Matrix:
        """dLoss/dA, (outputs, m), a new array."""
        dA = np.empty_like(A)
        self.value_and_gradient(A, Y, A.shape[1], dA)
        return dA

    def is_fused_with(self, g: Activation) -> bool:
        """Whether this loss and an output's activation are computed as one."""
        return self.fused is not None and g is self.fused.g

    def bind_output(self, output: Value, g: Activation) -> OutputGradient:
        """Binds the arrays of an output layer with activation g, into which evaluation writes Z and A.

        Returns:
            value_and_gradient(Ys, m, d), which returns the loss and writes dA into d, or dZ where it is fused with g.
        """
        Z, A = output
        if self.fused is not None and g is self.fused.g:
            assert Z is not None
            return partial(self.fused.value_and_gradient, Z, A)
        return partial(self.value_and_gradient, A)

    def measure(self, output: Value, g: Activation, Ys: Matrix) -> float:
        """The loss at the output of a layer with activation g; of its Z where the loss is fused with g."""
        A = output.A
        return self.bind_output(output, g)(Ys, A.shape[1], np.empty_like(A))

    def check(self, Ys: Matrix) -> None:
        """Raises ValueError on targets that this loss is not meant for."""
        requirement, holds = self.target_requirement
        if not holds(Ys):
            raise ValueError(f"{self.label} needs targets that are {requirement}.")

    def __repr__(self) -> str:
        return f"<loss {self.name}>"
