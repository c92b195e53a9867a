"""The gradient check: back-propagation against central differences of the loss, parameter by parameter."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from nn.arrays import Flat, Matrix, Value
from nn.loss_types import Loss
from nn.losses import squared_error
from nn.network import NeuralNetwork
from nn.step_options import StepOptions


class ComputeGradient(Protocol):
    """Back-propagation, as NeuralNetwork.compute_gradient does it."""

    def __call__(
        self,
        network: NeuralNetwork,
        values: list[Value],
        Ys: npt.ArrayLike,
        /,
        *,
        loss: Loss,
        masks: Sequence[npt.ArrayLike] | None,
    ) -> tuple[list[Matrix], list[Matrix]]: ...


class GradientCheck(NamedTuple):
    """What a check found. Arrays are flat, one entry per checked parameter, in the layout of the network's parameters.

    Attributes:
        names: of the parameters, e.g. "W2[0, 3]".
        numeric: (loss(w + epsilon) - loss(w - epsilon)) / (2 epsilon), for each parameter w.
        backpropagated: the same derivative by compute_gradient.
        errors: |numeric - backpropagated| relative to the larger of the two, or to a hundredth of the gradient's
            largest entry where that is more: below it a central difference is mostly its own rounding, about
            1e-16 loss / epsilon.
        worst: the largest of `errors`.
        worst_name: which parameter that is.
    """

    names: list[str]
    numeric: Flat
    backpropagated: Flat
    errors: Flat
    worst: float
    worst_name: str


def gradient_check(
    network: NeuralNetwork,
    Xs: npt.ArrayLike,
    Ys: npt.ArrayLike,
    *,
    loss: Loss = squared_error,
    epsilon: float = 1e-5,
    compute_gradient: ComputeGradient | None = None,
    options: StepOptions | None = None,
    masks: Sequence[npt.ArrayLike] | None = None,
    every: int = 1,
) -> GradientCheck:
    """Checks compute_gradient at the network's present parameters, which are left as they were.

    Args:
        network: the network.
        Xs, Ys: (inputs, m) and (outputs, m).
        loss: one of LOSSES.
        epsilon: how far each parameter is moved to either side.
        compute_gradient: the back-propagation to check; the network's own when None.
        options: the StepOptions whose penalty is added to the loss, or None.
        masks: of hidden layers, as `evaluate` takes them, the same throughout; or None.
        every: 1 to check every parameter, k for every k-th.

    Returns:
        A GradientCheck. With float64 and epsilon 1e-5 a right gradient is within 1e-7.

    Raises:
        ValueError: as evaluate and compute_gradient do, or an epsilon that is not positive.
    """
    if not 0 < epsilon < np.inf:
        raise ValueError(f"epsilon must be positive and finite, not {epsilon!r}.")
    with np.errstate(all="ignore"):
        values, options = network.evaluate(Xs, masks=masks), options or StepOptions()
        if compute_gradient is None:
            dWs, dbs = network.compute_gradient(values, Ys, loss=loss, masks=masks)
        else:
            dWs, dbs = compute_gradient(network, values, Ys, loss=loss, masks=masks)
        return _compare(network, Xs, np.asarray(Ys), loss, epsilon, network.flatten(dWs, dbs), options, masks, every)


def _compare(
    network: NeuralNetwork,
    Xs: npt.ArrayLike,
    Ys: Matrix,
    loss: Loss,
    epsilon: float,
    backpropagated: Flat,
    options: StepOptions,
    masks: Sequence[npt.ArrayLike] | None,
    every: int,
) -> GradientCheck:
    options.add_penalty(network, backpropagated)

    places = range(0, len(backpropagated), every)
    backpropagated = backpropagated[::every]
    probe = network.copy()
    numeric = np.empty_like(backpropagated)
    for i, place in enumerate(places):
        w = network.parameters[place]
        ends = w + epsilon, w - epsilon
        losses = []
        for end in ends:
            probe.parameters[place] = end
            output = probe.evaluate(Xs, masks=masks)[-1]
            losses.append(loss.measure(output, probe.layers[-1].g, Ys) + options.penalty(probe))
        probe.parameters[place] = w
        moved = ends[0] - ends[1]  # 0 where epsilon is below the parameter's own rounding
        numeric[i] = (losses[0] - losses[1]) / moved if moved else 0.0

    larger = np.maximum(np.abs(numeric), np.abs(backpropagated))
    scale = np.maximum(larger, larger.max() / 100)
    errors = np.divide(np.abs(numeric - backpropagated), scale, out=np.zeros_like(scale), where=scale > 0)
    errors[~np.isfinite(errors)] = np.inf  # too large to be compared
    worst = int(errors.argmax())
    names = _parameter_names(network)[::every]
    return GradientCheck(names, numeric, backpropagated, errors, float(errors[worst]), names[worst])


def _parameter_names(network: NeuralNetwork) -> list[str]:
    """The names of all parameters in their flat order: each unit's weights, then its bias."""
    return [
        name
        for l, layer in enumerate(network.layers, start=1)
        for row in range(layer.unit_count)
        for name in (*(f"W{l}[{row}, {column}]" for column in range(layer.W.shape[1])), f"b{l}[{row}]")
    ]
