"""The rule of a step: what is descended besides the loss of the data, what is dropped, what becomes of the gradient."""

from dataclasses import dataclass

import numpy as np

from nn.checks import real_number, whole_number
from nn.schedules import SCHEDULES


@dataclass(frozen=True)
class StepOptions:
    """Penalties on the weights, never on the biases; clipping; layers that stay as they are; a schedule; dropout.

    The objective that is descended is the loss + l1 sum |W| + l2 / 2 sum W^2 (Goodfellow et al. 2016, section 7.1).

    Args:
        l1, l2: the penalties, 0 or more.
        clip: the largest norm of the whole gradient (Pascanu et al. 2013); 0 never clips.
        frozen: numbers of the layers that do not move, 1 for the first after the input.
        schedule: a name of SCHEDULES.
        period: of the schedule, in epochs.
        dropout: the probability with which a step leaves out a hidden unit, anew for every example; from 0 to below 1.

    Raises:
        ValueError: on a number that is none of these, or an unknown schedule.
    """

    l1: float = 0.0
    l2: float = 0.0
    clip: float = 0.0
    frozen: tuple = ()
    schedule: str = "constant"
    period: int = 1000
    dropout: float = 0.0

    def __post_init__(self):
        for name in ("l1", "l2", "clip"):
            real_number(getattr(self, name), name)
        real_number(self.dropout, "dropout", below=1)
        whole_number(self.period, "period")
        for layer in self.frozen:
            whole_number(layer, "a frozen layer")
        SCHEDULES.check(self.schedule)

    @property
    def has_penalty(self):
        """Whether anything is descended besides the loss."""
        return self.l1 > 0 or self.l2 > 0

    def learning_rate_factor(self, epoch):
        """By what the learning rate is multiplied in the step from an epoch."""
        return SCHEDULES[self.schedule](epoch, self.period)

    def penalty(self, network):
        """l1 sum |W| + l2 / 2 sum W^2 over all layers; inf where that is too large a number."""
        if not self.has_penalty:
            return 0.0
        Ws = [layer.W for layer in network.layers]
        with np.errstate(over="ignore"):
            return float(self.l1 * sum(np.abs(W).sum() for W in Ws) + self.l2 / 2 * sum((W**2).sum() for W in Ws))

    def add_penalty(self, network, gradient):
        """Adds the penalty's gradient to a flat one: dW += l1 sign(W) + l2 W."""
        for layer, dWb in zip(network.layers, network.matrices(gradient), strict=True):
            dWb[:, :-1] += self.l1 * np.sign(layer.W) + self.l2 * layer.W

    def clip_and_freeze(self, network, gradient):
        """Makes a flat gradient 0 for frozen layers, and then no longer than `clip`."""
        for number, dWb in enumerate(network.matrices(gradient), start=1):
            if number in self.frozen:
                dWb[:] = 0
        norm = float(np.linalg.norm(gradient)) if self.clip else 0.0
        if norm > self.clip:
            gradient *= self.clip / norm
