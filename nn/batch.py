"""A batch: the examples that one loss and one gradient are taken over, worked on in parts that stay in cache."""

import numpy as np

from nn.workspace import Workspace

PART_BYTES = 256 * 1024  # what one array of a part may take; measured best at 2-256-256-1 between 128 KiB and 512 KiB


class Batch:
    """m examples for one network and one loss, with every array that evaluating and differentiating them takes.

    The loss and the gradient are sums over examples (the 1/m is in the loss), so those of the parts add up.

    Args:
        network: the network.
        loss: one of LOSSES.
        m: how many examples.

    Attributes:
        Xs, Ys: (inputs, m) and (outputs, m), to be filled.
        gradient: of the loss over all m examples, flat, in the layout of the network's parameters.
    """

    def __init__(self, network, loss, m):
        dtype = network.parameters.dtype
        widest = max(len(Wb) for Wb in network.matrices(network.parameters))
        size = min(m, max(1, PART_BYTES // (widest * dtype.itemsize)))
        self.network, self._loss, self.m = network, loss, m
        self.Ys = np.empty((network.output_count, m), dtype)
        spaces = {n: Workspace(network, n) for n in {size, m % size or size}}
        self.workspaces = list(spaces.values())
        if size == m:
            self.Xs = self.workspaces[0].values[0].A
            self._parts = [(None, self.Ys, self.workspaces[0])]
            self.gradient = self.workspaces[0].gradient
        else:
            self.Xs = np.empty((network.input_count, m), dtype)
            cuts = [slice(start, min(start + size, m)) for start in range(0, m, size)]
            self._parts = [(self.Xs[:, cut], self.Ys[:, cut], spaces[cut.stop - cut.start]) for cut in cuts]
            self.gradient = np.empty_like(network.parameters)

    def evaluate(self):
        """The loss at the network's present parameters."""
        return sum(self._evaluate(*part) for part in self._parts)

    def compute_gradient(self):
        """The loss at the network's present parameters; its gradient goes into `gradient`."""
        loss = 0.0
        if len(self._parts) > 1:
            self.gradient[:] = 0
        for Xs, Ys, work in self._parts:
            loss += self._evaluate(Xs, Ys, work)
            self.network.compute_gradient_into(work)
            if work.gradient is not self.gradient:
                self.gradient += work.gradient
        return loss

    def _evaluate(self, Xs, Ys, work):
        if Xs is not None:
            work.hold(Xs)
            np.copyto(work.Ys, Ys)
            Ys = work.Ys
        self.network.evaluate_into(work)
        return self._loss.start(work.values[-1].A, Ys, self.m, work.dAs[-1])
