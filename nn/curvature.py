"""The curvature: the largest eigenvalue of the Hessian of the loss, and the learning rate at its edge of stability."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nn.arrays import Flat
from nn.batch import Batch
from nn.checks import finite_matrix
from nn.loss_types import Loss
from nn.losses import squared_error
from nn.network import NeuralNetwork
from nn.step_options import StepOptions

EPSILON = 1e-5  # the step of a central difference of gradients, at which its rounding and truncation errors are alike


class Curvature(NamedTuple):
    """The sharpest direction at a point.

    Attributes:
        lambda_max: the largest eigenvalue of the Hessian of the loss.
        direction: its eigenvector, of length 1, in the layout of the network's parameters.
        residual: |H v - lambda v| / |lambda|, a bound on the relative error of `lambda_max`.
    """

    lambda_max: float
    direction: Flat
    residual: float

    @property
    def stable_learning_rate(self) -> float:
        """2 / lambda_max, above which plain gradient descent moves away from a minimum with this curvature; else inf.

        Along an eigenvector a step multiplies the distance from the minimum by 1 - learning_rate lambda, which grows
        where that is beyond -1 (LeCun, Simard and Pearlmutter 1993, Automatic learning rate maximization).
        """
        return 2 / self.lambda_max if self.lambda_max > 0 else np.inf


def curvature(
    network: NeuralNetwork,
    Xs: npt.ArrayLike,
    Ys: npt.ArrayLike,
    *,
    loss: Loss = squared_error,
    options: StepOptions | None = None,
    tolerance: float = 1e-5,
    max_products: int = 1000,
) -> Curvature:
    """Finds lambda_max by power iteration; H v is a difference of two gradients, so no Hessian is ever written out.

    Args:
        network: the network, which is not changed.
        Xs, Ys: (inputs, m) and (outputs, m).
        loss: one of LOSSES.
        options: the StepOptions whose penalty is added to the loss, or None.
        tolerance: the residual at which it stops.
        max_products: the largest number of products H v; with close eigenvalues the direction takes long, lambda_max
            itself much less.

    Raises:
        ValueError: shapes that do not fit, or parameters at which the curvature is not finite.
    """
    probe = network.copy(np.float64)
    batch = Batch(probe, loss, np.shape(Xs)[1])
    batch.Xs[...] = finite_matrix(Xs, "Xs", (network.input_count, None))
    batch.Ys[...] = finite_matrix(Ys, "Ys", (network.output_count, batch.m))
    point = probe.parameters.copy()
    epsilon = EPSILON * max(1.0, float(np.abs(point).max()))

    def gradient_at(parameters: Flat) -> Flat:
        probe.parameters[:] = parameters
        batch.compute_gradient()
        if options is not None:
            options.add_penalty(probe, batch.gradient)
        return batch.gradient.copy()

    def times_hessian(v: Flat) -> Flat:  # H v = (dL(w + epsilon v) - dL(w - epsilon v)) / (2 epsilon)
        return (gradient_at(point + epsilon * v) - gradient_at(point - epsilon * v)) / (2 * epsilon)

    start = np.random.RandomState(0).standard_normal(len(point))
    with np.errstate(all="ignore"):
        found = _power_iteration(times_hessian, start, 0.0, tolerance, max_products // 2)
        if found.lambda_max < 0 or found.residual > tolerance:  # the largest may be negative: lift all
            lift = float(np.linalg.norm(times_hessian(found.direction)))
            found = _power_iteration(
                times_hessian, found.direction + start / len(start), lift, tolerance, max_products // 2
            )
    if not np.isfinite(found.lambda_max):
        raise ValueError("The parameters are too large for the curvature to be computed.")
    return found


def _power_iteration(
    times_hessian: Callable[[Flat], Flat], v: Flat, lift: float, tolerance: float, max_products: int
) -> Curvature:
    """The eigenvalue of H + lift I that is largest in size, less the lift."""
    for _ in range(max_products):
        v = v / np.linalg.norm(v)
        Hv = times_hessian(v)
        lambda_max = float(v.dot(Hv))
        residual = float(np.linalg.norm(Hv - lambda_max * v)) / (abs(lambda_max) or 1.0)
        if not residual > tolerance:  # or not finite
            break
        direction, v = v, Hv + lift * v
    else:
        v = direction
    return Curvature(lambda_max, v, residual)
