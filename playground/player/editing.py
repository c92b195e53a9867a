"""Sets a parameter of a trainer by hand."""

from nn import Trainer
from playground.experiment import Experiment


def set_parameter(trainer: Trainer, experiment: Experiment, index: int, value: float) -> None:
    """Sets one of the flat parameters; after a divergence the optimizer starts again without state.

    Raises:
        ValueError: if the loss would not be finite; nothing is changed then.
    """
    parameters = trainer.network.parameters
    diverged, before = trainer.diverged, parameters[index]
    trainer.diverged, parameters[index] = None, value
    try:
        trainer.train(0)  # measures the loss
    except ValueError:
        trainer.diverged, parameters[index] = diverged, before
        raise
    if diverged:
        trainer.optimizer = experiment.make_optimizer()
