"""Has a trainer follow an experiment: its step options, its optimizer, its batch size, and which units are off."""

import math

import numpy as np

from nn import Trainer
from playground.experiment import Experiment


def configure(trainer: Trainer, experiment: Experiment) -> None:
    """Gives a trainer an experiment's step options and optimizer; one of the same kind keeps its state."""
    trainer.options = experiment.make_step_options()
    optimizer = experiment.make_optimizer()
    if type(optimizer) is type(trainer.optimizer):
        trainer.optimizer.configure(**optimizer.hyperparameters)
    else:
        trainer.optimizer = optimizer


def follow(trainer: Trainer, experiment: Experiment, before: Experiment) -> None:
    """Has the next step follow an experiment; the trainer trained as `before` so far, and may have diverged."""
    if trainer.diverged:
        trainer.optimizer = experiment.make_optimizer()
        trainer.diverged = None
    configure(trainer, experiment)
    if experiment.batch_size != before.batch_size:
        trainer.set_batch_size(experiment.batch_size or None)
    if experiment.off != before.off:
        trainer.network.off = experiment.units_off
        trainer.train(0)  # measures the loss


def check_units(trainer: Trainer, experiment: Experiment) -> None:
    """Checks that the units of an experiment can be switched off and on where a trainer stands.

    Raises:
        ValueError: if the loss would not be finite.
    """
    network, data = trainer.network.copy(), trainer.training_set
    network.off = experiment.units_off
    if network.off == trainer.network.off:
        return
    with np.errstate(all="ignore"):
        loss = trainer.loss_function.measure(network.evaluate(data.Xs)[-1], network.layers[-1].g, data.Ys)
    if not math.isfinite(loss):
        raise ValueError(f"With these units the loss is {loss}.")
