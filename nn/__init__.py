"""The trainable neural network of the posts, in NumPy alone."""

from nn.activation_types import Activation
from nn.activations import ACTIVATIONS, identity, relu, sigmoid, tanh
from nn.curvature import Curvature, curvature
from nn.divergence import Divergence
from nn.gradient_check import gradient_check
from nn.initializers import INITIALIZERS
from nn.layer import Layer
from nn.losses import LOSSES, absolute_error, binary_cross_entropy, cross_entropy, huber, squared_error
from nn.network import NeuralNetwork
from nn.optimizers import OPTIMIZERS, Adam, GradientDescent, Momentum, Nesterov, RMSProp
from nn.schedules import SCHEDULES
from nn.softmax import softmax
from nn.step_options import StepOptions
from nn.stopping import EarlyStopping, Patience
from nn.training import Trainer

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "SCHEDULES",
    "Activation",
    "Adam",
    "Curvature",
    "Divergence",
    "EarlyStopping",
    "GradientDescent",
    "Layer",
    "Momentum",
    "Nesterov",
    "NeuralNetwork",
    "Patience",
    "RMSProp",
    "StepOptions",
    "Trainer",
    "absolute_error",
    "binary_cross_entropy",
    "cross_entropy",
    "curvature",
    "gradient_check",
    "huber",
    "identity",
    "relu",
    "sigmoid",
    "softmax",
    "squared_error",
    "tanh",
]
