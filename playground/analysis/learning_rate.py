"""Advice on learning rates: up to which one a run is stable, measured no oftener than training can spare."""

import time
from typing import NamedTuple

from nn import NeuralNetwork, StepOptions, Trainer, curvature
from nn.optimizers import Optimizer
from playground.player import Player
from playground.problems.problem import Problem

TIME_SHARE = 0.05  # of the time, at most, is spent on measuring while it trains


class Stability(NamedTuple):
    """How large a learning rate may be at one point of a run.

    Attributes:
        lambda_max: the largest eigenvalue of the Hessian of the objective; None where it is not positive or not finite.
        limit: the largest learning rate at which the optimizer in use is stable there; None where none is known.
        explanation: which bound `limit` is, or why there is none.
    """

    lambda_max: float | None
    limit: float | None
    explanation: str

    @property
    def plain_limit(self) -> float | None:
        """2 / lambda_max, the largest stable learning rate of plain gradient descent; None without lambda_max."""
        return None if self.lambda_max is None else 2 / self.lambda_max


def bound(optimizer: Optimizer) -> tuple[float | None, str]:
    """Up to which learning rate an Optimizer is stable, as a multiple of 2 / lambda_max, and that in words.

    The bound of full batches on a quadratic; the multiple is None where no such bound is known. Along an eigenvector
    with curvature lambda the distances w from the minimum follow one another linearly, with a = learning_rate lambda:

        gradient descent  w_t+1 = (1 - a) w_t
        momentum          w_t+1 = (1 + mu - a) w_t - mu w_t-1
        Nesterov          w_t+1 = (1 + mu) (1 - a) w_t - mu (1 - a) w_t-1

    and shrink while all roots of the characteristic polynomial lie within the unit circle: up to a = 2, 2 (1 + mu) and
    2 (1 + mu) / (1 + 2 mu) (Polyak 1964; Cohen et al. 2021, arXiv 2103.00065, section 2).
    """
    mu = optimizer.hyperparameters.get("momentum", 0.0)
    bounds = {
        "gradient_descent": (1.0, "2 / λmax", "plain gradient descent"),
        "momentum": (1 + mu, "2 (1 + μ) / λmax", f"gradient descent with momentum μ = {mu:g}"),
        "nesterov": ((1 + mu) / (1 + 2 * mu), "2 (1 + μ) / ((1 + 2 μ) λmax)", f"Nesterov momentum with μ = {mu:g}"),
    }
    if optimizer.name not in bounds:
        return None, f"Of {optimizer.label}, no stable learning rate is known that follows from λmax"
    multiple, formula, name = bounds[optimizer.name]
    return multiple, f"{formula}: up to here, {name} is stable at these weights"


def largest_curvature(trainer: Trainer, problem: Problem, network: NeuralNetwork) -> float | None:
    """lambda_max of what a Trainer descends, at the parameters of a network; None as in Stability."""
    try:
        found = curvature(network, problem.Xs, problem.Ys, loss=trainer.loss_function, options=trainer.options)
    except ValueError:  # not finite
        return None
    return found.lambda_max if found.lambda_max > 0 else None


def stability_of(optimizer: Optimizer, lambda_max: float | None) -> Stability:
    """The Stability of an Optimizer where the largest curvature is lambda_max."""
    multiple, explanation = bound(optimizer)
    limit = None if lambda_max is None or multiple is None else multiple * 2 / lambda_max
    return Stability(lambda_max, limit, explanation)


class StabilityMonitor:
    """Measures the Stability of a run as it goes. What it measured last is used again while that will do."""

    def __init__(self) -> None:
        self._trainer: Trainer | None = None
        self._point: tuple[int, StepOptions] | None = None
        self._lambda_max: float | None = None
        self._next = 0.0  # the time from which on a playing run is measured again

    def measure(self, player: Player) -> Stability:
        """The Stability of a Player's frames; while it plays, that of a moment ago where measuring takes long."""
        trainer, point, start = player.trainer, (player.frame_version, player.trainer.options), time.perf_counter()
        hurried = player.playing and start < self._next
        if trainer is not self._trainer or (point != self._point and not hurried):
            self._trainer, self._point = trainer, point
            self._lambda_max = largest_curvature(trainer, player.problem, trainer.network)
            end = time.perf_counter()
            self._next = end + (end - start) / TIME_SHARE
        return stability_of(trainer.optimizer, self._lambda_max)
