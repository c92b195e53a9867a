"""The arrays that evaluation and back-propagation write into, allocated once and used again every epoch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from nn.activations import identity
from nn.arrays import Matrix
from nn.dropout import WithDropout
from nn.evaluation import Evaluation, LayerActivation
from nn.loss_types import Loss
from nn.losses import squared_error

if TYPE_CHECKING:
    from nn.network import NeuralNetwork


@dataclass(slots=True)
class BackwardStep:
    """What back-propagation through layer l reads and writes; A and dA are of what the layer passes on."""

    WT_dZ_above: Callable[[Matrix], object] | None  # writes (W^(l+1))^T dZ^(l+1) into an array; None at the output
    Z: Matrix
    A: Matrix
    g: LayerActivation  # the identity where the loss is fused with g
    dA: Matrix
    dZ: Matrix
    slope: Matrix  # two spare arrays
    scratch: Matrix
    A1_below_T: Matrix  # the transpose of [A; 1]^(l-1)
    dWb: Matrix  # [dW | db]^l


class Workspace(Evaluation):
    """Every array of one evaluation and one back-propagation, for one network, one loss and m examples.

    Args:
        network, m, dropout: as of an Evaluation.
        loss: one of LOSSES.
        keep: whether every dA is kept beside its dZ, to be looked at.

    Attributes:
        Ys: the targets, (outputs, m), to be filled where they are not passed to `compute_loss`.
        dAs, dZs: by layer number, 1 for the first after the input: (units, m). dZ overwrites dA, as the posts allow,
            unless `keep` is set. They are the same array where A is Z itself, and at the output where the loss is fused
            with g.
        d_outputs: by layer number, the loss's derivative with respect to `outputs`; without dropout, dA.
        gradient: dW and db of all layers in one flat array, laid out as the network's parameters are.
        dWbs: [dW | db] of each layer, views of `gradient`, as `layer.Wb` are views of the parameters.
        backward_plan: one BackwardStep per layer, in the order of the work: the output first.

    As [A; 1] has a row of ones, dZ·[A; 1]^T = [dW | db] is one product as well.
    """

    def __init__(
        self, network: NeuralNetwork, m: int, *, loss: Loss = squared_error, keep: bool = False, dropout: bool = False
    ) -> None:
        super().__init__(network, m, dropout=dropout)
        layers, L, Zs = network.layers, len(network.layers), self._Zs
        empty, empty_like = self._memory.empty, self._memory.empty_like
        self.Ys: Matrix = empty(network.output_count, m)
        fused = loss.is_fused_with(layers[-1].g)
        self.dZs: dict[int, Matrix] = {l: empty_like(Z) for l, Z in Zs.items()}
        self.dAs: dict[int, Matrix] = {}
        for l, dZ in self.dZs.items():
            same = not keep or self.values[l].A is Zs[l] or (fused and l == L)
            self.dAs[l] = dZ if same else empty_like(dZ)
        self.d_outputs = {l: empty_like(dA) if keep and dropout and l < L else dA for l, dA in self.dAs.items()}
        self.gradient = empty_like(network.parameters)
        self.dWbs = network.matrices(self.gradient)
        self._value_and_gradient = loss.bind_output(self.values[L], layers[-1].g)
        self._dA_output = self.dAs[L]

        for l, g in enumerate(self._gs, start=1):
            if isinstance(g, WithDropout):
                g.dA = self.dAs[l]
        gs: list[LayerActivation] = [*self._gs[:-1], identity if fused else self._gs[-1]]
        spare = [empty(max(map(len, Zs.values())), m) for _ in range(2)]
        self.backward_plan = [
            BackwardStep(
                WT_dZ_above=partial(_product(layers[l].WT), self.dZs[l + 1]) if l < L else None,
                Z=Zs[l],
                A=self.outputs[l],
                g=gs[l - 1],
                dA=self.d_outputs[l],
                dZ=self.dZs[l],
                slope=spare[0][: len(Zs[l])],
                scratch=spare[1][: len(Zs[l])],
                A1_below_T=self._A1s[l - 1].T,
                dWb=self.dWbs[l - 1],
            )
            for l in range(L, 0, -1)
        ]

    def compute_loss(self, Ys: Matrix, m: float) -> float:
        """The loss of the output against Ys, as a share of m examples; writes dA there, or dZ if the loss is fused."""
        return self._value_and_gradient(Ys, m, self._dA_output)


def _product(W: Matrix) -> Callable[[Matrix, Matrix], object]:
    """product(X, out) writes W·X into out. np.dot is the faster, but copies a W that is not contiguous."""
    return W.dot if W.flags.forc else partial(np.matmul, W)
