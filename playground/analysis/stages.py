"""The stages of a step: equations, matrices, the source that computes them, and how each entry comes about."""

import inspect
import textwrap
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class Matrix(NamedTuple):
    """A named matrix of a stage, with what its rows and columns are."""

    name: str
    values: np.ndarray
    rows: str
    columns: str


class Sum(NamedTuple):
    """How one entry comes about: products that are added, or one product alone.

    Attributes:
        name: of the matrix, e.g. "Z1".
        terms: pairs of factors.
        value: what the network has there.
    """

    name: str
    terms: list
    value: float


@dataclass(frozen=True)
class Stage:
    """One stage of a step.

    Attributes:
        name: e.g. "Z1: the weighted sums of layer 1".
        equation: as the posts write it, in LaTeX.
        why: a sentence for the learner.
        source: the lines of our own that compute it.
        matrices: what goes in and what comes out, the result last.
        entry: entry(unit, example) tells how one entry of the result comes about, as a Sum; None where it is no sum.
    """

    name: str
    equation: str
    why: str
    source: str
    matrices: tuple
    entry: object = None


def source_line(function, comment):
    """The lines of a function from the comment's own line back to where its statement or its block begins."""
    lines = inspect.getsource(function).splitlines()
    end = next(number for number, line in enumerate(lines) if f"# {comment}" in line)
    start = end
    while lines[start - 1].rstrip().endswith(":"):
        start -= 1
    return textwrap.dedent("\n".join(lines[start : end + 1]))


def source(function):
    """The source of a function."""
    return textwrap.dedent(inspect.getsource(function))


# How an entry of a matrix comes about: each gives entry(unit, example), which tells it as a Sum.


def weighted_sum(l, layer, below, Z):
    """Z: every weight times what comes from below, and the bias."""

    def entry(unit, j):
        terms = [*zip(layer.W[unit], below[:, j], strict=True), (layer.b[unit, 0], 1.0)]
        return Sum(f"Z{l}", terms, Z[unit, j])

    return entry


def difference(name, difference, step):
    """Where back-propagation starts at A - Y: the difference, over m."""
    return lambda unit, j: Sum(name, [(difference[unit, j], 1 / step.m)], step.work.dAs[len(step.work.dAs)][unit, j])


def transposed_sum(name, above, dZ_above, dA):
    """dA: every weight that leads up, times the dZ at its end."""
    return lambda unit, j: Sum(name, list(zip(above.W[:, unit], dZ_above[:, j], strict=True)), dA[unit, j])


def product(name, left, right, result):
    """An entry of an element by element product."""
    return lambda unit, j: Sum(name, [(left[unit, j], right[unit, j])], result[unit, j])


def softmax_sum(name, A, dA, dZ):
    """dZ of softmax, which every dA of the column has a part in."""

    def entry(unit, j):  # dZ_i = sum_k A_i ([i = k] - A_k) dA_k
        slopes = A[unit, j] * ((np.arange(len(A)) == unit) - A[:, j])
        return Sum(name, list(zip(slopes, dA[:, j], strict=True)), dZ[unit, j])

    return entry


def bias_sum(l, dZ, dWb):
    """db: dZ summed over the examples."""
    return lambda unit, j: Sum(f"db{l}", [(value, 1.0) for value in dZ[unit]], dWb[unit, -1])


def written_out(total):
    """A Sum with its numbers plugged in, at so many digits that what is written adds up to the value that is written.

    Returns:
        One line of text, "0.3528·(-5) + ... = -2.274".
    """
    value = float(f"{total.value:.6g}")
    for digits in range(6, 18):
        factors = [(f"{a:.{digits}g}", f"{b:.{digits}g}") for a, b in total.terms]
        if float(f"{sum(float(a) * float(b) for a, b in factors):.6g}") == value:
            break
    written = [a if b == "1" else f"{_bracketed(a)}·{_bracketed(b)}" for a, b in factors]
    return " + ".join(_bracketed(term) if "·" not in term else term for term in written) + f" = {value:.6g}"


def _bracketed(number):
    return f"({number})" if number.startswith("-") else number
