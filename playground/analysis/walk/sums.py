"""How one entry of a matrix is computed: a sum of products, written out with its numbers."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np

from nn import Layer
from nn.arrays import Matrix
from nn.step_trace import StepTrace

MAX_DIGITS = 17  # enough to distinguish all float64 numbers


Factors: TypeAlias = tuple[float, float]


class Sum(NamedTuple):
    """One entry as a sum of products, or one product alone.

    Attributes:
        name: of the matrix, e.g. "Z1".
        terms: pairs of factors.
        value: the entry in the network.
    """

    name: str
    terms: Sequence[Factors]
    value: float


class Entry(Protocol):
    """Shows how an entry of a matrix is computed."""

    def __call__(self, unit: int, example: int, /) -> Sum: ...


def weighted_sum(l: int, layer: Layer, A_below: Matrix, Z: Matrix) -> Entry:
    """Z: every weight times what the layer below passes on, plus the bias."""

    def entry(unit: int, j: int) -> Sum:
        terms = [*zip(layer.W[unit], A_below[:, j], strict=True), (layer.b[unit, 0], 1.0)]
        return Sum(f"Z{l}", terms, Z[unit, j])

    return entry


def difference(name: str, A_minus_Y: Matrix, step: StepTrace) -> Entry:
    """Where back-propagation starts at A - Y: the difference, over m."""
    start = step.work.dAs[len(step.before.layers)]
    return lambda unit, j: Sum(name, [(float(A_minus_Y[unit, j]), 1 / step.m)], float(start[unit, j]))


def transposed_sum(name: str, above: Layer, dZ_above: Matrix, dA: Matrix) -> Entry:
    """dA: every weight that leads up, times the dZ at its end."""
    return lambda unit, j: Sum(name, list(zip(above.W[:, unit], dZ_above[:, j], strict=True)), float(dA[unit, j]))


def product(name: str, left: Matrix, right: Matrix, result: Matrix) -> Entry:
    """An entry of an element-wise product."""
    return lambda unit, j: Sum(name, [(float(left[unit, j]), float(right[unit, j]))], float(result[unit, j]))


def softmax_sum(name: str, A: Matrix, dA: Matrix, dZ: Matrix) -> Entry:
    """dZ of softmax, to which every dA of the column contributes."""

    def entry(unit: int, j: int) -> Sum:  # dZ_i = sum_k A_i ([i = k] - A_k) dA_k
        slopes = A[unit, j] * ((np.arange(len(A)) == unit) - A[:, j])
        return Sum(name, list(zip(slopes, dA[:, j], strict=True)), dZ[unit, j])

    return entry


def bias_sum(l: int, dZ: Matrix, dWb: Matrix) -> Entry:
    """db: dZ summed over the examples."""
    return lambda unit, j: Sum(f"db{l}", [(value, 1.0) for value in dZ[unit]], dWb[unit, -1])


def written_out(total: Sum) -> str:
    """A Sum with its numbers, at as many digits as it takes for them to add up to the value that is written.

    Returns:
        One line of text, "0.3528·(-5) + ... = -2.274".
    """
    value = float(f"{total.value:.6g}")
    for digits in range(6, MAX_DIGITS + 1):
        factors = [(f"{a:.{digits}g}", f"{b:.{digits}g}") for a, b in total.terms]
        if float(f"{sum(float(a) * float(b) for a, b in factors):.6g}") == value:
            break
    written = [a if b == "1" else f"{_bracketed(a)}·{_bracketed(b)}" for a, b in factors]
    return " + ".join(_bracketed(term) if "·" not in term else term for term in written) + f" = {value:.6g}"


def _bracketed(number: str) -> str:
    return f"({number})" if number.startswith("-") else number
