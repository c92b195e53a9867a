"""Measures how large the learning rate of a run may be, at the parameters, options and batches that are in use."""

import time
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from nn import GradientDescent, NeuralNetwork, StepOptions, Trainer, curvature
from nn.arrays import Matrix
from nn.curvature import Curvature
from nn.units_off import Unit
from playground.analysis.learning_rate import Stability
from playground.analysis.limit_trial import LONG, SHORT, SHORTEST, Effort, stays_near
from playground.analysis.sharpest_batch import sharpest_batch
from playground.player import Player
from playground.problems.problem import Problem

TIME_SHARE = 0.05  # of the time, at most, is spent on measuring during training
SECONDS_BETWEEN = 1.9  # two measurements during training, at least: each costs as much as ten pictures
MAX_EXAMPLES = 250  # for a rough measurement
MAX_PRODUCTS = 20  # of the Hessian with a vector, for a rough measurement
TOLERANCE = 0.02  # relative error of lambda_max at which a rough measurement ends
TOO_LARGE = "the parameters are too large for a curvature"


class _Measured(NamedTuple):
    """What is measured of a Stability."""

    lambda_max: float | None
    obstacle: str = ""
    leads_far: bool = False


def stability_at(trainer: Trainer, problem: Problem, network: NeuralNetwork, *, rough: bool = False) -> Stability:
    """The Stability of a training at the parameters of a network.

    Args:
        rough: whether a rough measurement will do, which takes bounded time.
    """
    return _stability(trainer, problem, _measure(trainer, problem, network, rough))


def measure_stability(player: Player) -> Stability:
    """The Stability of a run at what its frames show."""
    return stability_at(player.trainer, player.problem, player.trainer.network)


def _stability(trainer: Trainer, problem: Problem, measured: _Measured) -> Stability:
    return Stability.of(
        measured.lambda_max,
        trainer.optimizer,
        batch=_batch_of(trainer, problem),
        obstacle=measured.obstacle,
        leads_far=measured.leads_far,
    )


def _batch_of(trainer: Trainer, problem: Problem) -> int | None:
    """The examples of the smallest batch of an epoch; None where a step takes all."""
    m, size = int(problem.Xs.shape[1]), trainer.batch_size
    return None if size >= m else m % size or size


def _measure(
    trainer: Trainer, problem: Problem, network: NeuralNetwork, rough: bool, effort: Effort = LONG
) -> _Measured:
    loss, options, batch = trainer.loss_function, trainer.options, _batch_of(trainer, problem)
    moves = np.ones(network.parameters.size)
    options.freeze(network, moves)
    if not moves.any():
        return _Measured(None, "no weight or bias moves")
    if loss.has_kinks:
        return _Measured(None, f"the {loss.label.lower()} has a kink wherever an output meets its target")
    Xs, Ys = problem.Xs, problem.Ys
    measure = partial(curvature, network, loss=loss, options=options)
    if rough or batch:
        measure = partial(measure, tolerance=TOLERANCE, max_products=MAX_PRODUCTS)
    if rough:
        some = slice(None, None, -(-Xs.shape[1] // max(MAX_EXAMPLES, batch or 0)))
        Xs, Ys = Xs[:, some], Ys[:, some]
    try:
        found = _sharpest(network, trainer, Xs, Ys, batch, measure) if batch else measure(Xs, Ys)
    except ValueError:  # not finite
        return _Measured(None, TOO_LARGE)
    if not found.is_smooth:
        return _Measured(None, "the loss has a kink at these weights, and so no curvature")
    if not np.isfinite(found.lambda_max):
        return _Measured(None, TOO_LARGE)
    if not found.lambda_max > 0:
        return _Measured(None)
    if options.dropout and len(network.layers) > 1:
        return _Measured(found.lambda_max, "dropout leaves out other units at every step")
    goes_on = network is trainer.network and not rough and not trainer.diverged
    tried = partial(stays_near, trainer, network, Xs, Ys, goes_on=goes_on)
    if batch or not rough:
        descent, short = GradientDescent(learning_rate=1.0), SHORTEST if rough else effort
        if not tried(descent, 2 / found.lambda_max, effort=short):
            return _Measured(found.lambda_max, "the weights soon move to where the curvature is another")
    optimizer = trainer.optimizer
    bound = optimizer.stability_bound()
    if rough or batch or not optimizer.momentum_factor or bound is None:
        return _Measured(found.lambda_max)
    if not goes_on:  # and has no velocity yet
        optimizer = type(optimizer)(**optimizer.hyperparameters)
    return _Measured(found.lambda_max, leads_far=not tried(optimizer, bound.multiple * 2 / found.lambda_max))


def _sharpest(
    network: NeuralNetwork, trainer: Trainer, Xs: Matrix, Ys: Matrix, batch: int, measure: "partial[Curvature]"
) -> Curvature:
    return sharpest_batch(network, Xs, Ys, trainer.loss_function, min(batch, Xs.shape[1]), measure)


class StabilityMonitor:
    """Measures the Stability of a run as it goes. What it measured last is used again while that will do."""

    def __init__(self) -> None:
        self._trainer: Trainer | None = None
        self._settings: tuple[StepOptions, int, Sequence[Unit], str, float] | None = None
        self._version = -1
        self._measured = _Measured(None)
        self._next = 0.0  # the time from which on a playing run is measured again

    def measure(self, player: Player) -> Stability:
        """The Stability at what the frames show; of a playing run, that of a moment ago where measuring takes long.

        It is always that of the settings in use.
        """
        trainer, start = player.trainer, time.perf_counter()
        optimizer = trainer.optimizer
        settings = (
            trainer.options,
            trainer.batch_size,
            trainer.network.off,
            optimizer.name,
            optimizer.momentum_factor,
        )
        is_new = trainer is not self._trainer or settings != self._settings
        hurried = player.playing and start < self._next
        if is_new or (player.frame_version != self._version and not hurried):
            self._trainer, self._settings, self._version = trainer, settings, player.frame_version
            self._measured = _measure(
                trainer, player.problem, trainer.network, rough=False, effort=SHORT if player.playing else LONG
            )
            end = time.perf_counter()
            self._next = end + max((end - start) / TIME_SHARE, SECONDS_BETWEEN)
        return _stability(trainer, player.problem, self._measured)
