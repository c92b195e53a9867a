"""The mini-batch along which the loss curves most: a rate that is stable for it is stable for every other batch."""

from collections.abc import Callable

import numpy as np

from nn import NeuralNetwork
from nn.arrays import Flat, Matrix, Whole
from nn.curvature import Curvature
from nn.loss_types import Loss
from nn.workspace import Workspace

EPSILON = 1e-4  # the step of a central difference of slopes
ROUNDS = 6  # of batch and direction in turn, at most
PROBES = 8  # random directions, along which examples that curve much in any direction show
STARTS = 4  # of the examples that curve most along the probes, so many batches


def sharpest_batch(
    network: NeuralNetwork,
    Xs: Matrix,
    Ys: Matrix,
    loss: Loss,
    size: int,
    measure: Callable[[Matrix, Matrix], Curvature],
) -> Curvature:
    """The Curvature of the loss over the batch of `size` examples that has the largest.

    Batch and direction are found in turn: along a direction v, the batch that curves most is that of the examples with
    the largest v^T H v; along that batch, its largest eigenvector curves at least as much as v. So every round is at
    least as sharp as the one before. They start from the sharpest direction of the whole set, and from the examples
    that curve most along random directions.

    Args:
        network: the network.
        Xs, Ys: (inputs, m) and (outputs, m).
        loss: one of LOSSES.
        size: of a batch, from 1 to m.
        measure: the Curvature of the loss over some of the examples.
    """

    def along(v: Flat) -> Flat:
        return curvatures_along(network, Xs, Ys, loss, v)

    def sharpest(curvatures: Flat, start: int = 0) -> Whole:
        return np.sort(np.argsort(-curvatures, kind="stable")[start : start + size])

    whole = measure(Xs, Ys).direction
    random = np.random.RandomState(0).standard_normal((PROBES, len(whole))) * (whole != 0)  # what is frozen stays
    probed = np.square([along(v) for v in random]).sum(axis=0)
    batches = [sharpest(along(whole)), *(sharpest(probed, size * k) for k in range(STARTS))]
    tried: dict[bytes, Curvature] = {}
    for batch in batches:
        chosen, best = batch, -np.inf
        for _ in range(ROUNDS):
            if not len(chosen) or chosen.tobytes() in tried:
                break
            found = tried[chosen.tobytes()] = measure(Xs[:, chosen], Ys[:, chosen])
            if not found.lambda_max > best:
                break
            best, chosen = found.lambda_max, sharpest(along(found.direction))
    if not all(each.is_smooth for each in tried.values()):
        return next(each for each in tried.values() if not each.is_smooth)
    return max(tried.values(), key=lambda each: each.lambda_max)


def curvatures_along(network: NeuralNetwork, Xs: Matrix, Ys: Matrix, loss: Loss, v: Flat) -> Flat:
    """(m,), v^T H v for the loss of each example alone, where v is a direction, scaled to length 1."""
    v = v / np.linalg.norm(v)
    epsilon = EPSILON * max(1.0, float(np.abs(network.parameters).max()))
    ends = [_slopes_along(network, Xs, Ys, loss, v, step) for step in (epsilon, -epsilon)]
    curvatures: Flat = np.nan_to_num((ends[0] - ends[1]) / (2 * epsilon))
    return curvatures


def _slopes_along(network: NeuralNetwork, Xs: Matrix, Ys: Matrix, loss: Loss, v: Flat, step: float) -> Flat:
    """(m,), the derivative of each example's loss along v, a step away."""
    probe = network.copy(np.float64)
    probe.parameters += step * v
    with np.errstate(all="ignore"):
        work = Workspace(probe, Xs.shape[1], loss=loss).set_inputs(Xs)
        probe.evaluate_into(work)
        work.compute_loss(Ys, 1)
        probe.compute_gradient_into(work)
        slopes = np.zeros(Xs.shape[1])
        for l, V in enumerate(probe.matrices(v), start=1):
            # dW = dZ A^T and db = dZ of one example, so <dW, V> + <db, c> = dZ^T (V A + c)
            slopes += (work.dZs[l] * (V[:, :-1] @ work.values[l - 1].A + V[:, -1:])).sum(axis=0)
    return slopes
