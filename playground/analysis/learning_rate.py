"""Advice on learning rates: up to which one a run is stable, and which one to train on with instead of the one in use.

Everything follows from one measurement, lambda_max, the largest eigenvalue of the Hessian of the objective. On a
quadratic with this curvature an optimizer is stable up to its bound (nn, `Optimizer.stability_bound`), such as
2 / lambda_max for plain gradient descent. That is the `limit` that the page shows. The rate that it suggests is

    (1 - mu) / lambda_max    with momentum mu; 0 without

for two reasons. Half of 2 / lambda_max leaves room, because the curvature grows during training until it meets the
limit (Cohen et al. 2021, arXiv 2103.00065). And the factor 1 - mu, because steps along a steady gradient add up to
1 / (1 - mu) times one step. The bounds with momentum, Polyak's above and Nesterov's below 2 / lambda_max, hold on a
quadratic alone: steps that add up leave the region where lambda_max was measured.
"""

import time
from decimal import ROUND_FLOOR, Context
from functools import partial
from typing import NamedTuple, Self

import numpy as np

from nn import NeuralNetwork, StepOptions, Trainer, curvature
from nn.optimizer_types import Optimizer, StabilityBound
from playground.experiment import CONTROLS
from playground.player import Player
from playground.problems.problem import Problem

TIME_SHARE = 0.05  # of the time, at most, is spent on measuring during training
SECONDS_BETWEEN = 0.9  # two measurements during training, at least: at every second tick
MAX_EXAMPLES = 250  # for a rough measurement
MAX_PRODUCTS = 20  # of the Hessian with a vector, for a rough measurement
TOLERANCE = 0.02  # relative error of lambda_max at which a rough measurement ends
BATCH_FACTOR = 0.5  # for mini-batches, each of which has a larger curvature than the whole training set
LARGEST_SHARE = 0.5  # of the rate in use, for a lower one
BLIND_SHARE = 0.1  # of the rate in use, where no limit is known


class Stability(NamedTuple):
    """How large a learning rate may be at one point of a run.

    Attributes:
        lambda_max: the largest eigenvalue of the Hessian of the objective; None if it is not positive or not finite.
        bound: of the optimizer in use; None where none is known.
        momentum: its factor mu, 0 without.
        optimizer: its label.
        uses_batches: whether a step takes a part of the training set.
    """

    lambda_max: float | None
    bound: StabilityBound | None
    momentum: float
    optimizer: str
    uses_batches: bool

    @classmethod
    def of(cls, lambda_max: float | None, optimizer: Optimizer, *, uses_batches: bool) -> Self:
        """The stability of training with an optimizer."""
        bound, momentum = optimizer.stability_bound(), optimizer.momentum_factor
        return cls(lambda_max, bound, momentum, optimizer.label, uses_batches)

    @property
    def plain_limit(self) -> float | None:
        """2 / lambda_max, the largest stable learning rate of plain gradient descent; None without lambda_max."""
        return None if self.lambda_max is None else 2 / self.lambda_max

    @property
    def limit(self) -> float | None:
        """The largest stable learning rate of the optimizer in use; None where none is known."""
        return None if self.plain_limit is None or self.bound is None else self.bound.multiple * self.plain_limit

    @property
    def explanation(self) -> str:
        """Which bound `limit` is, or why there is none."""
        if self.bound is None:
            return f"For {self.optimizer}, no stable learning rate is known that follows from λmax"
        return f"{self.bound.formula}: up to here, {self.bound.name} is stable at these weights"

    @property
    def safe_rate(self) -> float | None:
        """(1 - mu) / lambda_max, and half of it with mini-batches; None where there is no limit."""
        if self.lambda_max is None or self.bound is None:
            return None
        rate = (1 - self.momentum) / self.lambda_max
        return rate * BATCH_FACTOR if self.uses_batches else rate

    @property
    def why_safe(self) -> str:
        """How the safe rate follows from the limit, in words."""
        grows = "the curvature may grow during training"
        why = f"half of the stable rate, because {grows}"
        if self.momentum:
            why = f"(1 − μ) / λmax, because steps add up with momentum, and {grows}"
        return f"{why}; halved for mini-batches, which curve more sharply" if self.uses_batches else why


class SuggestedRate(NamedTuple):
    """A learning rate to train on with, and how it was chosen, in words."""

    learning_rate: float
    reason: str


def lower_rate(learning_rate: float, stability: Stability) -> SuggestedRate:
    """A rate to train on with instead of one that was too large: the safe rate, but at most half the one in use."""
    safe = stability.safe_rate
    if safe is None:
        return SuggestedRate(settable_rate(BLIND_SHARE * learning_rate), "a tenth of the one in use")
    if safe > LARGEST_SHARE * learning_rate:  # which was too large all the same, further on
        return SuggestedRate(settable_rate(LARGEST_SHARE * learning_rate), "half of the one in use")
    return SuggestedRate(settable_rate(safe), stability.why_safe)


def settable_rate(learning_rate: float) -> float:
    """A rate rounded down to two digits, within the limits of its control."""
    control = CONTROLS["learning_rate"]
    rounded = float(Context(prec=2, rounding=ROUND_FLOOR).create_decimal(repr(float(learning_rate))))
    return float(np.clip(rounded, control.low, control.high))


def stability_at(trainer: Trainer, problem: Problem, network: NeuralNetwork, *, rough: bool = False) -> Stability:
    """The Stability of a training at the parameters of a network.

    Args:
        rough: whether a rough measurement will do, which takes bounded time.
    """
    lambda_max = _largest_curvature(trainer, problem, network, rough)
    return Stability.of(lambda_max, trainer.optimizer, uses_batches=_uses_batches(trainer, problem))


def measure_stability(player: Player) -> Stability:
    """The Stability of a run at what its frames show."""
    return stability_at(player.trainer, player.problem, player.trainer.network)


def _largest_curvature(trainer: Trainer, problem: Problem, network: NeuralNetwork, rough: bool) -> float | None:
    measure = partial(curvature, network, loss=trainer.loss_function, options=trainer.options)
    Xs, Ys = problem.Xs, problem.Ys
    if rough:
        some = slice(None, None, -(-Xs.shape[1] // MAX_EXAMPLES))
        measure, Xs, Ys = partial(measure, tolerance=TOLERANCE, max_products=MAX_PRODUCTS), Xs[:, some], Ys[:, some]
    try:
        found = measure(Xs, Ys)
    except ValueError:  # not finite
        return None
    return found.lambda_max if found.lambda_max > 0 else None


def _uses_batches(trainer: Trainer, problem: Problem) -> bool:
    return trainer.batch_size < int(problem.Xs.shape[1])


class StabilityMonitor:
    """Measures the Stability of a run as it goes. What it measured last is used again while that will do."""

    def __init__(self) -> None:
        self._trainer: Trainer | None = None
        self._point: tuple[int, StepOptions] | None = None
        self._lambda_max: float | None = None
        self._next = 0.0  # the time from which on a playing run is measured again

    def measure(self, player: Player) -> Stability:
        """The Stability at what the frames show; of a playing run, that of a moment ago where measuring takes long."""
        trainer, point, start = player.trainer, (player.frame_version, player.trainer.options), time.perf_counter()
        hurried = player.playing and start < self._next
        if trainer is not self._trainer or (point != self._point and not hurried):
            self._trainer, self._point = trainer, point
            self._lambda_max = measure_stability(player).lambda_max
            end = time.perf_counter()
            self._next = end + max((end - start) / TIME_SHARE, SECONDS_BETWEEN)
        uses_batches = _uses_batches(trainer, player.problem)
        return Stability.of(self._lambda_max, trainer.optimizer, uses_batches=uses_batches)
