"""Classic mistakes in back-propagation, for the gradient check to catch: the network's own code, one thing wrong."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from nn import identity
from nn.registry import Registry


@dataclass(frozen=True)
class Mistake:
    """A wrong gradient.

    Args:
        name, label: for the page.
        note: what is wrong.
        compute_gradient: compute_gradient(network, values, Ys, *, loss) gives (dWs, dbs), as the network's own does.
    """

    name: str
    label: str
    note: str
    compute_gradient: Callable


def _forgotten_m(network, values, Ys, *, loss):
    def start(A, Y, m, dA):
        total = loss.start(A, Y, m, dA)
        np.multiply(dA, m, dA)
        return total

    return network.compute_gradient(values, Ys, loss=replace(loss, start=start))


def _with_activations(network, change):
    """The same network, each of its layers' activations changed."""
    twin = network.copy()
    for layer in twin.layers:
        layer.g = change(layer.g)
    return twin


def _forgotten_derivative(network, values, Ys, *, loss):
    flat = _with_activations(network, lambda g: replace(g, derivative=identity.derivative))
    return flat.compute_gradient(values, Ys, loss=loss)


def _derivative_at_A(network, values, Ys, *, loss):
    def at_A(g):
        def derivative(Z, A, out, scratch):
            g.derivative(A, g[0](A), out, scratch)

        return replace(g, derivative=derivative)

    return _with_activations(network, at_A).compute_gradient(values, Ys, loss=loss)


def _bias_not_summed(network, values, Ys, *, loss):
    dWs, _ = network.compute_gradient(values, Ys, loss=loss)
    first = [(Z[:, :1] if Z is not None else None, A[:, :1]) for Z, A in values]
    m = Ys.shape[1]

    def start(A, Y, _, dA):
        return loss.start(A, Y, m, dA)  # the first example's own share

    return dWs, network.compute_gradient(first, Ys[:, :1], loss=replace(loss, start=start))[1]


def _updated_too_early(network, values, Ys, *, loss):
    twin = network.copy()
    dWs, dbs = twin.compute_gradient(values, Ys, loss=loss)
    for l in range(len(twin.layers) - 1, 0, -1):  # W^(l+1) has already moved when dA^l is taken from it
        twin.layers[l].W -= 0.1 * dWs[l]
        lower = twin.compute_gradient(values, Ys, loss=loss)
        dWs[:l], dbs[:l] = lower[0][:l], lower[1][:l]
    return dWs, dbs


MISTAKES = Registry(
    "mistake",
    (
        Mistake("m", "1/m forgotten", "dA = A - Y, not (A - Y) / m: every entry is m times too large.", _forgotten_m),
        Mistake(
            "derivative",
            "g' forgotten",
            "dZ = dA, as if every activation were the identity.",
            _forgotten_derivative,
        ),
        Mistake("at_A", "g' at A", "g'(A) where g'(Z) is meant.", _derivative_at_A),
        Mistake("bias", "db not summed", "db is the first column of dZ, not the sum of all.", _bias_not_summed),
        Mistake(
            "early",
            "W updated too early",
            "Each layer takes its step, at learning rate 0.1, before the gradient below it is computed.",
            _updated_too_early,
        ),
    ),
)
