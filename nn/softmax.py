"""Softmax, the activation of an output with one unit per class: the units of a column share a sum of 1."""

import numpy as np

from nn.activation_types import Activation
from nn.activations import sigmoid
from nn.arrays import Matrix


class Softmax(Activation):
    """An activation of whole columns: every entry of A depends on all of its column of Z.

    So `derivative` is only that of each entry by its own z, the diagonal of the Jacobian.
    """

    def backward(self, Z: Matrix, A: Matrix, dA: Matrix, dZ: Matrix, slope: Matrix, scratch: Matrix) -> None:
        """Writes dZ_i = sum_k dA_k A_k ([i = k] - A_i) into dZ, as Activation.backward does."""
        np.multiply(dA, A, scratch)
        np.sum(scratch, axis=0, keepdims=True, out=slope[:1])  # sum_k dA_k A_k, (1, m)
        np.subtract(dA, slope[:1], dZ)
        np.multiply(A, dZ, dZ)  # dZ = A * (dA - sum_k dA_k A_k)


def _softmax(Z: Matrix, out: Matrix) -> None:  # e^(z - max) / sum e^(z - max), for each column
    np.subtract(Z, Z.max(axis=0), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=0), out)


softmax = Softmax(
    "softmax",
    "Softmax",
    r"\frac{e^{z_i}}{\sum_k e^{z_k}}",
    _softmax,
    sigmoid.derivative,  # each entry by its own z: A (1 - A)
    expression="np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0)",
    derivative_expression="A - A**2",
    torch_module="torch.nn.Softmax(dim=1)",
    range=(0, 1),
    steepest=0.25,
    saturates=True,
)
