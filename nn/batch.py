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
        drops: whether hidden layers have dropout.

    Attributes:
        Xs, Ys: (inputs, m) and (outputs, m), to be filled.
        masks: for each hidden layer with dropout its mask, (units, m), to be filled; else empty.
        gradient: of the loss over all m examples, flat, in the layout of the network's parameters.
    """

    def __init__(self, network, loss, m, *, drops=False):
        dtype = network.parameters.dtype
        widest = max(len(Wb) for Wb in network.matrices(network.parameters))
        size = min(m, max(1, PART_BYTES // (widest * dtype.itemsize)))
        self.network, self.m = network, m
        self.Ys = np.empty((network.output_count, m), dtype)
        spaces = {n: Workspace(network, n, loss=loss, drops=drops) for n in {size, m % size or size}}
        self.workspaces = list(spaces.values())
        if size == m:
            self.Xs = self.workspaces[0].values[0].A
            self.masks = self.workspaces[0].masks
            self._parts = [(None, self.Ys, (), self.workspaces[0])]
            self.gradient = self.workspaces[0].gradient
        else:
            self.Xs = np.empty((network.input_count, m), dtype)
            self.masks = [np.empty((len(mask), m), dtype) for mask in self.workspaces[0].masks]
            cuts = [slice(start, min(start + size, m)) for start in range(0, m, size)]
            self._parts = [
                (self.Xs[:, cut], self.Ys[:, cut], [mask[:, cut] for mask in self.masks], spaces[cut.stop - cut.start])
                for cut in cuts
            ]
            self.gradient = np.empty_like(network.parameters)

    def evaluate(self):
        """The loss at the network's present parameters."""
        return sum(self._evaluate(*part) for part in self._parts)

    def compute_gradient(self):
        """The loss at the network's present parameters; its gradient goes into `gradient`."""
        loss = 0.0
        if len(self._parts) > 1:
            self.gradient[:] = 0
        for Xs, Ys, masks, work in self._parts:
            loss += self._evaluate(Xs, Ys, masks, work)
            self.network.compute_gradient_into(work)
            if work.gradient is not self.gradient:
                self.gradient += work.gradient
        return loss

    def _evaluate(self, Xs, Ys, masks, work):
        if Xs is not None:
            work.hold(Xs).hold_masks(masks)
            np.copyto(work.Ys, Ys)
            Ys = work.Ys
        self.network.evaluate_into(work)
        return work.start(Ys, self.m, work.dAs[-1])
