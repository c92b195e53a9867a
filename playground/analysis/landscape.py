"""The landscape: what is descended, over a plane around the parameters, computed bit by bit, and the path across it.

The plane is that of the gradient and of the way come so far, the latter normalised filter-wise: for each unit its row
of the direction gets the length of the unit's own [W | b] (Li et al. 2018, Visualizing the loss landscape of neural
nets, arXiv 1712.09913, section 4), so that units with large weights and units with small ones count alike.
"""

import time

import numpy as np

from nn.batch import Batch

SIDE = 61  # points along each axis
ROOM = 0.25  # of the path's extent, on every side of it
NEAR = 0.15  # of the parameters' length: what is shown at least, to every side


class Landscape:
    """A map under way; `advance` until it is `done`.

    Args:
        network: the network; it is left as it is.
        problem: its training set, Xs and Ys.
        loss: one of LOSSES.
        rule: the StepOptions, whose penalty is descended with the loss.
        gradient: of both at the network's parameters, flat.
        path: a list of (n,), parameters that training came through, the first first; the network's own may be the last.
        after: (n,), the parameters after the next step.

    Attributes:
        x, y: (SIDE,), distances from the network's parameters along the gradient, uphill, and along the way come.
        name: "loss", or "objective" where there is a penalty.
        losses: (SIDE, SIDE), the loss and the penalty, a row for each y; nan where not computed yet, or not finite.
        path, step: (k, 2) and (2,), the path and the end of the next step, projected onto the plane.
        held: the share of the path's squared distances from the network's parameters that lies in the plane.
    """

    def __init__(self, network, problem, loss, rule, gradient, path, after):
        self._probe = network.copy()
        self._here = network.parameters.copy()
        self._rule = rule
        self.name = "objective" if rule.has_penalty else "loss"
        self._batch = Batch(self._probe, loss, problem.Xs.shape[1])
        self._batch.Xs[...], self._batch.Ys[...] = problem.Xs, problem.Ys
        self._plane = _plane(network, gradient, path[0] - self._here)
        away = np.stack(path) - self._here
        self.path = away @ self._plane.T
        self.step = (after - self._here) @ self._plane.T
        total = float((away**2).sum())
        self.held = float((self.path**2).sum()) / total if total else 1.0
        least = NEAR * max(float(np.linalg.norm(self._here)), 1e-6)
        self.x, self.y = (_axis(along, least) for along in self.path.T)
        self.losses = np.full((SIDE, SIDE), np.nan)
        self._next = 0  # the place that is computed next

    @property
    def progress(self):
        """How much of it is computed, from 0 to 1."""
        return self._next / self.losses.size

    @property
    def done(self):
        return self._next == self.losses.size

    def advance(self, seconds):
        """Goes on for about so many seconds, or to the end."""
        end = time.perf_counter() + seconds
        with np.errstate(all="ignore"):
            while not self.done:
                row, column = divmod(self._next, SIDE)
                self._probe.parameters[:] = self._here + self.x[column] * self._plane[0] + self.y[row] * self._plane[1]
                loss = self._batch.evaluate() + self._rule.penalty(self._probe)
                self.losses[row, column] = loss if np.isfinite(loss) else np.nan
                self._next += 1
                if time.perf_counter() >= end:
                    break


def _plane(network, gradient, start):
    """Two directions of length 1 that are at right angles, (2, n): the gradient's, and the rest of the way's."""
    random = np.random.RandomState(0).standard_normal
    first = gradient if np.linalg.norm(gradient) > 0 else random(gradient.shape)
    first = first / np.linalg.norm(first)
    second = _filter_normalised(network, -start if np.linalg.norm(start) > 0 else random(start.shape))
    rest = second - (second @ first) * first
    if np.linalg.norm(rest) < 1e-9 * np.linalg.norm(second):  # the way is the gradient's own
        rest = _filter_normalised(network, random(start.shape))
        rest -= (rest @ first) * first
    return np.stack([first, rest / np.linalg.norm(rest)])


def _filter_normalised(network, direction):
    """A direction in which each unit's row has the length of the unit's [W | b]; a unit of length 0 stays as it is."""
    result = direction.copy()
    for rows, Wb in zip(network.matrices(result), network.matrices(network.parameters), strict=True):
        lengths, wanted = (np.linalg.norm(matrix, axis=1, keepdims=True) for matrix in (rows, Wb))
        rows *= np.divide(wanted, lengths, out=np.ones_like(lengths), where=(lengths > 0) & (wanted > 0))
    return result


def _axis(along, least):
    """Points that hold the path and the network at 0, with room around them."""
    low, high = min(0.0, float(along.min())), max(0.0, float(along.max()))
    room = max(ROOM * (high - low), least)
    return np.linspace(low - room, high + room, SIDE)
