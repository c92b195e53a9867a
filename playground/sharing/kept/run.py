"""The run of a kept visit: the document of a saved file, but for what other parts and the browser's charts hold."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn.history import CAPACITY
from playground.experiment import CONTROLS, Experiment
from playground.player import Player
from playground.player.series import MAX_MEASUREMENTS
from playground.sharing.kept.packing import DAMAGED, numbers, pack, packed, unpack
from playground.sharing.saved.document import Number
from playground.sharing.saved.field import Field, SavedError
from playground.sharing.saved.parts import MAX_EPOCHS
from playground.sharing.saved.reading import Saved, read_document
from playground.sharing.saved.writing import document_of

CLOCK_MOMENTS = 64  # of the training time that are kept
ELSEWHERE = ("experiment", "loss history", "test-loss history", "digest")
NAMES = ("experiment", "playing", "stride", "objective", "document")


@dataclass(frozen=True)
class KeptRun:
    """A run that the browser has kept.

    Attributes:
        saved: for `Player.open`.
        playing: whether it trained.
    """

    saved: Saved
    playing: bool


def run_part(player: Player, experiment: str) -> bytes:
    """The part that holds a player's run up to the checkpoint on screen.

    Args:
        player: the run.
        experiment: what the part with its experiment is recognised by.
    """
    document: dict[str, Any] = {
        name: value for name, value in document_of(player, packed).items() if name not in ELSEWHERE
    }
    objective = player.trainer.checkpoint().objective
    clock = player.clock.up_to(player.trainer.epoch)
    clock = clock[np.unique(np.linspace(0, len(clock) - 1, CLOCK_MOMENTS).round().astype(int))] if len(clock) else clock
    document["clock"] = {"epochs": packed(clock[:, 0].astype(int)), "seconds": packed(clock[:, 1])}
    return pack(
        {
            "experiment": experiment,
            "playing": player.playing,
            "stride": player.trainer.history.stride,
            "objective": objective if math.isfinite(objective) else None if math.isnan(objective) else "inf",
            "document": document,
        }
    )


def read_run_part(data: bytes, experiment: Experiment, recognised: str, history: object) -> KeptRun:
    """The run in such a part.

    Args:
        data: the part.
        experiment: its experiment.
        recognised: what the part with the experiment is recognised by.
        history: what the browser has of its losses: {"losses", "objectives", "tested_epochs", "tested_losses"}, the
            bytes of float64 in base64; the objectives may be None.

    Raises:
        SavedError: when there is no run, or none of this experiment.
    """
    belongs, playing, stride, objective, field = Field(unpack(data), "The run").fields(NAMES)
    if belongs.value != recognised or type(playing.value) is not bool or not isinstance(history, Mapping):
        raise SavedError(DAMAGED)
    document = dict(field.object())
    epoch = Field(document.get("epoch"), "The epoch").whole(0, MAX_EPOCHS)
    end = document.get("loss"), objective.value
    document["experiment"] = {name: _plain(getattr(experiment, name)) for name in CONTROLS}
    document["digest"] = ""
    document["loss history"] = _losses(history, stride.whole(1, MAX_EPOCHS), epoch, end)
    document["test-loss history"] = _test_losses(history)
    return KeptRun(read_document(document), playing.value)


def _losses(history: Mapping[Any, Any], stride: int, epoch: int, end: tuple[Any, Any]) -> dict[str, Any]:
    """The loss history: at the multiples of the stride as the browser has it, and at its end."""
    losses = numbers("<f8", history.get("losses"))
    given = history.get("objectives")
    objectives = [None] * len(losses) if given is None else numbers("<f8", given)
    epochs = list(range(0, epoch + 1, stride)) if epoch // stride <= CAPACITY else []
    if not len(losses) == len(objectives) == len(epochs):
        raise SavedError(DAMAGED)
    if epoch % stride:
        epochs, losses, objectives = [*epochs, epoch], [*losses, end[0]], [*objectives, end[1]]
    return {"stride": stride, "epochs": epochs, "losses": losses, "objectives": objectives}


def _test_losses(history: Mapping[Any, Any]) -> dict[str, list[Number]]:
    """The test losses by epoch, as the browser has them."""
    epochs, losses = (numbers("<f8", history.get(name)) for name in ("tested_epochs", "tested_losses"))
    if len(epochs) > MAX_MEASUREMENTS or any(not isinstance(epoch, float) or epoch % 1 for epoch in epochs):
        raise SavedError(DAMAGED)
    return {"epochs": [int(epoch) for epoch in epochs if isinstance(epoch, float)], "losses": losses}


def _plain(value: object) -> object:
    """A value of a field as JSON has it."""
    return list(value) if isinstance(value, tuple) else value
