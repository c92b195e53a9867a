"""The landscape: the objective over a plane around the parameters, computed piece by piece, and the path across it.

The plane is spanned by the gradient and by the path so far. The latter is normalised filter-wise: the row of each unit
in the direction gets the length of the unit's own [W | b] (Li et al. 2018, Visualizing the loss landscape of neural
nets, arXiv 1712.09913, section 4), so that units with large weights and units with small ones count alike.
"""

import time
from collections.abc import Sequence

import numpy as np

from nn import NeuralNetwork, StepOptions
from nn.arrays import Flat, Matrix
from nn.batch import Batch
from nn.loss_types import Loss
from playground.player.turn import TURNS
from playground.problems.problem import Problem

SIDE = 61  # points along each axis
MARGIN = 0.25  # of the path's extent, on every side of it
MIN_MARGIN = 0.15  # of the parameters' norm
PARALLEL = 1e-9  # what is left of a direction, relative to it, when it is the gradient's own


class Landscape:
    """A map that is being computed; call `advance` until it is `done`.

    Args:
        network: the network; it is left as it is.
        problem: its training set, Xs and Ys.
        loss: one of LOSSES.
        options: the step options, whose penalty is part of the objective.
        gradient: of the objective at the network's parameters, flat.
        path: parameters (n,) of the run so far, from its start; the network's own may be the last.
        after: (n,), the parameters after the next step.

    Attributes:
        directions: (2, n), orthonormal: of the gradient, uphill, and of the path.
        x, y: (SIDE,), distances from the network's parameters along the two.
        name: "loss", or "objective" where there is a penalty.
        losses: (SIDE, SIDE), the objective, one row per y; nan where it is not computed yet, or not finite.
        path, step: (k, 2) and (2,), the path and the end of the next step, projected onto the plane.
        share_in_plane: the share of the path's squared distances from the network's parameters that lies in the plane.
    """

    def __init__(
        self,
        network: NeuralNetwork,
        problem: Problem,
        loss: Loss,
        options: StepOptions,
        gradient: Flat,
        path: Sequence[Flat],
        after: Flat,
    ) -> None:
        self._probe = network.copy()
        self._here = network.parameters.copy()
        self._options = options
        self.name = "objective" if options.has_penalty else "loss"
        self._batch = Batch(self._probe, loss, problem.Xs.shape[1])
        self._batch.Xs[...], self._batch.Ys[...] = problem.Xs, problem.Ys
        self.directions = _directions(network, gradient, path[0] - self._here)
        away = np.stack(path) - self._here
        self.path: Matrix = away @ self.directions.T
        self.step: Flat = (after - self._here) @ self.directions.T
        total = float((away**2).sum())
        self.share_in_plane = float((self.path**2).sum()) / total if total else 1.0
        margin = MIN_MARGIN * max(float(np.linalg.norm(self._here)), 1e-6)
        self.x, self.y = (_axis(along, margin) for along in self.path.T)
        self.losses = np.full((SIDE, SIDE), np.nan)
        self._next = 0  # the index of the point that is computed next

    @property
    def progress(self) -> float:
        """The share that is computed, from 0 to 1."""
        return self._next / self.losses.size

    @property
    def done(self) -> bool:
        return self._next == self.losses.size

    def advance(self, seconds: float) -> None:
        """Computes for about so many seconds or to the end, at least one point, taking turns with those who train."""
        with TURNS.one(), np.errstate(all="ignore"):
            end = time.perf_counter() + seconds
            while not self.done:
                TURNS.give_way()
                row, column = divmod(self._next, SIDE)
                self._probe.parameters[:] = (
                    self._here + self.x[column] * self.directions[0] + self.y[row] * self.directions[1]
                )
                loss = self._batch.evaluate() + self._options.penalty(self._probe)
                self.losses[row, column] = loss if np.isfinite(loss) else np.nan
                self._next += 1
                if time.perf_counter() >= end:
                    break


def _directions(network: NeuralNetwork, gradient: Flat, to_start: Flat) -> Matrix:
    """(2, n), orthonormal: the gradient's direction, and what is at right angles to it of the path from the start."""
    random = np.random.RandomState(0).standard_normal
    uphill = gradient if np.linalg.norm(gradient) > 0 else random(gradient.shape)
    first: Flat = uphill / np.linalg.norm(uphill)
    second: Flat = _filter_normalised(network, -to_start if np.linalg.norm(to_start) > 0 else random(to_start.shape))
    rest = second - (second @ first) * first
    if np.linalg.norm(rest) < PARALLEL * np.linalg.norm(second):
        second = _filter_normalised(network, random(to_start.shape))
        rest = second - (second @ first) * first
    return np.stack([first, rest / np.linalg.norm(rest)])


def _filter_normalised(network: NeuralNetwork, direction: Flat) -> Flat:
    """The direction with each unit's row as long as the unit's [W | b]; the row of a unit of length 0 stays."""
    result = direction.copy()
    for rows, Wb in zip(network.matrices(result), network.matrices(network.parameters), strict=True):
        lengths, targets = (np.linalg.norm(matrix, axis=1, keepdims=True) for matrix in (rows, Wb))
        rows *= np.divide(targets, lengths, out=np.ones_like(lengths), where=(lengths > 0) & (targets > 0))
    return result


def _axis(along: Flat, min_margin: float) -> Flat:
    """(SIDE,), points around the path and the network, which is at 0, with a margin on either side."""
    low, high = min(0.0, float(along.min())), max(0.0, float(along.max()))
    margin = max(MARGIN * (high - low), min_margin)
    return np.linspace(low - margin, high + margin, SIDE)
