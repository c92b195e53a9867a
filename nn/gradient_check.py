"""The gradient check: back-propagation against central differences of the loss, parameter by parameter."""

from typing import NamedTuple

import numpy as np

from nn.losses import squared_error
from nn.step_options import StepOptions


class GradientCheck(NamedTuple):
    """What a check found. Arrays are flat, an entry a checked parameter, in the layout of the network's parameters.

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

    names: list
    numeric: np.ndarray
    backpropagated: np.ndarray
    errors: np.ndarray
    worst: float
    worst_name: str


def gradient_check(
    network, Xs, Ys, *, loss=squared_error, epsilon=1e-5, compute_gradient=None, options=None, masks=None, every=1
):
    """Checks compute_gradient at the network's present parameters, which are left as they were.

    Args:
        network: the network.
        Xs, Ys: (inputs, m) and (outputs, m).
        loss: one of LOSSES.
        epsilon: how far each parameter is moved to either side.
        compute_gradient: what is checked, called as network.compute_gradient is, after the network; that when None.
        options: a StepOptions whose penalty is part of what is differentiated, or None.
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
        return _checked(network, Xs, Ys, loss, epsilon, compute_gradient, options or StepOptions(), masks, every)


def _checked(network, Xs, Ys, loss, epsilon, compute_gradient, options, masks, every):
    checked = compute_gradient or type(network).compute_gradient
    dWs, dbs = checked(network, network.evaluate(Xs, masks=masks), Ys, loss=loss, masks=masks)
    backpropagated = network.flatten(dWs, dbs)
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
    errors[~np.isfinite(errors)] = np.inf  # too large to be told apart
    worst = int(errors.argmax())
    names = _parameter_names(network)[::every]
    return GradientCheck(names, numeric, backpropagated, errors, float(errors[worst]), names[worst])


def _parameter_names(network):
    """The names of all parameters in their flat order: each unit's weights, then its bias."""
    return [
        name
        for l, layer in enumerate(network.layers, start=1)
        for row in range(layer.unit_count)
        for name in (*(f"W{l}[{row}, {column}]" for column in range(layer.W.shape[1])), f"b{l}[{row}]")
    ]
