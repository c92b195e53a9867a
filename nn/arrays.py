"""The types of arrays, named once: what a signature says of them; their shapes stand in the docstrings."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Matrix: TypeAlias = npt.NDArray[np.floating[Any]]  # float64 or float32, two-dimensional: one column per example
Flat: TypeAlias = npt.NDArray[np.floating[Any]]  # one-dimensional: all parameters, or their gradient, of a network
Whole: TypeAlias = npt.NDArray[np.integer[Any]]  # whole numbers: indices, counts, classes
RandomSource: TypeAlias = np.random.RandomState | np.random.Generator
