"""The arrays that evaluation and back-propagation write into, allocated once and used again every epoch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self

import numpy as np

from nn.activation_types import Activation
from nn.activations import identity
from nn.arrays import Matrix, Value
from nn.dropout import WithDropout
from nn.loss_types import Loss
from nn.losses import squared_error
from nn.units_off import WithUnitsOff, activations_of

if TYPE_CHECKING:
    from nn.network import NeuralNetwork


@dataclass(slots=True)
class ForwardStep:
    """What the evaluation of layer l reads and writes; A is what the layer passes on."""

    Wb: Matrix  # [W | b]^l
    A1_below: Matrix  # [A; 1]^(l-1)
    Z: Matrix
    A: Matrix
    g: Activation | WithUnitsOff | WithDropout


@dataclass(slots=True)
class BackwardStep:
    """What back-propagation through layer l reads and writes; A and dA are of what the layer passes on."""

    WT_dZ_above: Callable[[Matrix], object] | None  # writes (W^(l+1))^T dZ^(l+1) into an array; None at the output
    Z: Matrix
    A: Matrix
    g: Activation | WithUnitsOff | WithDropout  # the identity where the loss is fused with g
    dA: Matrix
    dZ: Matrix
    slope: Matrix  # two spare arrays
    scratch: Matrix
    A1_below_T: Matrix  # the transpose of [A; 1]^(l-1)
    dWb: Matrix  # [dW | db]^l


class Workspace:
    """Every array of one evaluation and one back-propagation, for one network, one loss and m examples.

    Args:
        network: the network.
        m: number of examples.
        loss: one of LOSSES.
        keep: whether every dA is kept beside its dZ, to be looked at.
        dropout: whether hidden layers have masks.

    Attributes:
        values: one Value per layer, input first. Where g is the identity, A is Z itself, unless a unit is off.
        Ys: the targets, (outputs, m), to be filled where they are not passed to `compute_loss`.
        dAs, dZs: by layer number, 1 for the first after the input: (units, m). dZ overwrites dA, as the posts allow,
            unless `keep` is set. They are the same array where A is Z itself, and at the output where the loss is fused
            with g.
        masks: for each hidden layer under dropout what its A is multiplied by, (units, m), to be filled; else empty.
        outputs: what each layer passes on, Ã = A * M, input first; without dropout, A.
        d_outputs: by layer number, the loss's derivative with respect to `outputs`; without dropout, dA.
        gradient: dW and db of all layers in one flat array, laid out as the network's parameters are.
        dWbs: [dW | db] of each layer, views of `gradient`, as `layer.Wb` are views of the parameters.
        forward_plan, backward_plan: one step per layer in the order of the work, so that the loops over the layers
            find all arrays at hand.

    A layer's product takes [A; 1], the A below with a row of ones under it, so that [W | b]·[A; 1] = W·A + b is one
    product and dZ·[A; 1]^T = [dW | db] another.
    """

    def __init__(
        self, network: NeuralNetwork, m: int, *, loss: Loss = squared_error, keep: bool = False, dropout: bool = False
    ) -> None:
        dtype, layers = network.parameters.dtype, network.layers
        L, g_output = len(layers), layers[-1].g
        own_gs = activations_of(network)
        A1s = [np.ones((layer.W.shape[1] + 1, m), dtype) for layer in layers]  # [A; 1] of the layer below each
        self.outputs: list[Matrix] = [A1[:-1] for A1 in A1s] + [np.empty((network.output_count, m), dtype)]
        self.masks: list[Matrix] = [np.empty_like(A) for A in self.outputs[1:-1]] if dropout else []
        As = [self.outputs[0], *map(np.empty_like, self.masks), self.outputs[-1]] if dropout else self.outputs
        Zs = {l: As[l] if own_gs[l - 1] is identity else np.empty_like(As[l]) for l in range(1, L + 1)}
        self.values = [Value(Zs.get(l), A) for l, A in enumerate(As)]
        self.Ys: Matrix = np.empty((network.output_count, m), dtype)

        fused = loss.is_fused_with(g_output)
        self.dZs: dict[int, Matrix] = {l: np.empty_like(Z) for l, Z in Zs.items()}
        self.dAs: dict[int, Matrix] = {}
        for l, dZ in self.dZs.items():
            same = not keep or own_gs[l - 1] is identity or (fused and l == L)
            self.dAs[l] = dZ if same else np.empty_like(dZ)
        self.d_outputs = {l: np.empty_like(dA) if keep and dropout and l < L else dA for l, dA in self.dAs.items()}
        self.gradient = np.empty_like(network.parameters)
        self.dWbs = network.matrices(self.gradient)
        self._value_and_gradient = loss.bind_output(self.values[L], g_output)
        self._dA_output = self.dAs[L]

        gs: list[Activation | WithUnitsOff | WithDropout] = [*own_gs]
        for l, mask in enumerate(self.masks, start=1):
            gs[l - 1] = WithDropout(own_gs[l - 1], As[l], self.dAs[l], mask)
        self.forward_plan = [
            ForwardStep(layers[l - 1].Wb, A1s[l - 1], Zs[l], self.outputs[l], gs[l - 1]) for l in range(1, L + 1)
        ]
        if fused:
            gs[-1] = identity
        spare = np.empty((2, max(map(len, Zs.values())), m), dtype)
        self.backward_plan = [
            BackwardStep(
                WT_dZ_above=partial(_product(layers[l].WT), self.dZs[l + 1]) if l < L else None,
                Z=Zs[l],
                A=self.outputs[l],
                g=gs[l - 1],
                dA=self.d_outputs[l],
                dZ=self.dZs[l],
                slope=spare[0, : len(Zs[l])],
                scratch=spare[1, : len(Zs[l])],
                A1_below_T=A1s[l - 1].T,
                dWb=self.dWbs[l - 1],
            )
            for l in range(L, 0, -1)
        ]

    def compute_loss(self, Ys: Matrix, m: int) -> float:
        """The loss of the output against Ys, as a share of m examples; writes dA there, or dZ if the loss is fused."""
        return self._value_and_gradient(Ys, m, self._dA_output)

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


def _product(W: Matrix) -> Callable[[Matrix, Matrix], object]:
    """product(X, out) writes W·X into out. np.dot is the faster, but copies a W that is not contiguous."""
    return W.dot if W.flags.forc else partial(np.matmul, W)
