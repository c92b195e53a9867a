"""Dropout: in a training step, each unit of a hidden layer is left out of each example with some probability.

Inverted dropout (Srivastava et al. 2014, section 10): the units that stay are divided by their probability of staying,
so that on average every unit passes on as much as in the whole network, which needs no correction afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nn.activation_types import Activation
from nn.arrays import Matrix, RandomSource
from nn.units_off import WithUnitsOff

if TYPE_CHECKING:
    from nn.network import NeuralNetwork


class WithDropout:
    """The activation of a hidden layer under dropout: g, and then the mask.

    Args:
        g: the layer's own activation, under which units may be off.
        A: (units, m), where A of the whole layer is written.
        mask: (units, m), 0 for the units left out and 1 / (1 - dropout) for the others.

    Attributes:
        dA: where dA of the whole layer is written, to be set before `backward`.
    """

    dA: Matrix

    def __init__(self, g: Activation | WithUnitsOff, A: Matrix, mask: Matrix) -> None:
        self.g, self.A, self.mask = g, A, mask

    def value(self, Z: Matrix, output: Matrix) -> None:
        """Writes what the layer passes on into `output`."""
        self.g.value(Z, self.A)
        np.multiply(self.A, self.mask, output)  # Ã^l = A^l * M^l

    def backward(self, Z: Matrix, output: Matrix, d_output: Matrix, dZ: Matrix, slope: Matrix, scratch: Matrix) -> None:
        """Writes dZ, from the derivative with respect to what the layer passed on."""
        np.multiply(d_output, self.mask, self.dA)  # dA^l = dÃ^l * M^l
        self.g.backward(Z, self.A, self.dA, dZ, slope, scratch)


def draw_masks(rng: RandomSource, dropout: float, masks: Sequence[Matrix]) -> None:
    """Draws masks, one after the other, into arrays: 0 with probability `dropout`, otherwise 1 / (1 - dropout)."""
    for mask in masks:
        np.divide(rng.random(mask.shape) >= dropout, 1 - dropout, mask)


def new_masks(rng: RandomSource, dropout: float, network: NeuralNetwork, m: int) -> list[Matrix]:
    """Masks (units, m), float64, for every hidden layer of a network, drawn in this order; none without dropout."""
    if not dropout:
        return []
    masks: list[Matrix] = [np.empty((layer.unit_count, m)) for layer in network.layers[:-1]]
    draw_masks(rng, dropout, masks)
    return masks
