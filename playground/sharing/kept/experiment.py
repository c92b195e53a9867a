"""The experiment of a kept run, own data and all."""

from playground.experiment import Experiment
from playground.sharing.kept.packing import pack, unpack
from playground.sharing.saved.field import Field
from playground.sharing.saved.parts import read_start


def experiment_part(experiment: Experiment) -> bytes:
    """The part that holds an experiment."""
    return pack(experiment.values)


def read_experiment_part(data: bytes) -> Experiment:
    """The experiment in such a part.

    Raises:
        SavedError: when there is none that can be trained.
    """
    return read_start(Field(unpack(data), "The experiment")).experiment
