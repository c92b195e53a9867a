"""The activation functions: each a named pair, the function g and its derivative g'.

As in the posts, `g[0](Z)` applies the function and `g[1](Z)` its derivative, element by element. Training calls the
pair's own `value` and `derivative`, which write into arrays that are already there; the derivative also gets A = g(Z),
because for most of these functions g' is cheaper from A than from Z (sigmoid: g' = A (1 - A)).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn.registry import Registry

ONE = np.array(1.0)  # NumPy takes an array's word for its type; a Python number costs it a third of a small call
LEAK = 0.01  # the slope of leaky ReLU below zero


@dataclass(frozen=True)
class Activation:
    """A function and its derivative, applied to each element.

    Args:
        name: how a link, a file or a call names it, e.g. "sigmoid".
        label: how the page names it, e.g. "Sigmoid".
        equation: g(z), as LaTeX.
        value: value(Z, out) writes g(Z) into out; both of one shape, out not Z itself.
        derivative: derivative(Z, A, out, scratch) writes g'(Z) into out, where A = g(Z); out and scratch, which is
            there for whoever needs a second array, are neither Z nor A.
    """

    name: str
    label: str
    equation: str
    value: Callable
    derivative: Callable

    def __getitem__(self, which):
        """g[0], the function, or g[1], its derivative: from an array of any shape to a new one of that shape."""
        return (self._apply, self._differentiate)[which]

    def _apply(self, Z):
        Z = _as_floats(Z)
        A = np.empty_like(Z)
        with np.errstate(over="ignore"):  # exp(-Z) may reach inf, and 1 / (1 + inf) = 0 is right
            self.value(Z, A)
        return A

    def _differentiate(self, Z):
        Z = _as_floats(Z)
        out = np.empty_like(Z)
        with np.errstate(over="ignore"):
            self.derivative(Z, self._apply(Z), out, np.empty_like(Z))
        return out

    def through(self, Z, A, dA, dZ, slope, scratch):
        """Writes dZ = dA * g'(Z) into dZ, which may be dA itself; slope and scratch are spare arrays of Z's shape."""
        self.derivative(Z, A, slope, scratch)
        np.multiply(dA, slope, dZ)  # dZ = dA * g'(Z)

    def __repr__(self):
        return f"<activation {self.name}>"


class Softmax(Activation):
    """An activation of whole columns: every entry of A depends on all of its column of Z.

    So `derivative` is only that of each entry by its own z, the diagonal of the Jacobian.
    """

    def through(self, Z, A, dA, dZ, slope, scratch):
        """Writes dZ_i = sum_k dA_k A_k ([i = k] - A_i) into dZ, as Activation.through does."""
        np.multiply(dA, A, scratch)
        np.sum(scratch, axis=0, keepdims=True, out=slope[:1])  # sum_k dA_k A_k, (1, m)
        np.subtract(dA, slope[:1], dZ)
        np.multiply(A, dZ, dZ)  # dZ = A * (dA - sum_k dA_k A_k)


def _as_floats(Z):
    Z = np.asarray(Z)
    return Z if np.issubdtype(Z.dtype, np.floating) else Z.astype(np.float64)


def _sigmoid(Z, out):  # 1 / (1 + e^-z)
    np.negative(Z, out)
    np.exp(out, out)
    np.add(out, ONE, out)
    np.divide(ONE, out, out)


def _sigmoid_derivative(Z, A, out, scratch):  # A (1 - A) = A - A^2
    np.multiply(A, A, out)
    np.subtract(A, out, out)


def _tanh_derivative(Z, A, out, scratch):  # 1 - A^2
    np.multiply(A, A, out)
    np.subtract(1.0, out, out)


def _leaky_relu(Z, out):
    np.multiply(Z, LEAK, out)
    np.maximum(Z, out, out=out)


def _leaky_relu_derivative(Z, A, out, scratch):
    np.heaviside(Z, 0.0, out)
    np.maximum(out, LEAK, out=out)


def _elu(Z, out):  # z above zero, e^z - 1 below
    np.minimum(Z, 0.0, out=out)
    np.expm1(out, out)
    np.maximum(Z, out, out=out)  # e^z - 1 >= z, with e^z - 1 = 0 above zero


def _elu_derivative(Z, A, out, scratch):  # 1 above zero, e^z = A + 1 below
    np.minimum(A, 0.0, out=out)
    np.add(out, 1.0, out)


def _softplus(Z, out):  # ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|)
    np.logaddexp(Z, 0.0, out)


def _softplus_derivative(Z, A, out, scratch):  # sigmoid(z) = 1 - e^-A
    np.negative(A, out)
    np.expm1(out, out)
    np.negative(out, out)


def _swish(Z, out):  # z sigmoid(z)
    _sigmoid(Z, out)
    np.multiply(Z, out, out)


def _swish_derivative(Z, A, out, scratch):  # s + A (1 - s) = 1 + q (A - 1), where q = 1 - s = sigmoid(-z)
    np.negative(Z, scratch)
    _sigmoid(scratch, out)
    np.subtract(A, 1.0, scratch)
    np.multiply(out, scratch, out)
    np.add(out, 1.0, out)


def _tanh(Z, out):
    np.tanh(Z, out)


def _relu(Z, out):
    np.maximum(Z, 0.0, out=out)


def _relu_derivative(Z, A, out, scratch):  # 1 above zero, 0 below and, where there is none, at zero
    np.heaviside(Z, 0.0, out)


def _sine(Z, out):
    np.sin(Z, out)


def _sine_derivative(Z, A, out, scratch):
    np.cos(Z, out)


def _identity(Z, out):
    np.copyto(out, Z)


def _identity_derivative(Z, A, out, scratch):
    np.copyto(out, 1.0)


def _softmax(Z, out):  # e^(z - max) / sum e^(z - max), for each column
    np.subtract(Z, Z.max(axis=0), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=0), out)


sigmoid = Activation("sigmoid", "Sigmoid", r"\frac{1}{1 + e^{-z}}", _sigmoid, _sigmoid_derivative)
tanh = Activation("tanh", "Tanh", r"\tanh z", _tanh, _tanh_derivative)
relu = Activation("relu", "ReLU", r"\max(0, z)", _relu, _relu_derivative)
leaky_relu = Activation("leaky_relu", "Leaky ReLU", r"\max(0.01 z, z)", _leaky_relu, _leaky_relu_derivative)
elu = Activation("elu", "ELU", r"\max(z, e^{\min(z, 0)} - 1)", _elu, _elu_derivative)
softplus = Activation("softplus", "Softplus", r"\ln(1 + e^z)", _softplus, _softplus_derivative)
swish = Activation("swish", "Swish", r"\frac{z}{1 + e^{-z}}", _swish, _swish_derivative)
sine = Activation("sine", "Sine", r"\sin z", _sine, _sine_derivative)
identity = Activation("identity", "Identity", "z", _identity, _identity_derivative)
softmax = Softmax("softmax", "Softmax", r"\frac{e^{z_i}}{\sum_k e^{z_k}}", _softmax, _sigmoid_derivative)

# What a hidden layer may have; softmax, under which the units of a layer compete, is for an output.
ACTIVATIONS = Registry("activation", (sigmoid, tanh, relu, leaky_relu, elu, softplus, swish, sine, identity))
