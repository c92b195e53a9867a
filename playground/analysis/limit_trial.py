"""Tries a stable learning rate before it is shown: whether training just below it, from here on, stays near.

The bounds are those of a quadratic with the curvature that was measured. Steps that add up, batches that pull each its
own way, and a loss that curves more around here than here lead to where that curvature says little.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from nn import NeuralNetwork, Trainer
from nn.arrays import Matrix
from nn.optimizer_types import Optimizer
from playground.analysis.learning_rate import highest_factor
from playground.experiment import CONTROLS

TRIED_SHARE = 0.9  # of the limit
MAX_RISE = 10.0  # of the objective
VISIBLE = 0.01  # of the loss of a constant: a rise from less than that is from nothing


class Effort(NamedTuple):
    """For how long a limit is tried: so many epochs, fewer where they take more steps or products, but at least one."""

    epochs: int
    steps: int
    products: int  # of an example and a parameter; some 10^9 take a second


LONG, SHORT, SHORTEST = Effort(100, 2000, 10**9), Effort(20, 400, 2 * 10**8), Effort(1, 1, 1)


def stays_near(
    trainer: Trainer,
    network: NeuralNetwork,
    Xs: Matrix,
    Ys: Matrix,
    optimizer: Optimizer,
    limit: float,
    *,
    goes_on: bool,
    effort: Effort = LONG,
) -> bool:
    """Whether the objective does not become many times as large when training goes on just below a limit.

    Args:
        trainer: whose loss, options and batch size are in use.
        network: where it goes on from; it is not changed.
        Xs, Ys: (inputs, m) and (outputs, m).
        optimizer: what takes the steps; it is not changed.
        limit: of its learning rate, at the highest that the schedule makes of it.
        goes_on: whether the network is the trainer's, which goes on from here: with its batches and its schedule.
        effort: for how long it is tried.
    """
    twin = Trainer(
        network.copy(),
        Xs,
        Ys,
        optimizer=optimizer.copy(),
        loss=trainer.loss_function,
        options=replace(trainer.options, dropout=0.0),
        batch_size=trainer.batch_size,
    )
    if goes_on:
        twin.restore(trainer.checkpoint(), trainer.history)
        twin.optimizer = optimizer.copy()
    rate = TRIED_SHARE * limit / (highest_factor(twin.options, twin.epoch) or 1.0)
    twin.optimizer.configure(learning_rate=min(rate, CONTROLS["learning_rate"].high))
    with np.errstate(all="ignore"):
        constant = twin.loss_function(np.broadcast_to(Ys.mean(axis=1, keepdims=True), Ys.shape), Ys)
    most = MAX_RISE * max(twin.objective, VISIBLE * constant)
    steps = -(-Xs.shape[1] // twin.batch_size)
    products = Xs.shape[1] * network.parameters.size
    for _ in range(max(1, min(effort.epochs, effort.steps // steps, effort.products // products))):
        twin.train(1)
        if twin.diverged or not twin.objective <= most:
            return False
    return True
