"""The types of arrays that signatures name; their shapes are in the docstrings."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Matrix: TypeAlias = npt.NDArray[np.floating[Any]]  # float64 or float32, two-dimensional: one column per example
Flat: TypeAlias = npt.NDArray[np.floating[Any]]  # one-dimensional: all parameters, or their gradient, of a network
Whole: TypeAlias = npt.NDArray[np.integer[Any]]  # whole numbers: indices, counts, classes
Mask: TypeAlias = npt.NDArray[np.bool_]  # which entries of an array
RandomSource: TypeAlias = np.random.RandomState | np.random.Generator


class Value(NamedTuple):
    """What evaluation keeps of one layer: Z (None for the input) and A, each (units, m), one column per example."""

    Z: Matrix | None
    A: Matrix
