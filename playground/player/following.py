"""Has a trainer follow an experiment: its step options, its optimizer and its batch size."""

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
