"""One layer of the network: W, b and g."""

import numpy.typing as npt

from nn.activation_types import Activation
from nn.arrays import Matrix
from nn.checks import finite_matrix


class Layer:
    """One layer: W (units out, units in), b (units out, 1) and the activation g.

    W and b are views of one matrix, `Wb` = [W | b], which is itself a view of the network's flat parameters. Setting
    `layer.W = ...` writes into it.
    """

    def __init__(self, Wb: Matrix, g: Activation) -> None:
        self.Wb = Wb
        self.g = g
        self._W, self._b = Wb[:, :-1], Wb[:, -1:]
        self.WT = self._W.T

    @property
    def unit_count(self) -> int:
        return len(self.Wb)

    @property
    def W(self) -> Matrix:
        return self._W

    @W.setter
    def W(self, W: npt.ArrayLike) -> None:
        self._W[...] = finite_matrix(W, "W", self._W.shape)

    @property
    def b(self) -> Matrix:
        return self._b

    @b.setter
    def b(self, b: npt.ArrayLike) -> None:
        self._b[...] = finite_matrix(b, "b", self._b.shape)
