"""The arrays that evaluation writes into, allocated once and used again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np

from nn.activation_types import Activation
from nn.activations import identity
from nn.arrays import Matrix, Value
from nn.dropout import WithDropout
from nn.memory import Memory
from nn.units_off import WithUnitsOff, activations_of

if TYPE_CHECKING:
    from nn.network import NeuralNetwork

LayerActivation: TypeAlias = Activation | WithUnitsOff | WithDropout


@dataclass(slots=True)
class ForwardStep:
    """What the evaluation of layer l reads and writes; A is what the layer passes on."""

    Wb: Matrix  # [W | b]^l
    A1_below: Matrix  # [A; 1]^(l-1)
    Z: Matrix
    A: Matrix
    g: LayerActivation


class Evaluation:
    """Every array of one evaluation of m examples by one network.

    Args:
        network: the network.
        m: number of examples.
        dropout: whether hidden layers have masks.

    Attributes:
        values: one Value per layer, input first. Where g is the identity, A is Z itself, unless a unit is off.
        masks: for each hidden layer under dropout what its A is multiplied by, (units, m), to be filled; else empty.
        outputs: what each layer passes on, Ã = A * M, input first; without dropout, A.
        forward_plan: one ForwardStep per layer, in the order of the work, so that the loop over the layers has all
            arrays at hand.

    A layer's product takes [A; 1], the A below with a row of ones under it, so that [W | b]·[A; 1] = W·A + b is one
    product.
    """

    def __init__(self, network: NeuralNetwork, m: int, *, dropout: bool = False) -> None:
        self._memory, layers, own_gs = Memory(network.parameters.dtype), network.layers, activations_of(network)
        empty, empty_like = self._memory.empty, self._memory.empty_like
        self._A1s = [empty(layer.W.shape[1] + 1, m) for layer in layers]  # [A; 1] of the layer below each
        for A1 in self._A1s:
            A1[-1] = 1
        self.outputs: list[Matrix] = [A1[:-1] for A1 in self._A1s] + [empty(network.output_count, m)]
        self.masks: list[Matrix] = [empty_like(A) for A in self.outputs[1:-1]] if dropout else []
        As = [self.outputs[0], *map(empty_like, self.masks), self.outputs[-1]] if dropout else self.outputs
        self._Zs = {l: A if own_gs[l - 1] is identity else empty_like(A) for l, A in enumerate(As) if l > 0}
        self.values = [Value(self._Zs.get(l), A) for l, A in enumerate(As)]
        self._gs: list[LayerActivation] = [*own_gs]
        for l, mask in enumerate(self.masks, start=1):
            self._gs[l - 1] = WithDropout(own_gs[l - 1], As[l], mask)
        self.forward_plan = [
            ForwardStep(layer.Wb, A1, Z, A, g)
            for layer, A1, Z, A, g in zip(layers, self._A1s, self._Zs.values(), self.outputs[1:], self._gs, strict=True)
        ]

    def set_inputs(self, Xs: Matrix) -> Self:
        """Copies Xs (inputs, m) into the input layer's A."""
        np.copyto(self.values[0].A, Xs)
        return self

    def set_masks(self, masks: Sequence[Matrix]) -> Self:
        """Copies one mask (units, m) per hidden layer; none where there is no dropout."""
        for own, mask in zip(self.masks, masks, strict=True):
            np.copyto(own, mask)
        return self

    def set_values(self, values: Sequence[tuple[Matrix | None, Matrix]]) -> Self:
        """Copies the Z and A of every layer from what an evaluation returned; the masks must have been set before."""
        self.set_inputs(values[0][1])
        for own, value in zip(self.values[1:], values[1:], strict=True):
            for array, given in zip(own, value, strict=True):
                if array is not None and given is not None:
                    np.copyto(array, given)
        for l, mask in enumerate(self.masks, start=1):
            np.multiply(self.values[l].A, mask, self.outputs[l])  # Ã^l = A^l * M^l
        return self
