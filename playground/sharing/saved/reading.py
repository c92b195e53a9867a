"""Reads a saved run: every field by itself, and then whether the fields fit one another."""

from dataclasses import dataclass

from nn import Trainer
from nn.arrays import Flat
from nn.checkpoint import Checkpoint
from nn.history import LossHistory
from nn.stopping import Waits
from playground.experiment import Experiment
from playground.player.changes import Change, phases
from playground.player.editing import Edit
from playground.player.series import Measurement
from playground.sharing.saved import parts
from playground.sharing.saved.document import FORMAT, VERSION, Document, check_digest, parse
from playground.sharing.saved.field import Field, SavedError

OPTIONAL = ("changes", "moments", "waits")  # which older files do not have
ROUNDING = {"float64": 1e-6, "float32": 1e-3}  # the relative difference that another machine can make to a loss


@dataclass(frozen=True)
class Saved:
    """A run as a file holds it, for `Player.open`.

    Attributes:
        experiment: its experiment.
        checkpoints: that of epoch 0 and the saved one.
        history: the losses up to there.
        test_losses: the test loss by epoch, up to there.
        clock: the seconds of training by epoch, up to there.
        edits: what was changed by hand, rising in epoch.
        changes: of the settings on the way there, rising in epoch; none of a file that is older than their record.
        moments: the epochs between start and end that were recorded, rising; None of a file that is older.
    """

    experiment: Experiment
    checkpoints: tuple[Checkpoint, Checkpoint]
    history: LossHistory
    test_losses: tuple[Measurement, ...]
    clock: tuple[Measurement, ...]
    edits: tuple[Edit, ...]
    changes: tuple[Change, ...] = ()
    moments: tuple[int, ...] | None = None


def read_run(data: bytes) -> Saved:
    """The saved run in the bytes of a file.

    Unknown fields of its experiment are rejected: without what they say it would be another run. Missing ones have
    their defaults.

    Raises:
        SavedError: when it is anything but what `write_run` returns for some run.
    """
    document = parse(data)
    if type(document) is not dict or document.get("format") != FORMAT:
        raise SavedError("This file is not a saved run of this playground.")
    version = document.get("version")
    if type(version) is not int or version < VERSION:
        raise SavedError("The file is damaged: its version is invalid.")
    if version > VERSION:
        raise SavedError("The file was saved by a newer version of the playground, which this one cannot read.")
    fields = _fields(document)
    check_digest(document)
    return _read(fields)


def read_document(document: dict[str, object]) -> Saved:
    """The saved run in a document that did not come as a file, and has no digest of its content.

    Raises:
        SavedError: as by `read_run`.
    """
    return _read(_fields(document))


def _fields(document: dict[str, object]) -> dict[str, Field]:
    names = tuple(name for name in Document.__annotations__ if name not in OPTIONAL or name in document)
    return dict(zip(names, Field(document, "The file").fields(names, prefix="The"), strict=True))


def _read(fields: dict[str, Field]) -> Saved:
    experiment, problem, trainer = parts.read_start(fields["experiment"])
    network, epoch = trainer.network, fields["epoch"].whole(0, parts.MAX_EPOCHS)
    changes = parts.read_changes(fields["changes"], epoch, experiment) if "changes" in fields else ()
    _switch(trainer, phases(changes, experiment)[0].experiment)
    start = trainer.checkpoint()
    history = parts.read_history(fields["loss history"], epoch)
    edits = parts.read_edits(fields["edits"], epoch, network.parameters.size)
    saved = Checkpoint(
        epoch=epoch,
        loss=fields["loss"].number(),
        objective=float(history.objectives[-1]),
        diverged=parts.read_divergence(fields["diverged"], epoch, len(network.layers)),
        parameters=fields["parameters"].array(start.parameters),
        optimizer=parts.read_optimizer(fields["optimizer"], experiment, start.parameters),
        rng=parts.read_generator(fields["generator"]),
        order=parts.read_order(fields["order"], start.order.size),
        waits=parts.read_waits(fields["waits"], epoch) if "waits" in fields else Waits(),
        off=experiment.units_off,
    )
    test_losses = parts.read_test_losses(fields["test-loss history"], epoch, has_test_set=problem.test_samples.size > 0)
    clock = parts.read_clock(fields["clock"], epoch)

    tolerance = ROUNDING[experiment.dtype]
    smallest = tolerance * start.loss  # what rounding makes of a loss of 0
    if abs(history.losses[0] - start.loss) > tolerance * (start.loss + smallest):
        raise SavedError("The file is damaged: its run starts with another loss than its experiment.")
    edited_at_start = bool(edits) and edits[0].epoch == 0
    if (fields["start"].value is not None) != edited_at_start:
        raise SavedError("The file must have a start if the start was changed by hand, and only then.")
    if edited_at_start:
        _measure(trainer, fields["start"].array(start.parameters))
        start = trainer.checkpoint()
    _switch(trainer, experiment)
    if abs(_measure(trainer, saved.parameters) - saved.loss) > tolerance * (abs(saved.loss) + smallest):
        raise SavedError("The file is damaged: its parameters have another loss than it says.")
    moments = parts.read_moments(fields["moments"], epoch) if "moments" in fields else None
    return Saved(experiment, (start, saved), history, test_losses, clock, edits, changes, moments)


def _switch(trainer: Trainer, experiment: Experiment) -> None:
    """Switches those units of a trainer's network off that an experiment has off."""
    if trainer.network.off != experiment.units_off:
        trainer.network.off = experiment.units_off
        _measure(trainer, trainer.network.parameters)


def _measure(trainer: Trainer, parameters: Flat) -> float:
    """Gives a trainer's network these parameters, and returns their loss."""
    trainer.network.parameters[:] = parameters
    try:
        trainer.train(0)
    except ValueError:
        raise SavedError("The file is damaged: with its parameters the loss is not finite.") from None
    return float(trainer.loss)
