"""The arrays that evaluation and back-propagation write into, allocated once and used again every epoch."""

from functools import partial
from typing import NamedTuple

import numpy as np

from nn.activations import identity


class Value(NamedTuple):
    """What evaluation keeps of one layer: Z (None for the input) and A, each (units, m), a column per example."""

    Z: np.ndarray | None
    A: np.ndarray


class Workspace:
    """Every array of one evaluation and one back-propagation, for one network and m examples.

    Args:
        network: the network.
        m: how many examples.
        keep: whether every dA is kept beside its dZ, to be looked at.

    Attributes:
        values: a Value a layer, input first. Where g is the identity, A is Z itself.
        Ys: the targets of the examples, where they have to be copied out of a larger array.
        dAs, dZs: an array a layer, None for the input: (units, m). Each dZ takes the place of its dA, as the posts
            allow, unless they are to be kept; where g is the identity they are the same.
        gradient: dW and db of all layers in one flat array, laid out as the network's parameters are.
        dWbs: [dW | db] of each layer, views of `gradient`, as `layer.Wb` are views of the parameters.
        upward, downward: what one layer's evaluation and back-propagation work on, in the order of the work, so that
            the loop over the layers finds everything at hand.

    A layer's product takes [A; 1], the A below with a row of ones under it, so that [W | b]·[A; 1] = W·A + b is one
    product and dZ·[A; 1]^T = [dW | db] another.
    """

    def __init__(self, network, m, *, keep=False):
        dtype, layers = network.parameters.dtype, network.layers
        below = [np.ones((layer.W.shape[1] + 1, m), dtype) for layer in layers]  # [A; 1]
        As = [A1[:-1] for A1 in below] + [np.empty((network.output_count, m), dtype)]
        Zs = [A if layer.g is identity else np.empty_like(A) for layer, A in zip(layers, As[1:], strict=True)]
        self.Ys = np.empty((network.output_count, m), dtype)
        self.values = [Value(Z, A) for Z, A in zip([None, *Zs], As, strict=True)]
        self.dZs = [None, *(np.empty_like(Z) for Z in Zs)]
        self.dAs = [
            np.empty_like(dZ) if keep and Z is not None and Z is not A else dZ
            for (Z, A), dZ in zip(self.values, self.dZs, strict=True)
        ]
        self.gradient = np.empty_like(network.parameters)
        self.dWbs = network.matrices(self.gradient)

        widest = max(map(len, Zs))
        spare = np.empty((2, widest, m), dtype)
        self.upward, self.downward = [], []
        for l, layer in enumerate(layers, start=1):
            Z, A = self.values[l]
            above = (_product(layers[l].WT), self.dZs[l + 1]) if l < len(layers) else (None, None)
            self.upward.append((layer.Wb, below[l - 1], Z, A, layer.g))
            self.downward.append(
                (*above, Z, A, layer.g, self.dAs[l], self.dZs[l], *spare[:, : len(Z)], below[l - 1].T, self.dWbs[l - 1])
            )
        self.downward.reverse()

    def hold(self, Xs):
        """Takes Xs (inputs, m) as the input layer's A."""
        np.copyto(self.values[0].A, Xs)
        return self


def _product(W):
    """product(X, out) writes W·X into out. np.dot is the faster, but copies a W that is not contiguous."""
    return W.dot if W.flags.forc else partial(np.matmul, W)
