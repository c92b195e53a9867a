"""Writes a saved run: the bytes of a file, from which the run continues exactly."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from playground.experiment import CONTROLS, Experiment
from playground.player import Player
from playground.player.changes import Change
from playground.sharing.saved.document import (
    FORMAT,
    VERSION,
    Document,
    SavedChange,
    SavedEdit,
    check_size,
    digest_of,
    listed,
)


def write_run(player: Player) -> bytes:
    """The bytes of a file, JSON, with the player's run up to the checkpoint on screen; what is later is left out.

    Raises:
        SavedError: when they are more than can be opened.
    """
    document = document_of(player, listed)
    document["digest"] = digest_of(document)
    data = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    check_size(data)
    return data


def document_of(player: Player, listed: Callable[[npt.NDArray[Any]], Any]) -> Document:
    """The document of the player's run up to the checkpoint on screen, without a digest.

    Args:
        player: the run.
        listed: makes of an array what stands for it in the document.
    """
    recording, now = player.recording, player.trainer.checkpoint()
    history = player.trainer.history.up_to(now.epoch, now.loss, now.objective)
    test_losses, clock = player.test_losses.up_to(now.epoch), player.clock.up_to(now.epoch)
    document: Document = {
        "format": FORMAT,
        "version": VERSION,
        "experiment": player.experiment.values,
        "epoch": now.epoch,
        "loss": now.loss,
        "diverged": str(now.diverged.quantity) if now.diverged else None,
        "parameters": listed(now.parameters),
        "optimizer": {
            "kind": now.optimizer.name,
            "memory": {
                name: value if isinstance(value, int) else listed(value) for name, value in now.optimizer.state.items()
            },
        },
        "generator": {
            "kind": now.rng["bit_generator"],
            "words": listed(now.rng["state"]["key"]),
            "position": now.rng["state"]["pos"],
            "has_gauss": now.rng["has_gauss"],
            "gauss": now.rng["gauss"],
        },
        "order": listed(now.order),
        "loss history": {
            "stride": history.stride,
            "epochs": listed(history.epochs),
            "losses": listed(history.losses),
            "objectives": listed(history.objectives),
        },
        "test-loss history": {"epochs": listed(test_losses[:, 0].astype(int)), "losses": listed(test_losses[:, 1])},
        "clock": {"epochs": listed(clock[:, 0].astype(int)), "seconds": listed(clock[:, 1])},
        "edits": [
            SavedEdit(epoch=edit.epoch, place=edit.parameter_index, before=edit.before)
            if edit.after is None
            else SavedEdit(epoch=edit.epoch, place=edit.parameter_index, before=edit.before, after=edit.after)
            for edit in recording.edits_so_far
        ],
        "start": listed(recording.start.parameters) if recording.edited_since == 0 else None,
        "digest": "",
    }
    if now.epoch:
        document["moments"] = listed(np.array([epoch for epoch in recording.epochs if 0 < epoch < now.epoch], int))
    changes = recording.changes_up_to(player.experiment)
    if changes:
        document["changes"] = saved_changes(changes, player.experiment)
    if any(now.waits):
        test, training = (None if wait is None else listed(np.array(wait, float)) for wait in now.waits)
        document["waits"] = {"test": test, "training": training}
    return document


def saved_changes(changes: Iterable[Change], experiment: Experiment) -> list[SavedChange]:
    """The changes of the settings on the way to an experiment, as a document has them."""
    return [
        {"epoch": each.epoch, "before": _others(each.before, experiment), "diverged": each.diverged} for each in changes
    ]


def _others(before: Experiment, experiment: Experiment) -> dict[str, Any]:
    """The fields of training in which a run differed from what it is now."""
    names = [name for name in before.differences(experiment) if CONTROLS[name].group == "training"]
    return {name: getattr(before, name) for name in names}
