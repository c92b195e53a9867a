"""What left the finite numbers first: the quantities of a step in the order in which they come about."""

import numpy as np


def first_not_finite(quantities):
    return next((name for name, array in quantities if not np.isfinite(array).all()), None)


def evaluated(batch):
    """The quantities of an evaluation in the order in which they come about, each with its name."""
    for work in batch.workspaces:
        for l, (Z, A) in enumerate(work.values[1:], start=1):
            yield f"Z{l}", Z
            yield f"A{l}", A


def stepped(batch):
    """The quantities of a step in the order in which they come about, each with its name."""
    yield from evaluated(batch)
    layers = batch.network.layers
    for l in range(len(layers), 0, -1):
        dWb = batch.network.matrices(batch.gradient)[l - 1]
        for work in batch.workspaces:
            yield f"dZ{l}", work.dZs[l]
        yield f"dW{l}", dWb[:, :-1]
        yield f"db{l}", dWb[:, -1:]
    for l, layer in enumerate(layers, start=1):
        yield f"W{l}", layer.W
        yield f"b{l}", layer.b
