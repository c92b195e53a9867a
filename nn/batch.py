"""A batch: the examples that one loss and one gradient are taken over, worked on in parts that stay in cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nn.loss_types import Loss
from nn.workspace import Workspace

if TYPE_CHECKING:
    from nn.network import NeuralNetwork

PART_BYTES = 256 * 1024  # of one array of a part, at most; measured best at 2-256-256-1 between 128 KiB and 512 KiB


class _Part(NamedTuple):
    """Some of a batch's examples; parts of one size share a workspace."""

    columns: slice
    work: Workspace


class Batch:
    """m examples for one network and one loss, with every array that evaluating and differentiating them takes.

    The loss and the gradient are sums over examples (the 1/m is in the loss), so those of the parts add up.

    Args:
        network: the network.
        loss: one of LOSSES.
        m: number of examples.
        dropout: whether hidden layers have masks.

    Attributes:
        Xs, Ys: (inputs, m) and (outputs, m), to be filled.
        masks: for each hidden layer under dropout its mask, (units, m), to be filled; else empty.
        gradient: of the loss over all m examples, flat, in the layout of the network's parameters.
    """

    def __init__(self, network: NeuralNetwork, loss: Loss, m: int, *, dropout: bool = False) -> None:
        self.network, self.m, self._loss, self._dropout = network, m, loss, dropout
        self._divisor = float(m)  # to divide by a whole number takes NumPy longer
        self._allocate()

    def _allocate(self) -> None:
        network, m, dtype = self.network, self.m, self.network.parameters.dtype
        widest = max(len(Wb) for Wb in network.matrices(network.parameters))
        size = min(m, max(1, PART_BYTES // (widest * dtype.itemsize)))
        sizes = {size, m % size or size}
        spaces = {n: Workspace(network, n, loss=self._loss, dropout=self._dropout) for n in sizes}
        self.workspaces = list(spaces.values())
        self._parts: list[_Part] = []
        for start in range(0, m, size):
            end = min(start + size, m)
            self._parts.append(_Part(slice(start, end), spaces[end - start]))
        work = self.workspaces[0]
        self._in_one_part = size == m  # whose arrays are then the batch's own
        if self._in_one_part:
            self.Xs, self.Ys, self.masks, self.gradient = work.values[0].A, work.Ys, work.masks, work.gradient
        else:
            self.Xs = np.empty((network.input_count, m), dtype)
            self.Ys = np.empty((network.output_count, m), dtype)
            self.masks = [np.empty((len(mask), m), dtype) for mask in work.masks]
            self.gradient = np.empty_like(network.parameters)

    def follow_network(self) -> None:
        """Makes the arrays anew, after other units of the network were switched off; the examples stay."""
        Xs, Ys = self.Xs, self.Ys
        self._allocate()
        self.Xs[...], self.Ys[...] = Xs, Ys

    def evaluate(self) -> float:
        """The loss at the network's present parameters."""
        return sum(self._evaluate(part) for part in self._parts)

    def compute_gradient(self) -> float:
        """Writes the gradient at the network's present parameters into `gradient`, and returns the loss."""
        if self._in_one_part:
            loss = self._evaluate(self._parts[0])
            self.network.compute_gradient_into(self.workspaces[0])
            return loss
        loss = 0.0
        self.gradient[:] = 0
        for part in self._parts:
            loss += self._evaluate(part)
            self.network.compute_gradient_into(part.work)
            self.gradient += part.work.gradient
        return loss

    def _evaluate(self, part: _Part) -> float:
        columns, work = part
        if not self._in_one_part:
            work.set_inputs(self.Xs[:, columns]).set_masks([mask[:, columns] for mask in self.masks])
            np.copyto(work.Ys, self.Ys[:, columns])
        self.network.evaluate_into(work)
        return work.compute_loss(work.Ys, self._divisor)
