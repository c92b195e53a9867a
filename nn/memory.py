"""Memory for arrays that loops write into again and again."""

import math

import numpy as np
import numpy.typing as npt

from nn.arrays import Matrix

CACHE_LINE = 64  # bytes
BLOCK = 64 * 1024  # bytes that arrays are taken from; a larger array has a block of its own


class Memory:
    """New arrays of one dtype that begin at the start of a cache line, since wide loads across two lines are slow."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self._block, self._used = np.empty(0, dtype), 0  # the block that arrays are taken from, and how much of it
        self._line = CACHE_LINE // self._block.itemsize  # numbers

    def empty(self, *shape: int) -> Matrix:
        """An array whose numbers are to be filled in, as of np.empty."""
        size = math.prod(shape)
        if self._used + size > self._block.size:
            block = np.empty(max(size, BLOCK // self._block.itemsize) + self._line, self._block.dtype)
            self._block, self._used = block[-block.ctypes.data % CACHE_LINE // block.itemsize :], 0
        start = self._used
        self._used = start + size + -size % self._line
        return self._block[start : start + size].reshape(shape)

    def empty_like(self, array: Matrix) -> Matrix:
        """The same, of an array's shape."""
        return self.empty(*array.shape)
