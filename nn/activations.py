"""The activation functions: each is two functions, g and g', and its one registry entry."""

import math

import numpy as np

from nn.activation_types import Activation
from nn.arrays import Matrix
from nn.registry import Registry

ONE = np.array(1.0)  # a 0-d array skips the conversion of a Python number, a third of the cost of a small call
LEAK = 0.01  # the slope of leaky ReLU below zero


def _sigmoid(Z: Matrix, out: Matrix) -> None:  # 1 / (1 + e^-z)
    np.negative(Z, out)
    np.exp(out, out)
    np.add(out, ONE, out)
    np.divide(ONE, out, out)


def _sigmoid_derivative(Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix) -> None:  # A (1 - A) = A - A^2
    np.multiply(A, A, out)
    np.subtract(A, out, out)


sigmoid = Activation(
    "sigmoid",
    "Sigmoid",
    r"\frac{1}{1 + e^{-z}}",
    _sigmoid,
    _sigmoid_derivative,
    expression="1 / (1 + np.exp(-Z))",
    derivative_expression="A - A**2",
    torch_module="torch.nn.Sigmoid()",
    range=(0, 1),
    steepest=0.25,  # at z = 0
    saturates=True,
)


def _tanh(Z: Matrix, out: Matrix) -> None:
    np.tanh(Z, out)


def _tanh_derivative(Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix) -> None:  # 1 - A^2
    np.multiply(A, A, out)
    np.subtract(1.0, out, out)


tanh = Activation(
    "tanh",
    "Tanh",
    r"\tanh z",
    _tanh,
    _tanh_derivative,
    expression="np.tanh(Z)",
    derivative_expression="1 - A**2",
    torch_module="torch.nn.Tanh()",
    range=(-1, 1),
    saturates=True,
)


def _relu(Z: Matrix, out: Matrix) -> None:
    np.maximum(Z, 0.0, out=out)


def _relu_derivative(Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix) -> None:
    np.heaviside(Z, 0.0, out)  # 0 at the kink, by convention


relu = Activation(
    "relu",
    "ReLU",
    r"\max(0, z)",
    _relu,
    _relu_derivative,
    expression="np.maximum(Z, 0)",
    derivative_expression="np.heaviside(Z, 0)",
    torch_module="torch.nn.ReLU()",
    range=(0, math.inf),
    can_die=True,
)


def _leaky_relu(Z: Matrix, out: Matrix) -> None:
    np.multiply(Z, LEAK, out)
    np.maximum(Z, out, out=out)


def _leaky_relu_derivative(Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix) -> None:
    np.heaviside(Z, 0.0, out)
    np.maximum(out, LEAK, out=out)


leaky_relu = Activation(
    "leaky_relu",
    "Leaky ReLU",
    r"\max(0.01 z, z)",
    _leaky_relu,
    _leaky_relu_derivative,
    expression="np.maximum(Z, 0.01 * Z)",
    derivative_expression="np.maximum(np.heaviside(Z, 0), 0.01)",
    torch_module="torch.nn.LeakyReLU(0.01)",
)


def _elu(Z: Matrix, out: Matrix) -> None:  # z above zero, e^z - 1 below
    np.minimum(Z, 0.0, out=out)
    np.expm1(out, out)
    np.maximum(Z, out, out=out)  # e^z - 1 >= z, with e^z - 1 = 0 above zero


def _elu_derivative(Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix) -> None:  # 1 above zero, e^z = A + 1 below
    np.minimum(A, 0.0, out=out)
    np.add(out, 1.0, out)


elu = Activation(
    "elu",
    "ELU",
    r"\max(z, e^{\min(z, 0)} - 1)",
    _elu,
    _elu_derivative,
    expression="np.maximum(Z, np.expm1(np.minimum(Z, 0)))",
    derivative_expression="np.minimum(A, 0) + 1",
    torch_module="torch.nn.ELU()",
    range=(-1, math.inf),
)


def _softplus(Z: Matrix, out: Matrix) -> None:  # ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|)
    np.logaddexp(Z, 0.0, out)


def _softplus_derivative(Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix) -> None:  # sigmoid(z) = 1 - e^-A
    np.negative(A, out)
    np.expm1(out, out)
    np.negative(out, out)


softplus = Activation(
    "softplus",
    "Softplus",
    r"\ln(1 + e^z)",
    _softplus,
    _softplus_derivative,
    expression="np.logaddexp(Z, 0)",
    derivative_expression="-np.expm1(-A)",
    torch_module="torch.nn.Softplus(threshold=40)",
    range=(0, math.inf),
)


def _swish(Z: Matrix, out: Matrix) -> None:  # z sigmoid(z)
    _sigmoid(Z, out)
    np.multiply(Z, out, out)


def _swish_derivative(Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix) -> None:
    # s + A (1 - s) = 1 + q (A - 1), where q = 1 - s = sigmoid(-z)
    np.negative(Z, scratch)
    _sigmoid(scratch, out)
    np.subtract(A, 1.0, scratch)
    np.multiply(out, scratch, out)
    np.add(out, 1.0, out)


swish = Activation(
    "swish",
    "Swish",
    r"\frac{z}{1 + e^{-z}}",
    _swish,
    _swish_derivative,
    expression="Z * (1 / (1 + np.exp(-Z)))",
    derivative_expression="1 + 1 / (1 + np.exp(Z)) * (A - 1)",
    torch_module="torch.nn.SiLU()",
    range=(-0.27846454276107380, math.inf),  # the minimum, at z = -1.278
    steepest=1.0998393201288669,  # at z = 2.399
)


def _sine(Z: Matrix, out: Matrix) -> None:
    np.sin(Z, out)


def _sine_derivative(Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix) -> None:
    np.cos(Z, out)


sine = Activation(
    "sine",
    "Sine",
    r"\sin z",
    _sine,
    _sine_derivative,
    expression="np.sin(Z)",
    derivative_expression="np.cos(Z)",
    torch_module="Elementwise(torch.sin)",
    range=(-1, 1),
)


def _identity(Z: Matrix, out: Matrix) -> None:
    np.copyto(out, Z)


def _identity_derivative(Z: Matrix, A: Matrix, out: Matrix, scratch: Matrix) -> None:
    np.copyto(out, 1.0)


identity = Activation(
    "identity",
    "Identity",
    "z",
    _identity,
    _identity_derivative,
    expression="Z",
    derivative_expression="np.ones_like(Z)",
    torch_module="",
)


# For hidden layers; softmax, under which the units of a layer compete, is for an output (softmax.py).
ACTIVATIONS = Registry("activation", (sigmoid, tanh, relu, leaky_relu, elu, softplus, swish, sine, identity))
