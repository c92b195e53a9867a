"""The curvature: the largest eigenvalue of the Hessian of the loss, and the learning rate at its edge of stability."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
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

# The steps of a central difference of gradients: at the first its rounding and truncation errors are alike, the others
# are for a point that is near a kink or bends sharply.
EPSILONS = 1e-5, 1e-6, 1e-7
SHORTER = 0.25  # of a step, at which a smooth function has the same second derivative
SAME = 0.02  # the relative difference up to which the two are the same
ROUNDING = 1e-13  # of a gradient, relative
MAX_STEPS = 40  # of a Lanczos iteration, whose vectors are kept
CHECKED_EVERY = 3  # steps, for whether the result is exact enough


class Curvature(NamedTuple):
    """The sharpest direction at a point.

    Attributes:
        lambda_max: the largest eigenvalue of the Hessian of the loss.
        direction: its eigenvector, of length 1, in the layout of the network's parameters.
        residual: |H v - lambda v| / |lambda|, a bound on the relative error of `lambda_max`.
        is_smooth: whether there is a Hessian here: at a kink, as of ReLU, the gradient jumps, and `lambda_max` is nan.
    """

    lambda_max: float
    direction: Flat
    residual: float
    is_smooth: bool = True

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
    """Finds lambda_max by Lanczos iteration; H v is a difference of two gradients, so no Hessian is ever written out.

    Args:
        network: the network, which is not changed.
        Xs, Ys: (inputs, m) and (outputs, m).
        loss: one of LOSSES.
        options: the StepOptions whose penalty is added to the loss and whose frozen layers do not move, or None. L1
            is left out: it is straight but for its kinks at 0, where a weight goes to and fro by at most
            learning_rate l1 / (2 - learning_rate lambda), whatever the curvature lambda of the rest.
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
    smooth = replace(options or StepOptions(), l1=0.0)

    def gradient_at(parameters: Flat) -> Flat:
        probe.parameters[:] = parameters
        batch.compute_gradient()
        smooth.add_penalty(probe, batch.gradient)
        smooth.freeze(probe, batch.gradient)
        return batch.gradient.copy()

    def times_hessian(v: Flat, epsilon: float) -> Flat:  # H v = (dL(w + epsilon v) - dL(w - epsilon v)) / (2 epsilon)
        return (gradient_at(point + epsilon * v) - gradient_at(point - epsilon * v)) / (2 * epsilon)

    start = np.random.RandomState(0).standard_normal(len(point))
    smooth.freeze(probe, start)
    with np.errstate(all="ignore"):
        here = gradient_at(point)
        size, norm = max(1.0, float(np.abs(point).max())), float(np.linalg.norm(here))
        if not np.isfinite(norm):
            raise ValueError("The parameters are too large for the curvature to be computed.")

        def is_smooth_along(v: Flat, epsilon: float) -> bool:
            v = v / np.linalg.norm(v)
            ahead = (gradient_at(point + epsilon * v) - here) / epsilon  # on one side of a kink
            Hv, shorter = (times_hessian(v, each) for each in (epsilon, SHORTER * epsilon))
            tolerated = SAME * np.linalg.norm(Hv) + ROUNDING * norm / (SHORTER * epsilon)
            return all(bool(np.linalg.norm(Hv - each) <= tolerated) for each in (shorter, ahead))

        for epsilon in (size * each for each in EPSILONS):
            if is_smooth_along(start, epsilon):
                found = _largest_eigenvalue(partial(times_hessian, epsilon=epsilon), start, tolerance, max_products)
                if is_smooth_along(found.direction, epsilon):
                    return found
    return Curvature(np.nan, start, np.inf, is_smooth=False)


def _largest_eigenvalue(
    times_hessian: Callable[[Flat], Flat], start: Flat, tolerance: float, max_products: int
) -> Curvature:
    """The largest eigenvalue, by Lanczos iterations of at most MAX_STEPS, each from what the one before found."""
    found = Curvature(np.nan, start, np.inf)
    while max_products > 0:
        steps = min(max_products, MAX_STEPS, int(np.count_nonzero(start)))
        found = _lanczos(times_hessian, found.direction, steps, tolerance)
        if not found.residual > tolerance:  # or not finite
            break
        max_products -= steps
    return found


def _lanczos(times_hessian: Callable[[Flat], Flat], start: Flat, steps: int, tolerance: float) -> Curvature:
    """The largest Ritz value of H (Golub and Van Loan 2013, section 10.1), with vectors orthogonalised in full.

    With orthonormal v_1 ... v_k that span start, H start, ..., the matrix T = V^T H V is tridiagonal, and its largest
    eigenvalue tends to that of H from below.
    """
    V = np.empty((steps, len(start)))
    T = np.zeros((steps, steps))
    w = start
    for k in range(steps):
        V[k] = w / (np.linalg.norm(w) or 1.0)
        w = times_hessian(V[k])
        T[k, k] = w.dot(V[k])
        for _ in range(2):
            w = w - (V[: k + 1] @ w) @ V[: k + 1]
        rest = float(np.linalg.norm(w))
        if not np.isfinite(rest):
            break
        if k % CHECKED_EVERY == 0 or k == steps - 1:
            values, vectors = np.linalg.eigh(T[: k + 1, : k + 1])
            residual = rest * abs(vectors[-1, -1]) / (abs(values[-1]) or 1.0)  # |H v - lambda v| = rest |s_k|
            if not residual > tolerance or k == steps - 1:
                return Curvature(float(values[-1]), vectors[:, -1] @ V[: k + 1], float(residual))
        T[k, k + 1] = T[k + 1, k] = rest
    return Curvature(np.nan, start, np.nan)
