"""A unit's activation g and its slope g', with the Z of every training example on them."""

from typing import NamedTuple

import numpy as np

from nn import Trainer
from nn.arrays import Flat, Matrix
from nn.softmax import Softmax

CURVE_POINTS = 201
MAX_Z = 1e300  # Z of the curve, so that its width is a number
MAX_PLACES = 200  # of the training examples while it trains
LEAST_HALF = 4.0  # the curve reaches at least so far on either side of 0


class Slopes(NamedTuple):
    """g and g' of a unit.

    Attributes:
        Zs, As, slopes: the curves, A = g(Z) and g'(Z); empty where A depends on more than the unit's own Z.
        Z, A, slope: (m,), of every training example.
    """

    Zs: Flat
    As: Flat
    slopes: Flat
    Z: Flat
    A: Flat
    slope: Flat


def slopes_of(trainer: Trainer, layer: int, unit: int) -> Slopes:
    """The curves of a unit of a layer, 1 for the first, and the places of the training set in the whole network."""
    network = trainer.network
    g = network.layers[layer - 1].g
    Z, A = network.evaluate(trainer.training_set.Xs)[layer]
    assert Z is not None
    z = Z[unit]
    ends = np.nan_to_num([z.min(), z.max()], nan=0.0, posinf=MAX_Z, neginf=-MAX_Z).clip(-MAX_Z, MAX_Z)
    Zs = np.linspace(min(-LEAST_HALF, ends[0]), max(LEAST_HALF, ends[1]), CURVE_POINTS)
    if isinstance(g, Softmax):
        Zs = Zs[:0]
    As, slopes = (each(Zs) if Zs.size else Zs for each in (g[0], g[1]))
    return Slopes(Zs, As, slopes, z, A[unit], g[1](Z)[unit])


def places_of(trainer: Trainer, parameters: Flat, layer: int, unit: int) -> Matrix:
    """(2, n), Z and A of a unit at some parameters: of every training example, or of every second, third and so on."""
    Xs = trainer.training_set.Xs
    network = trainer.network.with_parameters(parameters)
    Z, A = network.evaluate(Xs[:, :: -(-Xs.shape[1] // MAX_PLACES)])[layer]
    assert Z is not None
    return np.stack([Z[unit], A[unit]])
