"""Initializers: how a layer's W and b start, before anything is learnt.

Each draws from the generator it is given, W before b, so that one seed gives one network.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn.registry import Registry


@dataclass(frozen=True)
class Initializer:
    """A way to draw a layer's first parameters.

    Args:
        name, label: for calls and links, and for the page.
        note: one sentence for the learner, with its source.
        draw: draw(rng, shape) gives W (units out, units in) and b (units out, 1), drawn in this order.
    """

    name: str
    label: str
    note: str
    draw: Callable


def _zero_bias(draw_weights):
    """An initializer that draws W and starts every bias at zero."""
    return lambda rng, shape: (draw_weights(rng, *shape), np.zeros((shape[0], 1)))


def _normal(rng, shape):
    return 0.2 * rng.standard_normal(shape), 0.2 * rng.standard_normal((shape[0], 1))


def _uniform(rng, shape):
    return rng.uniform(-0.5, 0.5, shape), rng.uniform(-0.5, 0.5, (shape[0], 1))


def _xavier(rng, units_out, units_in):
    limit = np.sqrt(6 / (units_in + units_out))
    return rng.uniform(-limit, limit, (units_out, units_in))


def _he(rng, units_out, units_in):
    return np.sqrt(2 / units_in) * rng.standard_normal((units_out, units_in))


def _lecun(rng, units_out, units_in):
    return np.sqrt(1 / units_in) * rng.standard_normal((units_out, units_in))


INITIALIZERS = Registry(
    "initializer",
    (
        Initializer("normal", "Normal (the posts')", "0.2 times a standard normal, W and b alike.", _normal),
        Initializer("uniform", "Uniform", "Between -0.5 and 0.5, W and b alike.", _uniform),
        Initializer(
            "xavier",
            "Xavier / Glorot",
            "Uniform within ±√(6 / (units in + units out)), b = 0: keeps the spread of A and dA level from layer to "
            "layer (Glorot and Bengio 2010).",
            _zero_bias(_xavier),
        ),
        Initializer(
            "he",
            "He",
            "Normal with variance 2 / units in, b = 0: makes up for the half that ReLU cuts off (He et al. 2015).",
            _zero_bias(_he),
        ),
        Initializer(
            "lecun",
            "LeCun",
            "Normal with variance 1 / units in, b = 0 (LeCun et al. 1998).",
            _zero_bias(_lecun),
        ),
        Initializer(
            "zeros",
            "Zeros",
            "Everything 0: all units of a layer get the same gradient for ever and stay copies of one another.",
            lambda rng, shape: (np.zeros(shape), np.zeros((shape[0], 1))),
        ),
    ),
)
