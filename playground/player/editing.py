"""Parameters that are set by hand: what is noted of that, and how a trainer is given one."""

from typing import NamedTuple

from nn import Trainer
from playground.experiment import Experiment


class Edit(NamedTuple):
    """A parameter set by hand: at which epoch, its index in the flat parameters, and its value before and after.

    After is None where the value alone does not repeat the edit: in older files, and where epoch 1 diverged.
    """

    epoch: int
    parameter_index: int
    before: float
    after: float | None = None


def set_parameter(trainer: Trainer, experiment: Experiment, index: int, value: float) -> bool:
    """Sets one of the flat parameters; after a divergence, which it returns, the optimizer starts again without state.

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
    return diverged is not None
