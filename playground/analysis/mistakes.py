"""Classic mistakes in back-propagation, for the gradient check to catch: the network's own code, one thing wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from nn import Activation, NeuralNetwork, identity
from nn.arrays import Matrix, Value
from nn.gradient_check import ComputeGradient
from nn.loss_types import Loss
from nn.registry import Registry

Gradients: TypeAlias = tuple[list[Matrix], list[Matrix]]  # (dWs, dbs)
Masks: TypeAlias = Sequence[npt.ArrayLike] | None
Start: TypeAlias = Callable[..., float]  # a loss's own value_and_gradient, or its fused one: (..., m, dA)


@dataclass(frozen=True)
class Mistake:
    """A wrong gradient.

    Args:
        name, label: for the page.
        note: what is wrong.
        compute_gradient: the wrong back-propagation.
    """

    name: str
    label: str
    note: str
    compute_gradient: ComputeGradient


def _with_start(loss: Loss, change: Callable[[Start], Start]) -> Loss:
    """The same loss, alone and fused, whose back-propagation starts differently."""
    fused = loss.fused and replace(loss.fused, value_and_gradient=change(loss.fused.value_and_gradient))
    return replace(loss, value_and_gradient=change(loss.value_and_gradient), fused=fused)


def _forgotten_m(
    network: NeuralNetwork, values: list[Value], Ys: npt.ArrayLike, /, *, loss: Loss, masks: Masks = None
) -> Gradients:
    def without_m(start: Start) -> Start:
        def times_m(*arguments: Any) -> float:
            *_, m, dA = arguments
            total = start(*arguments)
            np.multiply(dA, m, dA)
            return total

        return times_m

    return network.compute_gradient(values, Ys, loss=_with_start(loss, without_m), masks=masks)


def _with_activations(network: NeuralNetwork, change: Callable[[Activation], Activation]) -> NeuralNetwork:
    """A copy of the network whose activations are changed, so that no loss is fused with its output's."""
    twin = network.copy()
    for layer in twin.layers:
        layer.g = change(layer.g)
    return twin


def _forgotten_derivative(
    network: NeuralNetwork, values: list[Value], Ys: npt.ArrayLike, /, *, loss: Loss, masks: Masks = None
) -> Gradients:
    flat = _with_activations(network, lambda g: replace(identity, name=g.name, value=g.value))
    return flat.compute_gradient(values, Ys, loss=loss, masks=masks)


@dataclass(frozen=True, kw_only=True)
class _DerivativeAtA(Activation):
    """An activation whose derivative is taken at A."""

    right: Activation

    def backward(self, Z: Matrix, A: Matrix, dA: Matrix, dZ: Matrix, slope: Matrix, scratch: Matrix) -> None:
        self.right.backward(A, self.right[0](A), dA, dZ, slope, scratch)


def _derivative_at_A(
    network: NeuralNetwork, values: list[Value], Ys: npt.ArrayLike, /, *, loss: Loss, masks: Masks = None
) -> Gradients:
    wrong = _with_activations(network, lambda g: _DerivativeAtA(**vars(g), right=g))
    return wrong.compute_gradient(values, Ys, loss=loss, masks=masks)


def _bias_not_summed(
    network: NeuralNetwork, values: list[Value], Ys: npt.ArrayLike, /, *, loss: Loss, masks: Masks = None
) -> Gradients:
    dWs, _ = network.compute_gradient(values, Ys, loss=loss, masks=masks)
    first = [Value(None if Z is None else Z[:, :1], A[:, :1]) for Z, A in values]
    first_masks = masks and [np.asarray(mask)[:, :1] for mask in masks]
    targets = np.asarray(Ys)
    m = targets.shape[1]

    def of_m(start: Start) -> Start:
        def first_share(*arguments: Any) -> float:
            *arrays, _, dA = arguments
            return start(*arrays, m, dA)  # the first example's share of the loss

        return first_share

    loss_of_first = _with_start(loss, of_m)
    return dWs, network.compute_gradient(first, targets[:, :1], loss=loss_of_first, masks=first_masks)[1]


def _updated_too_early(
    network: NeuralNetwork, values: list[Value], Ys: npt.ArrayLike, /, *, loss: Loss, masks: Masks = None
) -> Gradients:
    twin = network.copy()
    dWs, dbs = twin.compute_gradient(values, Ys, loss=loss, masks=masks)
    for l in range(len(twin.layers) - 1, 0, -1):  # W^(l+1) has already moved when dA^l is taken from it
        twin.layers[l].W -= 0.1 * dWs[l]
        lower_dWs, lower_dbs = twin.compute_gradient(values, Ys, loss=loss, masks=masks)
        dWs[:l], dbs[:l] = lower_dWs[:l], lower_dbs[:l]
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
        Mistake("at_A", "g' at A", "g'(A) instead of g'(Z).", _derivative_at_A),
        Mistake(
            "bias", "db not summed", "db is the first column of dZ instead of the sum of all columns.", _bias_not_summed
        ),
        Mistake(
            "early",
            "W updated too early",
            "Each layer takes its step, at learning rate 0.1, before the gradient below it is computed.",
            _updated_too_early,
        ),
    ),
)
