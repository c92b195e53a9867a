"""Dropout: in a step of training, each unit of a hidden layer is left out of each example with some probability.

Inverted dropout (Srivastava et al. 2014, section 10): what is kept is divided by the probability of being kept, so that
on average every unit gives on what it does in the whole network, which is used as it is.
"""

import numpy as np


class Dropped:
    """The activation of a hidden layer under dropout: g, and then the mask.

    Args:
        g: the layer's own activation.
        A, dA: (units, m), where A and dA of the whole layer are written.
        mask: (units, m), 0 for what is dropped and 1 / (1 - dropout) for what is kept.
    """

    def __init__(self, g, A, dA, mask):
        self.g, self.A, self.dA, self.mask = g, A, dA, mask

    def value(self, Z, given):
        """Writes what the layer gives on into `given`."""
        self.g.value(Z, self.A)
        np.multiply(self.A, self.mask, given)  # Ã^l = A^l * M^l

    def backward(self, Z, given, d_given, dZ, slope, scratch):
        """Writes dZ, from the derivative by what the layer gave on."""
        np.multiply(d_given, self.mask, self.dA)  # dA^l = dÃ^l * M^l
        self.g.backward(Z, self.A, self.dA, dZ, slope, scratch)


def draw_masks(rng, dropout, masks):
    """Draws masks, one after the other, into arrays: 0 with probability `dropout`, otherwise 1 / (1 - dropout)."""
    for mask in masks:
        np.divide(rng.random(mask.shape) >= dropout, 1 - dropout, mask)


def new_masks(rng, dropout, network, m):
    """Masks of m examples for every hidden layer of a network, drawn in this order; none without dropout."""
    if not dropout:
        return []
    masks = [np.empty((layer.unit_count, m)) for layer in network.layers[:-1]]
    draw_masks(rng, dropout, masks)
    return masks
