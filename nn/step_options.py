"""Options of a training step: weight penalties, dropout, gradient clipping, frozen layers, learning-rate schedule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from nn.arrays import Flat
from nn.checks import real_number, whole_number
from nn.schedules import SCHEDULES

if TYPE_CHECKING:
    from nn.network import NeuralNetwork
    from nn.optimizer_types import Optimizer


@dataclass(frozen=True)
class StepOptions:
    """What a step does besides following the gradient of the loss.

    The objective is the loss + l1 sum |W| + l2 / 2 sum W^2 (Goodfellow et al. 2016, section 7.1).

    Args:
        l1, l2: penalties on the weights, never on the biases; 0 or more.
        clip: the largest norm of the whole gradient (Pascanu et al. 2013); 0 never clips.
        frozen: numbers of the layers that do not move, 1 for the first after the input.
        schedule: a name of SCHEDULES.
        period: of the schedule, in epochs.
        dropout: the probability with which a step leaves out a hidden unit, anew for every example; from 0 to below 1.

    Raises:
        ValueError: a number out of its range, or an unknown schedule.
    """

    l1: float = 0.0
    l2: float = 0.0
    clip: float = 0.0
    frozen: tuple[int, ...] = ()
    schedule: str = "constant"
    period: int = 1000
    dropout: float = 0.0

    def __post_init__(self) -> None:
        for name in ("l1", "l2", "clip"):
            real_number(getattr(self, name), name)
        real_number(self.dropout, "dropout", below=1)
        whole_number(self.period, "period")
        for layer in self.frozen:
            whole_number(layer, "a frozen layer")
        SCHEDULES.check(self.schedule)

    @cached_property
    def has_penalty(self) -> bool:
        """Whether the objective is more than the loss."""
        return self.l1 > 0 or self.l2 > 0

    def learning_rate_factor(self, epoch: int) -> float:
        """What the learning rate is multiplied by in the steps after so many epochs."""
        return SCHEDULES[self.schedule].factor(epoch, self.period)

    def penalty(self, network: NeuralNetwork) -> float:
        """l1 sum |W| + l2 / 2 sum W^2 over all layers; inf where that overflows."""
        if not self.has_penalty:
            return 0.0
        Ws, penalty = [layer.W for layer in network.layers], 0.0
        with np.errstate(over="ignore"):  # a sum that is not penalised may be inf, and 0 inf would be nan
            if self.l1 > 0:
                penalty += self.l1 * sum(np.abs(W).sum() for W in Ws)
            if self.l2 > 0:
                penalty += self.l2 / 2 * sum((W**2).sum() for W in Ws)
        return float(penalty)

    def add_penalty(self, network: NeuralNetwork, gradient: Flat) -> None:
        """Adds the penalty's gradient to a flat one: dW += l1 sign(W) + l2 W."""
        if not self.has_penalty:
            return
        for layer, dWb in zip(network.layers, network.matrices(gradient), strict=True):
            dWb[:, :-1] += self.l1 * np.sign(layer.W) + self.l2 * layer.W

    def freeze(self, network: NeuralNetwork, gradient: Flat) -> None:
        """Makes a flat gradient 0 for what does not move: frozen layers, and the weights of units that are off."""
        if self.frozen:
            self._clear_frozen(network, gradient)
        if network.held is not None:
            gradient[network.held] = 0

    def _clear_frozen(self, network: NeuralNetwork, gradient: Flat) -> None:
        for number in self.frozen:
            for dWb in network.matrices(gradient)[number - 1 : number]:  # none if the network has fewer layers
                dWb[:] = 0

    def stop_frozen(self, network: NeuralNetwork, optimizer: Optimizer) -> None:
        """Takes from an optimizer what would carry frozen layers on, such as the momentum they had."""
        for buffer in optimizer.buffers if self.frozen else ():
            self._clear_frozen(network, buffer)

    def clip_and_freeze(self, network: NeuralNetwork, gradient: Flat) -> None:
        """Makes a flat gradient 0 for what does not move, and then scales it to a norm of `clip` if it is longer."""
        self.freeze(network, gradient)
        if self.clip:
            norm = float(np.linalg.norm(gradient))
            if norm > self.clip:
                gradient *= self.clip / norm
