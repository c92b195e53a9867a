"""Classic mistakes in back-propagation, for the gradient check to catch: the network's own code, one thing wrong."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from nn import Activation, identity
from nn.registry import Registry


@dataclass(frozen=True)
class Mistake:
    """A wrong gradient.

    Args:
        name, label: for the page.
        note: what is wrong.
        compute_gradient: compute_gradient(network, values, Ys, *, loss, masks=None) gives (dWs, dbs), as the network's
            own does.
    """

    name: str
    label: str
    note: str
    compute_gradient: Callable


def _started_otherwise(loss, change):
    """The same loss, alone and joined, with another start of back-propagation: change(start)."""
    fused = loss.fused and replace(loss.fused, value_and_gradient=change(loss.fused.value_and_gradient))
    return replace(loss, value_and_gradient=change(loss.value_and_gradient), fused=fused)


def _forgotten_m(network, values, Ys, *, loss, masks=None):
    def without_m(start):
        def changed(*given):
            *_, m, dA = given
            total = start(*given)
            np.multiply(dA, m, dA)
            return total

        return changed

    return network.compute_gradient(values, Ys, loss=_started_otherwise(loss, without_m), masks=masks)


def _with_activations(network, change):
    """The same network, each of its layers' activations changed; so no loss joins its output's."""
    twin = network.copy()
    for layer in twin.layers:
        layer.g = change(layer.g)
    return twin


def _forgotten_derivative(network, values, Ys, *, loss, masks=None):
    flat = _with_activations(network, lambda g: replace(identity, name=g.name, value=g.value))
    return flat.compute_gradient(values, Ys, loss=loss, masks=masks)


@dataclass(frozen=True)
class _AtA(Activation):
    """An activation whose derivative is taken at A."""

    right: Activation = identity

    def backward(self, Z, A, dA, dZ, slope, scratch):
        self.right.backward(A, self.right[0](A), dA, dZ, slope, scratch)


def _derivative_at_A(network, values, Ys, *, loss, masks=None):
    wrong = _with_activations(network, lambda g: _AtA(**vars(g), right=g))
    return wrong.compute_gradient(values, Ys, loss=loss, masks=masks)


def _bias_not_summed(network, values, Ys, *, loss, masks=None):
    dWs, _ = network.compute_gradient(values, Ys, loss=loss, masks=masks)
    first = [(Z[:, :1] if Z is not None else None, A[:, :1]) for Z, A in values]
    first_masks = masks and [mask[:, :1] for mask in masks]
    m = Ys.shape[1]

    def of_m(start):
        def changed(*given):
            *arrays, _, dA = given
            return start(*arrays, m, dA)  # the first example's own share

        return changed

    return dWs, network.compute_gradient(first, Ys[:, :1], loss=_started_otherwise(loss, of_m), masks=first_masks)[1]


def _updated_too_early(network, values, Ys, *, loss, masks=None):
    twin = network.copy()
    dWs, dbs = twin.compute_gradient(values, Ys, loss=loss, masks=masks)
    for l in range(len(twin.layers) - 1, 0, -1):  # W^(l+1) has already moved when dA^l is taken from it
        twin.layers[l].W -= 0.1 * dWs[l]
        lower = twin.compute_gradient(values, Ys, loss=loss, masks=masks)
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
