"""Units that are switched off: they pass on nothing, and all weights from and to them stay as they are.

A unit that is off has A = 0, whatever its activation, so the layer above gets nothing from it. Nothing comes back
either: its dZ is 0, and so are its dW and db; the dW of the weights that leave it is 0 as well, as dW = dZ A^T. A step
leaves all these parameters out, even where a penalty or the momentum of earlier steps would move them. When it is
switched on again, the unit is what it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from nn.activation_types import Activation
from nn.arrays import Matrix, Whole

if TYPE_CHECKING:
    from nn.network import NeuralNetwork

Unit: TypeAlias = tuple[int, int]  # (layer, unit): layers from 1, the first after the input, and units from 0


class WithUnitsOff:
    """The activation of a layer with units that are off: g, and then 0 for these.

    Args:
        g: the layer's own activation.
        off: the units, from 0.
    """

    def __init__(self, g: Activation, off: list[int]) -> None:
        self.g, self.off = g, off

    def value(self, Z: Matrix, output: Matrix) -> None:
        """Writes A into `output`."""
        self.g.value(Z, output)
        output[self.off] = 0

    def backward(self, Z: Matrix, A: Matrix, dA: Matrix, dZ: Matrix, slope: Matrix, scratch: Matrix) -> None:
        """Writes dZ, as an Activation does."""
        self.g.backward(Z, A, dA, dZ, slope, scratch)
        dZ[self.off] = 0


def activations_of(network: NeuralNetwork) -> list[Activation | WithUnitsOff]:
    """What each layer applies to its Z: its own g, or that with units that are off."""
    gs: list[Activation | WithUnitsOff] = [layer.g for layer in network.layers]
    for layer in {layer for layer, _ in network.off}:
        g = network.layers[layer - 1].g
        gs[layer - 1] = WithUnitsOff(g, [unit for at, unit in network.off if at == layer])
    return gs


def checked_units(network: NeuralNetwork, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units in order, each once.

    Raises:
        ValueError: on one that is not a hidden unit of the network.
    """
    hidden, units = [layer.unit_count for layer in network.layers[:-1]], set(units)
    for layer, unit in units:
        if not (1 <= layer <= len(hidden) and 0 <= unit < hidden[layer - 1]):
            raise ValueError(f"There is no hidden unit {unit} of layer {layer} that could be switched off.")
    return tuple(sorted(units))


def places_of(network: NeuralNetwork, units: Iterable[Unit]) -> Whole:
    """The places in the flat parameters of the weights to and from some hidden units, and of their biases."""
    held = np.zeros(network.parameters.size, bool)
    Wbs = network.matrices(held)
    for layer, unit in units:
        Wbs[layer - 1][unit] = True  # a row of [W | b]^l
        Wbs[layer][:, unit] = True  # a column of W^(l+1)
    return np.flatnonzero(held)
