"""The arrays that evaluation and back-propagation write into, allocated once and used again every epoch."""

from functools import partial

import numpy as np

from nn.activations import identity
from nn.arrays import Value
from nn.dropout import Dropped
from nn.losses import squared_error


class Workspace:
    """Every array of one evaluation and one back-propagation, for one network, one loss and m examples.

    Args:
        network: the network.
        m: how many examples.
        loss: one of LOSSES.
        keep: whether every dA is kept beside its dZ, to be looked at.
        drops: whether hidden layers have dropout.

    Attributes:
        values: a Value a layer, input first. Where g is the identity, A is Z itself.
        Ys: the targets of the examples, where they have to be copied out of a larger array.
        dAs, dZs: an array a layer, None for the input: (units, m). Each dZ takes the place of its dA, as the posts
            allow, unless they are to be kept; where g is the identity they are the same, and so they are at the output
            where the loss joins its g.
        masks: for each hidden layer with dropout what its A is multiplied by, (units, m), to be filled; else empty.
        given, d_given: of each layer what it gives on, Ã = A * M, and the derivative by that; without dropout A and dA.
        start: start(Ys, m, dAs[-1]) returns the loss at the output and writes where back-propagation starts.
        gradient: dW and db of all layers in one flat array, laid out as the network's parameters are.
        dWbs: [dW | db] of each layer, views of `gradient`, as `layer.Wb` are views of the parameters.
        upward, downward: what one layer's evaluation and back-propagation work on, in the order of the work, so that
            the loop over the layers finds everything at hand.

    A layer's product takes [A; 1], the A below with a row of ones under it, so that [W | b]·[A; 1] = W·A + b is one
    product and dZ·[A; 1]^T = [dW | db] another.
    """

    def __init__(self, network, m, *, loss=squared_error, keep=False, drops=False):
        dtype, layers = network.parameters.dtype, network.layers
        below = [np.ones((layer.W.shape[1] + 1, m), dtype) for layer in layers]  # [A; 1]
        self.given = [A1[:-1] for A1 in below] + [np.empty((network.output_count, m), dtype)]
        self.masks = [np.empty_like(A) for A in self.given[1:-1]] if drops else []
        As = [self.given[0], *map(np.empty_like, self.masks), self.given[-1]] if drops else self.given
        Zs = [A if layer.g is identity else np.empty_like(A) for layer, A in zip(layers, As[1:], strict=True)]
        self.Ys = np.empty((network.output_count, m), dtype)
        self.values = [Value(Z, A) for Z, A in zip([None, *Zs], As, strict=True)]
        self.dZs = [None, *(np.empty_like(Z) for Z in Zs)]
        joins = loss.is_fused_with(layers[-1].g)
        self.dAs = [
            np.empty_like(dZ) if keep and Z is not None and Z is not A and not (joins and A is As[-1]) else dZ
            for (Z, A), dZ in zip(self.values, self.dZs, strict=True)
        ]
        hidden_dAs = map(np.empty_like, self.dAs[1:-1]) if keep and drops else self.dAs[1:-1]
        self.d_given = [None, *hidden_dAs, self.dAs[-1]]
        self.start = loss.bind_output(self.values[-1], layers[-1].g)
        self.gradient = np.empty_like(network.parameters)
        self.dWbs = network.matrices(self.gradient)

        gs = [layer.g for layer in layers]
        if drops:
            hidden = zip(gs, As[1:], self.dAs[1:], self.masks, strict=False)  # the output has no mask
            gs[:-1] = [Dropped(*of_layer) for of_layer in hidden]
        widest = max(map(len, Zs))
        spare = np.empty((2, widest, m), dtype)
        self.upward, self.downward = [], []
        for l, (layer, g) in enumerate(zip(layers, gs, strict=True), start=1):
            Z, A, dA, dZ = self.values[l].Z, self.given[l], self.d_given[l], self.dZs[l]
            above = (_product(layers[l].WT), self.dZs[l + 1]) if l < len(layers) else (None, None)
            self.upward.append((layer.Wb, below[l - 1], Z, A, g))
            if joins and l == len(layers):
                g = identity  # the loss has been through it already
            self.downward.append((*above, Z, A, g, dA, dZ, *spare[:, : len(Z)], below[l - 1].T, self.dWbs[l - 1]))
        self.downward.reverse()

    def hold(self, Xs):
        """Takes Xs (inputs, m) as the input layer's A."""
        np.copyto(self.values[0].A, Xs)
        return self

    def hold_masks(self, masks):
        """Takes a mask (units, m) for each hidden layer; none where there is no dropout."""
        for kept, mask in zip(self.masks, masks, strict=True):
            np.copyto(kept, mask)
        return self

    def hold_values(self, values):
        """Takes the Z and A of every layer from what an evaluation returned, with the masks that are held already."""
        self.hold(values[0][1])
        for kept, (Z, A) in zip(self.values[1:], values[1:], strict=True):
            np.copyto(kept.Z, Z)
            np.copyto(kept.A, A)
        for given, (_, A), mask in zip(self.given[1:], self.values[1:], self.masks, strict=False):
            np.multiply(A, mask, given)  # Ã^l = A^l * M^l
        return self


def _product(W):
    """product(X, out) writes W·X into out. np.dot is the faster, but copies a W that is not contiguous."""
    return W.dot if W.flags.forc else partial(np.matmul, W)
