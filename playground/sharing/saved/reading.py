"""What reads a run: the bytes of a file, checked field by field, and then whether the fields fit each other."""

from dataclasses import dataclass

from nn.history import LossHistory
from nn.records import Checkpoint
from playground.experiment import Experiment
from playground.sharing.saved import parts
from playground.sharing.saved.digest import check_digest
from playground.sharing.saved.values import SavedError, array_of, fields_of, number_of, parse

FORMAT, VERSION = "neural-network-playground", 1
FIELDS = (
    "experiment", "epoch", "loss", "diverged", "parameters", "optimizer", "generator", "order", "loss history",
    "test-loss history", "clock", "edits", "start",
)  # fmt: skip
ROUNDING = {"float64": 1e-6, "float32": 1e-3}  # by how much of it a loss may be another on another machine


@dataclass(frozen=True)
class Saved:
    """A run as a file holds it, for `Player.open`.

    Attributes:
        experiment: its Experiment.
        moments: the Checkpoint at epoch 0 and the saved one.
        history: the LossHistory up to there.
        tested: the test loss up to there, a tuple of (epoch, loss), rising in epoch.
        clock: the seconds that training had taken, a tuple of (epoch, seconds), rising in epoch.
        edits: what was changed by hand, a tuple of Edit, rising in epoch.
    """

    experiment: Experiment
    moments: tuple
    history: LossHistory
    tested: tuple
    clock: tuple
    edits: tuple


def read_run(data):
    """The Saved run in the bytes of a file.

    Fields that an experiment has not are refused: what they say cannot be done here, and so it would be another run.
    Those that it lacks have their defaults.

    Raises:
        SavedError: when it is anything else than what `write_run` gives of some run.
    """
    told = parse(data)
    if type(told) is not dict or told.get("format") != FORMAT:
        raise SavedError("This file is no saved run of this playground.")
    version = told.get("version")
    if type(version) is not int or version < VERSION:
        raise SavedError("The file is damaged: its version is none that there is.")
    if version > VERSION:
        raise SavedError("The file was saved by a newer version of the playground, which this one cannot read.")
    fields_of(told, ("format", "version", *FIELDS, "digest"), "The file")
    check_digest(told)
    experiment, problem, trainer = parts.experiment_of(told["experiment"])
    start, network = trainer.checkpoint(), trainer.network
    epoch = parts.epoch_of(told["epoch"])
    history = parts.history_of(told["loss history"], epoch)
    edits = parts.edits_of(told["edits"], epoch, network.parameters.size)
    moment = Checkpoint(
        epoch,
        number_of(told["loss"], "The loss"),
        float(history.objectives[-1]),
        parts.divergence_of(told["diverged"], epoch, len(network.layers)),
        array_of(told["parameters"], "The parameters", start.parameters),
        parts.optimizer_of(told["optimizer"], experiment, start.parameters),
        parts.generator_of(told["generator"]),
        parts.order_of(told["order"], start.order.size),
    )
    tested = parts.tested_of(told["test-loss history"], epoch, problem)
    clock = parts.clock_of(told["clock"], epoch)

    within = ROUNDING[experiment.dtype]
    least = within * start.loss  # what rounding makes of a loss of 0
    if abs(history.losses[0] - start.loss) > within * (start.loss + least):
        raise SavedError("The file is damaged: the run it tells of starts with another loss than its experiment.")
    if (told["start"] is not None) != (bool(edits) and edits[0].epoch == 0):
        raise SavedError("The file must tell the start where that was changed by hand, and only there.")
    if edits and edits[0].epoch == 0:
        _measure(trainer, array_of(told["start"], "The start", start.parameters))
        start = trainer.checkpoint()
    if abs(_measure(trainer, moment.parameters) - moment.loss) > within * (abs(moment.loss) + least):
        raise SavedError("The file is damaged: its parameters have another loss than it tells.")
    return Saved(experiment, (start, moment), history, tested, clock, edits)


def _measure(trainer, parameters):
    """The loss of a Trainer's network with these parameters, which it has from now on."""
    trainer.network.parameters[:] = parameters
    try:
        trainer.train(0)
    except ValueError:
        raise SavedError("The file is damaged: with its parameters the loss is not finite.") from None
    return trainer.loss
