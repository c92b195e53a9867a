"""The pinned runs as the visitor's browser keeps them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nn.history import CAPACITY
from playground.compare.comparison import LETTERS, MAX_PINNED, STATUSES, Pinned
from playground.player import Player
from playground.problems.measures import Measures, measures_of
from playground.problems.problem import Problem
from playground.sharing.kept import pack, packed, unpack
from playground.sharing.saved import SavedError
from playground.sharing.saved.field import Field
from playground.sharing.saved.parts import MAX_EPOCHS, read_changes, read_start
from playground.sharing.saved.writing import saved_changes

NAMES = (
    "name", "experiment", "changes", "epoch", "loss", "test_loss", "accuracy", "status",
    "epochs", "losses", "seconds", "output",
)  # fmt: skip
MEASURES = "measures"  # not in what was kept by earlier versions of the page
ARRAYS = ("epochs", "losses", "seconds", "output")
SPECIAL = ("inf", "-inf", None)  # of a run that diverged


def pins_part(pinned: Sequence[Pinned]) -> bytes:
    """The part that holds them."""
    return pack({run.name: {name: _plain(run, name) for name in (*NAMES, MEASURES)} for run in pinned})


def read_pins_part(data: bytes) -> list[Pinned]:
    """The pinned runs in such a part.

    Raises:
        SavedError: when they are anything else.
    """
    runs = Field(unpack(data), "The pinned runs").object()
    if len(runs) > MAX_PINNED:
        raise SavedError(f"There can be at most {MAX_PINNED} pinned runs.")
    return [_read(Field(run, "A pinned run"), name) for name, run in runs.items()]


def _plain(run: Pinned, name: str) -> Any:
    value = getattr(run, name)
    if name == "experiment":
        return value.values
    if name == "changes":
        return saved_changes(value, run.experiment)
    if name in ARRAYS:
        return packed(value.ravel())
    if name == MEASURES:
        return packed(np.array(value).ravel())
    return packed(np.array([value])) if name == "loss" else value


def _read(run: Field, key: str) -> Pinned:
    names = (*NAMES, MEASURES) if MEASURES in run.object() else NAMES
    fields = dict(zip(names, run.fields(names), strict=True))
    if key != fields["name"].value or key not in LETTERS:
        raise fields["name"].error("must be a letter")
    status = fields["status"].value
    if not isinstance(status, str) or not set(status.split(", ")) <= {*STATUSES, ""}:
        raise fields["status"].error("is unknown")
    start = read_start(fields["experiment"])
    player, epoch = Player(start), fields["epoch"].whole(0, MAX_EPOCHS)
    epochs = np.array(fields["epochs"].rising(CAPACITY + 1, MAX_EPOCHS))
    shape = player.frames[-1].output
    assert shape is not None, "the last frame of a player always has its output"
    return Pinned(
        name=key,
        experiment=start.experiment,
        changes=read_changes(fields["changes"], epoch, start.experiment),
        problem=start.problem,
        epoch=epoch,
        loss=fields["loss"].numbers(1, SPECIAL)[0],
        test_loss=_number_or_none(fields["test_loss"]),
        accuracy=_number_or_none(fields["accuracy"]),
        measures=_measures(fields.get(MEASURES), start.problem),
        status=status,
        epochs=epochs,
        losses=np.array(fields["losses"].numbers(len(epochs), SPECIAL)),
        seconds=np.array(fields["seconds"].numbers(len(epochs))),
        grid=player.grid,
        output=np.array(fields["output"].numbers(shape.size, SPECIAL)).reshape(shape.shape),
    )


def _measures(field: Field | None, problem: Problem) -> Measures:
    """One row of numbers for the training points, and one for the test points if there are any."""
    if field is None or field.value == []:
        return ()
    sets, count = 1 + bool(problem.test_samples.size), len(measures_of(problem))
    values = field.numbers(sets * count, SPECIAL)
    return tuple(tuple(values[i * count : (i + 1) * count]) for i in range(sets))


def _number_or_none(field: Field) -> float | None:
    return None if field.value is None else field.number()
