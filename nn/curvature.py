"""The curvature: the largest eigenvalue of the Hessian of the loss, and the learning rate at its edge of stability."""

from typing import NamedTuple

import numpy as np

from nn.batch import Batch
from nn.checks import finite_matrix
from nn.losses import squared_error

REACH = 1e-5  # how far apart two gradients are taken: rounding and truncation of a central difference are alike there


class Curvature(NamedTuple):
    """The sharpest direction at a point.

    Attributes:
        lambda_max: the largest eigenvalue of the Hessian of the loss.
        direction: its eigenvector, of length 1, in the layout of the network's parameters.
        residual: |H v - lambda v| / |lambda|, a bound on the relative error of `largest`.
    """

    lambda_max: float
    direction: np.ndarray
    residual: float

    @property
    def stable_learning_rate(self):
        """2 / lambda_max, above which plain gradient descent moves away from a minimum with this curvature; else inf.

        Along an eigenvector a step multiplies the distance from the minimum by 1 - learning_rate lambda, which grows
        where that is beyond -1 (LeCun, Simard and Pearlmutter 1993, Automatic learning rate maximization).
        """
        return 2 / self.lambda_max if self.lambda_max > 0 else np.inf


def curvature(network, Xs, Ys, *, loss=squared_error, options=None, tolerance=1e-5, most=1000):
    """Finds lambda_max by power iteration; H v is a difference of two gradients, so no Hessian is ever written out.

    Args:
        network: the network; it is left as it is.
        Xs, Ys: (inputs, m) and (outputs, m).
        loss: one of LOSSES.
        options: a StepOptions whose penalty is part of what is descended, or None.
        tolerance: the residual at which it stops.
        most: products H v at most; with close eigenvalues the direction takes long, `largest` itself much less.

    Raises:
        ValueError: shapes that do not fit, or parameters at which the curvature is not finite.
    """
    probe = network.copy(np.float64)
    batch = Batch(probe, loss, np.shape(Xs)[1])
    batch.Xs[...] = finite_matrix(Xs, "Xs", (network.input_count, None))
    batch.Ys[...] = finite_matrix(Ys, "Ys", (network.output_count, batch.m))
    point = probe.parameters.copy()
    reach = REACH * max(1.0, float(np.abs(point).max()))

    def gradient_at(parameters):
        probe.parameters[:] = parameters
        batch.compute_gradient()
        if options is not None:
            options.add_penalty(probe, batch.gradient)
        return batch.gradient.copy()

    def times_hessian(v):  # H v = (dL(w + reach v) - dL(w - reach v)) / (2 reach)
        return (gradient_at(point + reach * v) - gradient_at(point - reach * v)) / (2 * reach)

    start = np.random.RandomState(0).standard_normal(len(point))
    with np.errstate(all="ignore"):
        found = _power_iteration(times_hessian, start, 0.0, tolerance, most // 2)
        if found.lambda_max < 0 or found.residual > tolerance:  # the largest may be negative: lift all
            lift = float(np.linalg.norm(times_hessian(found.direction)))
            found = _power_iteration(times_hessian, found.direction + start / len(start), lift, tolerance, most // 2)
    if not np.isfinite(found.lambda_max):
        raise ValueError("The parameters are too large for the curvature to be computed.")
    return found


def _power_iteration(times_hessian, v, lift, tolerance, most):
    """The eigenvalue of H + lift I that is largest in size, less the lift."""
    for _ in range(most):
        v = v / np.linalg.norm(v)
        Hv = times_hessian(v)
        largest = float(v.dot(Hv))
        residual = float(np.linalg.norm(Hv - largest * v)) / (abs(largest) or 1.0)
        if not residual > tolerance:  # or not finite
            break
        direction, v = v, Hv + lift * v
    else:
        v = direction
    return Curvature(largest, v, residual)
