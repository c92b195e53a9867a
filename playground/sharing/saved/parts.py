"""The parts of a saved run, each checked to be one that a run can have."""

from itertools import pairwise

import numpy as np

from nn.arrays import Flat, Whole
from nn.divergence import KINDS, LOSS, Divergence, Quantity
from nn.history import CAPACITY, LossHistory
from nn.optimizer_types import Optimizer
from nn.stopping import Wait, Waits
from playground.experiment import CONTROLS, DEFAULTS, Experiment, Start
from playground.player.changes import Change
from playground.player.editing import Edit
from playground.player.series import MAX_MEASUREMENTS, Measurement
from playground.sharing.saved.document import (
    MAX_LISTS,
    SavedChange,
    SavedClock,
    SavedEdit,
    SavedGenerator,
    SavedHistory,
    SavedOptimizer,
    SavedTestLosses,
    SavedWaits,
)
from playground.sharing.saved.field import Field, SavedError, quoted

MAX_EPOCHS = int(CONTROLS["max_epochs"].high)
MAX_STEPS = 10**12
MAX_SECONDS = 1e9  # thirty years
MAX_MOMENTS = 4096  # as many as fit into the memory of a recording
MAX_ENTRIES = 16  # of a list in an experiment
SQUARES = "s"  # an optimizer's mean of squared gradients: a finite gradient's square may be inf, and the run is valid


def read_start(field: Field) -> Start:
    """The start of the experiment, with its problem and a trainer at epoch 0."""
    values = field.object()
    for name, value in values.items():
        if name not in CONTROLS:
            raise field.error(f"has {quoted(name)}, which this version of the playground does not know")
        if not _has_type_of(DEFAULTS[name], value):
            raise SavedError(f"{CONTROLS[name].label} has the wrong type in the file.")
    try:
        return Experiment(**values).start()
    except ValueError as error:
        raise SavedError(f"The experiment is invalid: {error}") from None


def _has_type_of(default: object, value: object) -> bool:
    """Whether a value has the type of a default, in JSON's terms."""
    if isinstance(default, tuple):
        return (
            isinstance(value, list)
            and len(value) <= MAX_ENTRIES
            and all(_has_type_of(default[0], each) for each in value)
        )
    if isinstance(default, str):
        return isinstance(value, str) and value.encode(errors="replace").decode() == value  # no half of a character
    return type(value) in ((int, float) if isinstance(default, float) else (int,))


def read_divergence(field: Field, epoch: int, layers: int) -> Divergence | None:
    """What diverged in the step after the epoch."""
    if field.value is None:
        return None
    known = [LOSS, *(Quantity(kind, l) for kind in KINDS for l in range(1, layers + 1))]
    found = next((quantity for quantity in known if str(quantity) == field.value), None)
    if found is None:
        raise SavedError("What diverged must be the loss, or a quantity of one of the network's layers.")
    return Divergence(epoch + 1, found)


def read_optimizer(field: Field, experiment: Experiment, parameters: Flat) -> Optimizer:
    """The optimizer of the experiment, with its state."""
    kind, memory = field.fields(SavedOptimizer.__annotations__)
    if kind.value != experiment.optimizer:
        raise kind.error("must be that of the experiment")
    optimizer: Optimizer = experiment.make_optimizer()
    if memory.object():
        names = (*optimizer.state_names, *optimizer.counters)
        fields = dict(zip(names, memory.fields(names), strict=True))
        state: dict[str, Flat | int] = {name: fields[name].whole(1, MAX_STEPS) for name in optimizer.counters}
        for name in optimizer.state_names:
            array = fields[name].array(parameters, special=("inf",) if name == SQUARES else ())
            if name == SQUARES and (array < 0).any():
                raise fields[name].error("must not be negative: it is a mean of squares")
            state[name] = array
        optimizer.load_state(state)
    return optimizer


def read_generator(field: Field) -> dict[str, object]:
    """A state of NumPy's RandomState."""
    kind, words, position, has_gauss, gauss = field.fields(SavedGenerator.__annotations__)
    if kind.value != "MT19937":
        raise kind.error("must be MT19937")
    key = words.wholes(624, 2**32 - 1)
    if len(key) != 624 or not (key[0] >> 31 or any(key[1:])):  # its state is 19937 bits; all zero, it stays zero
        raise words.error("must be 624 numbers that are not all 0")
    return {
        "bit_generator": kind.value,
        "state": {"key": np.array(key, np.uint32), "pos": position.whole(0, 624)},
        "has_gauss": has_gauss.whole(0, 1),
        "gauss": gauss.number(),
    }


def read_order(field: Field, m: int) -> Whole:
    """The order of the m examples."""
    order = field.wholes(m, m - 1)
    if sorted(order) != list(range(m)):
        raise field.error(f"must list each of the {m:,} examples once")
    return np.array(order)


def read_history(field: Field, epoch: int) -> LossHistory:
    """The loss history up to the epoch."""
    stride, epochs, losses, objectives = field.fields(SavedHistory.__annotations__)
    kept = epochs.wholes(CAPACITY + 1, epoch)
    if kept[-1:] != [epoch]:
        raise epochs.error("must end with the epoch of the run")
    try:
        return LossHistory.of(
            stride.whole(1, MAX_EPOCHS),
            kept,
            losses.numbers(len(kept)),
            objectives.numbers(len(kept), special=(None, "inf")),
        )
    except ValueError as error:
        raise SavedError(str(error)) from None


def read_test_losses(field: Field, epoch: int, *, has_test_set: bool) -> tuple[Measurement, ...]:
    """The test loss by epoch."""
    epochs, losses = field.fields(SavedTestLosses.__annotations__)
    return _read_series(epochs, losses, epoch, MAX_MEASUREMENTS if has_test_set else 0)


def read_clock(field: Field, epoch: int) -> tuple[Measurement, ...]:
    """The seconds of training by epoch."""
    epochs, seconds = field.fields(SavedClock.__annotations__)
    clock = _read_series(epochs, seconds, epoch, MAX_MEASUREMENTS)
    if any(here > there for here, there in pairwise([0.0, *(second for _, second in clock), MAX_SECONDS])):
        raise seconds.error(f"must rise from 0 to at most {MAX_SECONDS:,.0f}")
    return clock


def read_moments(field: Field, epoch: int) -> tuple[int, ...]:
    """The epochs of the recorded moments between the start and the end."""
    moments = field.rising(MAX_MOMENTS, epoch - 1)
    if 0 in moments:
        raise field.error("must lie between the start and the end")
    return tuple(moments)


def _read_series(epochs: Field, values: Field, epoch: int, most: int) -> tuple[Measurement, ...]:
    measured = epochs.rising(most, epoch)
    return tuple(zip(measured, values.numbers(len(measured)), strict=True))


def read_edits(field: Field, epoch: int, parameters: int) -> tuple[Edit, ...]:
    """What was changed by hand, rising in epoch."""
    edits: list[Edit] = []
    for item in field.items(MAX_LISTS):
        names = [name for name in SavedEdit.__annotations__ if name != "after" or name in item.object()]
        at, place, before, *after = item.fields(names)
        earliest = edits[-1].epoch if edits else 0
        numbers = before.number(), *(value.number() for value in after)
        edits.append(Edit(at.whole(earliest, epoch), place.whole(0, parameters - 1), *numbers))
    return tuple(edits)


def read_waits(field: Field, epoch: int) -> Waits:
    """Since when the run waits for a better loss, at its epoch."""
    return Waits(*(_read_wait(each, epoch) for each in field.fields(SavedWaits.__annotations__)))


def _read_wait(field: Field, epoch: int) -> Wait | None:
    if field.value is None:
        return None
    loss, since, began = field.numbers(3, special=("inf",))
    if not (0 <= began <= since <= epoch and since % 1 == began % 1 == 0):
        raise field.error("must be a loss and two epochs of the run")
    return Wait(loss, int(since), int(began))


def read_changes(field: Field, epoch: int, experiment: Experiment) -> tuple[Change, ...]:
    """The changes of the settings, at rising epochs."""
    changes: list[Change] = []
    for item in field.items(MAX_LISTS):
        at, before, diverged = item.fields(SavedChange.__annotations__)
        earliest = changes[-1].epoch + 1 if changes else 1
        if type(diverged.value) is not bool:
            raise diverged.error("must be true or false")
        changes.append(Change(at.whole(earliest, epoch), _read_before(before, experiment), diverged.value))
    return tuple(changes)


def _read_before(field: Field, experiment: Experiment) -> Experiment:
    values = field.object()
    for name, value in values.items():
        if name not in CONTROLS or CONTROLS[name].group != "training":
            raise field.error(f"has {quoted(name)}, which is no setting of training")
        if not _has_type_of(DEFAULTS[name], value):
            raise SavedError(f"{CONTROLS[name].label} has the wrong type in the file.")
    try:
        return experiment.changed(**values)
    except ValueError as error:
        raise SavedError(f"The settings before a change are invalid: {error}") from None
