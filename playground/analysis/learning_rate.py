"""Advice on learning rates: up to which one a run is stable, and which one to train on with instead of the one in use.

Everything follows from one measurement, lambda_max, the largest eigenvalue of the Hessian of the objective, of the
parameters that move. On a quadratic with this curvature an optimizer is stable up to its bound (nn,
`Optimizer.stability_bound`), such as 2 / lambda_max for plain gradient descent. That is the `limit` that the page
shows. With mini-batches lambda_max is that of the batch that curves most (sharpest_batch.py), so that no step of plain
gradient descent leads away from a minimum. The rate that the page suggests is

    (1 - mu) / lambda_max    with momentum mu; 0 without

for two reasons. Half of 2 / lambda_max leaves room, because the curvature grows during training until it meets the
limit (Cohen et al. 2021, arXiv 2103.00065). And the factor 1 - mu, because steps along a steady gradient add up to
1 / (1 - mu) times one step. All bounds hold on a quadratic alone: steps that add up, or batches that pull each its own
way, leave the region where lambda_max was measured. So a limit is shown only where training with nine tenths of it,
which is tried for a while, does not (limit_trial.py).
"""

from decimal import ROUND_FLOOR, Context
from typing import NamedTuple, Self

import numpy as np

from nn import StepOptions, Trainer
from nn.optimizer_types import Optimizer, StabilityBound
from playground.experiment import CONTROLS

LARGEST_SHARE = 0.5  # of the rate in use, for a lower one
BLIND_SHARE = 0.1  # of the rate in use, where no limit is known
FOREVER = 10**9  # epochs


class Stability(NamedTuple):
    """How large a learning rate may be at one point of a run.

    Attributes:
        lambda_max: the largest eigenvalue of the Hessian of the objective over the training set, or over the mini-batch
            that curves most; None if it is not positive or not known.
        bound: of the optimizer in use; None where none is known.
        momentum: its factor mu, 0 without.
        optimizer: its label.
        batch: how many examples a step takes; None for all of them.
        obstacle: why lambda_max does not limit the steps, a clause; "" where it does.
        leads_far: whether steps just below the bound of momentum lead far from here all the same.
    """

    lambda_max: float | None
    bound: StabilityBound | None
    momentum: float
    optimizer: str
    batch: int | None = None
    obstacle: str = ""
    leads_far: bool = False

    @classmethod
    def of(
        cls,
        lambda_max: float | None,
        optimizer: Optimizer,
        *,
        batch: int | None = None,
        obstacle: str = "",
        leads_far: bool = False,
    ) -> Self:
        """The stability of training with an optimizer."""
        bound, momentum = optimizer.stability_bound(), optimizer.momentum_factor
        return cls(lambda_max, bound, momentum, optimizer.label, batch, obstacle, leads_far)

    @property
    def why_unknown(self) -> str:
        """Why there is no limit, a clause; "" where there is one."""
        if self.obstacle:
            return self.obstacle
        if self.lambda_max is None:
            return "the loss curves upwards in no direction"
        if self.bound is None:
            return f"{self.optimizer} divides its steps by the size of the gradient, and no bound follows from λmax"
        if self.batch and self.momentum:
            return "with momentum, steps along different batches add up"
        if self.leads_far:
            return "with momentum, steps add up and soon lead to where the curvature is another"
        return ""

    @property
    def plain_limit(self) -> float | None:
        """2 / lambda_max, the largest stable learning rate of plain gradient descent; None where it is not known."""
        return None if self.lambda_max is None or self.obstacle else 2 / self.lambda_max

    @property
    def limit(self) -> float | None:
        """The largest stable learning rate of the optimizer in use; None where it is not known."""
        if self.why_unknown or self.plain_limit is None or self.bound is None:
            return None
        return self.bound.multiple * self.plain_limit

    @property
    def formula(self) -> str:
        """The limit in words, e.g. "2 / λmax"."""
        of = f" of the batch of {self.batch:,} that curves most" if self.batch else ""
        return f"{self.bound.formula if self.bound else '2 / λmax'}{of}"

    @property
    def explanation(self) -> str:
        """Which bound `limit` is, or why it is not known, in a sentence."""
        if self.bound is None or self.why_unknown:
            return f"Not known here, because {self.why_unknown}"
        return f"{self.formula}: up to here, {self.bound.name} is stable at these weights"

    @property
    def safe_rate(self) -> float | None:
        """(1 - mu) / lambda_max; None where nothing is known."""
        if self.lambda_max is None or self.bound is None:
            return None
        return (1 - self.momentum) / self.lambda_max

    @property
    def why_safe(self) -> str:
        """How the safe rate follows from the limit, in words."""
        grows = "the curvature may grow during training"
        of = f" of the batch of {self.batch:,} that curves most" if self.batch else ""
        if self.momentum:
            return f"(1 − μ) / λmax{of}, because steps add up with momentum, and {grows}"
        return f"half of the stable rate{of}, because {grows}"


class SuggestedRate(NamedTuple):
    """A learning rate to train on with, and how it was chosen, in words."""

    learning_rate: float
    reason: str


def rate_in_use(trainer: Trainer) -> float:
    """The learning rate of the next step: what the schedule makes of the one that is set."""
    return trainer.optimizer.learning_rate * trainer.options.learning_rate_factor(trainer.epoch)


def highest_factor(options: StepOptions, epoch: int) -> float:
    """The largest factor by which the schedule multiplies the learning rate after so many epochs, or later."""
    return max(options.learning_rate_factor(epoch), options.learning_rate_factor(FOREVER))  # it rises or it falls


def lower_rate(learning_rate: float, stability: Stability, factor: float = 1.0) -> SuggestedRate:
    """A rate to train on with instead of one that was too large: the safe rate, but at most half the one in use.

    Args:
        learning_rate: the one that is set.
        stability: where it is to train on.
        factor: the largest one by which the schedule multiplies it from there on.
    """
    safe = None if stability.safe_rate is None else stability.safe_rate / (factor or 1.0)
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
