"""Initializers: how a layer's W and b start, before anything is learnt.

Each draws from the generator it is given, W before b, so that one seed gives one network.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np

from nn.arrays import Matrix, RandomSource
from nn.registry import Registry

Draw: TypeAlias = Callable[[RandomSource, tuple[int, int]], Matrix]


class DrawParameters(Protocol):
    """Draws W (units out, units in) and then b (units out, 1), where `shape` is that of W."""

    def __call__(self, rng: RandomSource, shape: tuple[int, int], /) -> tuple[Matrix, Matrix]: ...


@dataclass(frozen=True)
class Initializer:
    """A way to draw a layer's first parameters.

    Args:
        name, label: the name in code and links, and on the page.
        note: one sentence for the learner, with its source.
        draw: draws W and b.
        expression: the same as NumPy code for exported scripts: statements that set W and b, from `rng`, `units_out`
            and `units_in`.
    """

    name: str
    label: str
    note: str
    draw: DrawParameters
    expression: str


def _zero_bias(draw_W: Draw) -> DrawParameters:
    """An initializer that draws W and starts every bias at zero."""
    return lambda rng, shape: (draw_W(rng, shape), np.zeros((shape[0], 1)))


def _both(draw: Draw) -> DrawParameters:
    """An initializer that draws b as it draws W."""
    return lambda rng, shape: (draw(rng, shape), draw(rng, (shape[0], 1)))


def _normal(rng: RandomSource, shape: tuple[int, int]) -> Matrix:
    return 0.2 * rng.standard_normal(shape)


def _uniform(rng: RandomSource, shape: tuple[int, int]) -> Matrix:
    return rng.uniform(-0.5, 0.5, shape)


def _xavier(rng: RandomSource, shape: tuple[int, int]) -> Matrix:
    limit = np.sqrt(6 / sum(shape))
    return rng.uniform(-limit, limit, shape)


def _he(rng: RandomSource, shape: tuple[int, int]) -> Matrix:
    return float(np.sqrt(2 / shape[1])) * rng.standard_normal(shape)


def _lecun(rng: RandomSource, shape: tuple[int, int]) -> Matrix:
    return float(np.sqrt(1 / shape[1])) * rng.standard_normal(shape)


INITIALIZERS = Registry(
    "initializer",
    (
        Initializer(
            "normal",
            "Normal (the posts')",
            "0.2 times a standard normal, W and b alike.",
            _both(_normal),
            "W = 0.2 * rng.standard_normal((units_out, units_in))\nb = 0.2 * rng.standard_normal((units_out, 1))",
        ),
        Initializer(
            "uniform",
            "Uniform",
            "Between -0.5 and 0.5, W and b alike.",
            _both(_uniform),
            "W = rng.uniform(-0.5, 0.5, (units_out, units_in))\nb = rng.uniform(-0.5, 0.5, (units_out, 1))",
        ),
        Initializer(
            "xavier",
            "Xavier / Glorot",
            "Uniform within ±√(6 / (units in + units out)), b = 0: keeps the spread of A and dA level from layer to "
            "layer (Glorot and Bengio 2010).",
            _zero_bias(_xavier),
            "limit = np.sqrt(6 / (units_in + units_out))\n"
            "W = rng.uniform(-limit, limit, (units_out, units_in))\nb = np.zeros((units_out, 1))",
        ),
        Initializer(
            "he",
            "He",
            "Normal with variance 2 / units in, b = 0: compensates for the half that ReLU cuts off (He et al. 2015).",
            _zero_bias(_he),
            "W = np.sqrt(2 / units_in) * rng.standard_normal((units_out, units_in))\nb = np.zeros((units_out, 1))",
        ),
        Initializer(
            "lecun",
            "LeCun",
            "Normal with variance 1 / units in, b = 0 (LeCun et al. 1998).",
            _zero_bias(_lecun),
            "W = np.sqrt(1 / units_in) * rng.standard_normal((units_out, units_in))\nb = np.zeros((units_out, 1))",
        ),
        Initializer(
            "zeros",
            "Zeros",
            "All zeros: the units of a layer always get the same gradient and stay copies of one another.",
            _zero_bias(lambda rng, shape: np.zeros(shape)),
            "W = np.zeros((units_out, units_in))\nb = np.zeros((units_out, 1))",
        ),
    ),
)
