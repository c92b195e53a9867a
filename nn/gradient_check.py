"""The gradient check: back-propagation against central differences of the loss, parameter by parameter."""

from typing import NamedTuple

import numpy as np

from nn.losses import squared_error


class GradientCheck(NamedTuple):
    """What a check found. Arrays are flat, in the layout of the network's parameters.

    Attributes:
        numeric: (loss(w + epsilon) - loss(w - epsilon)) / (2 epsilon), for each parameter w.
        backpropagated: the same derivative by compute_gradient.
        errors: |numeric - backpropagated| relative to the larger of the two, or to a hundredth of the gradient's
            largest entry where that is more: below it a central difference is mostly its own rounding, about
            1e-16 loss / epsilon.
        worst: the largest of `errors`.
        worst_name: which parameter that is, e.g. "W2[0, 3]".
    """

    numeric: np.ndarray
    backpropagated: np.ndarray
    errors: np.ndarray
    worst: float
    worst_name: str


def gradient_check(network, Xs, Ys, *, loss=squared_error, epsilon=1e-5):
    """Checks compute_gradient at the network's present parameters, which are left as they were.

    Args:
        network: the network.
        Xs, Ys: (inputs, m) and (outputs, m).
        loss: one of LOSSES.
        epsilon: how far each parameter is moved to either side.

    Returns:
        A GradientCheck. With float64 and epsilon 1e-5 a right gradient is within 1e-7.

    Raises:
        ValueError: as evaluate and compute_gradient do, or an epsilon that is not positive.
    """
    if not 0 < epsilon < np.inf:
        raise ValueError(f"epsilon must be positive and finite, not {epsilon!r}.")
    dWs, dbs = network.compute_gradient(network.evaluate(Xs), Ys, loss=loss)
    backpropagated = np.concatenate([np.hstack([dW, db]).ravel() for dW, db in zip(dWs, dbs, strict=True)])

    probe = network.copy()
    numeric = np.empty_like(backpropagated)
    for i, w in enumerate(network.parameters):
        ends = w + epsilon, w - epsilon
        losses = []
        for end in ends:
            probe.parameters[i] = end
            losses.append(loss(probe.evaluate(Xs)[-1].A, Ys))
        probe.parameters[i] = w
        numeric[i] = (losses[0] - losses[1]) / (ends[0] - ends[1])

    larger = np.maximum(np.abs(numeric), np.abs(backpropagated))
    scale = np.maximum(larger, larger.max() / 100)
    errors = np.divide(np.abs(numeric - backpropagated), scale, out=np.zeros_like(scale), where=scale > 0)
    worst = int(errors.argmax())
    return GradientCheck(numeric, backpropagated, errors, float(errors[worst]), _parameter_name(network, worst))


def _parameter_name(network, place):
    for l, layer in enumerate(network.layers, start=1):
        if place < layer.Wb.size:
            row, column = divmod(place, layer.Wb.shape[1])
            return f"b{l}[{row}]" if column == layer.Wb.shape[1] - 1 else f"W{l}[{row}, {column}]"
        place -= layer.Wb.size
    raise IndexError(place)
