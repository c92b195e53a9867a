"""What an activation is: a function g and its derivative g', and what the page, a diagnosis and an export need of it.

As in the posts, `g[0](Z)` applies the function and `g[1](Z)` its derivative, element by element. Training calls the
pair's own `value` and `derivative`, which write into arrays that are already there; the derivative also gets A = g(Z),
because for most of these functions g' is cheaper from A than from Z (sigmoid: g' = A (1 - A)).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from nn.arrays import Matrix


class WriteValue(Protocol):
    """Writes g(Z) into out, which has the shape of Z and is not Z itself."""

    def __call__(self, Z: Matrix, out: Matrix, /) -> None: ...


class WriteDerivative(Protocol):
    """Writes g'(Z) into out, where A = g(Z). `scratch` is a spare array; all four are of one shape and distinct."""

    def __call__(self, Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix, /) -> None: ...


@dataclass(frozen=True)
class Activation:
    """A function g and its derivative, applied to each element, and what is true of it.

    Args:
        name: the name in code, links and files, e.g. "sigmoid".
        label: the name on the page, e.g. "Sigmoid".
        equation: g(z), as LaTeX.
        value: writes g(Z) into an existing array.
        derivative: writes g'(Z) into an existing array.
        expression: g(Z) as NumPy code in Z, which exported scripts contain; equal to `value` to the last bit.
        derivative_expression: g'(Z) as NumPy code in Z and A = g(Z); equal to `derivative` to the last bit.
        torch_module: g as a PyTorch module, in code for exported scripts, which define `Elementwise(function)` for a
            function that PyTorch has no module of; "" where no module is needed.
        range: the infimum and the supremum of g's values.
        steepest: the supremum of |g'|.
        saturates: whether g levels off on both sides, so that a large |z| leaves no gradient.
        can_die: whether g is constant on one side, so that a unit there has a gradient of exactly 0.
    """

    name: str
    label: str
    equation: str
    value: WriteValue
    derivative: WriteDerivative
    expression: str
    derivative_expression: str
    torch_module: str
    range: tuple[float, float] = (-math.inf, math.inf)
    steepest: float = 1.0
    saturates: bool = False
    can_die: bool = False

    def __getitem__(self, which: int) -> Callable[[npt.ArrayLike], Matrix]:
        """g[0] is the function and g[1] its derivative, as in the posts: from an array of any shape to a new one."""
        return (self._apply, self._differentiate)[which]

    def _apply(self, Z: npt.ArrayLike) -> Matrix:
        Zs = _as_floats(Z)
        A = np.empty_like(Zs)
        with np.errstate(over="ignore"):  # exp(-Z) may reach inf, and 1 / (1 + inf) = 0 is right
            self.value(Zs, A)
        return A

    def _differentiate(self, Z: npt.ArrayLike) -> Matrix:
        Zs = _as_floats(Z)
        slope = np.empty_like(Zs)
        with np.errstate(over="ignore"):
            self.derivative(Zs, self._apply(Zs), slope, np.empty_like(Zs))
        return slope

    def backward(self, Z: Matrix, A: Matrix, dA: Matrix, dZ: Matrix, slope: Matrix, scratch: Matrix) -> None:
        """Writes dZ = dA * g'(Z) into dZ, which may be dA itself; slope and scratch are spare arrays of Z's shape."""
        self.derivative(Z, A, slope, scratch)
        np.multiply(dA, slope, dZ)  # dZ = dA * g'(Z)

    def __repr__(self) -> str:
        return f"<activation {self.name}>"


def _as_floats(Z: npt.ArrayLike) -> Matrix:
    array = np.asarray(Z)
    return array if np.issubdtype(array.dtype, np.floating) else array.astype(np.float64)
