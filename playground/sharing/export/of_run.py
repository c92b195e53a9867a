"""The scripts of a player's run as it stands, which say what a script cannot repeat of it."""

import math

from nn.stopping import Wait
from playground.experiment import Experiment
from playground.player import Player
from playground.player.changes import Change
from playground.player.editing import Edit
from playground.sharing.export.numpy_script import numpy_script
from playground.sharing.export.phased import NOT_STOPPED, UNSTOPPED, can_repeat, can_repeat_edits
from playground.sharing.export.prediction import prediction_script
from playground.sharing.export.torch_script import torch_script


def epochs_of(player: Player) -> int:
    """How many epochs a script trains: those of the run, but at least one."""
    return max(player.trainer.epoch, 1)


def numpy_script_of(player: Player) -> str:
    """The run as a NumPy script: with its changes, phase by phase, where a script can repeat them."""
    return numpy_script(*_run_of(player))


def torch_script_of(player: Player) -> str:
    """The run as a PyTorch script, likewise."""
    return torch_script(*_run_of(player))


def _run_of(player: Player) -> tuple[Experiment, int, list[Change], str, list[Edit]]:
    """What a script is written from: the experiment, its epochs, its changes, what is to be said of it, its edits."""
    (changes, experiment), notes = player.recording.as_trained(player.experiment), _notes(player)
    if not can_repeat(changes):
        changes, notes = [], [*notes, _unrepeated(changes)]
    edits = player.recording.edits_so_far if _repeats_edits(player) else []
    stopping = player.trainer.stopping
    if stopping.is_on and not (changes or edits) and (stopping.waits.began or _would_stop_before(player)):
        experiment, notes = experiment.changed(**UNSTOPPED), [*notes, NOT_STOPPED]
    return experiment, epochs_of(player), changes, " ".join(notes), edits


def _would_stop_before(player: Player) -> bool:
    """Whether early stopping, as set now, would have stopped the run before its end, judged by what is on record."""
    trainer, patience = player.trainer, player.trainer.stopping.patience
    tests = player.test_losses.up_to(trainer.epoch)
    for epochs, losses, limit, share in (
        (trainer.history.epochs, trainer.history.losses, patience.stall_epochs, patience.stall_share),
        (tests[:, 0], tests[:, 1], patience.patience, 0.0),
    ):
        wait = Wait(math.inf, 0, 0)
        for epoch, loss in zip(epochs.tolist(), losses.tolist(), strict=True) if limit else ():
            wait = wait.after(int(epoch), loss, share)
            if limit <= epoch - wait.epoch and epoch < trainer.epoch:
                return True
    return False


def _repeats_edits(player: Player) -> bool:
    """Whether a script sets the parameters that were set by hand: only in the run that it was."""
    changes, _ = player.recording.as_trained(player.experiment)
    return can_repeat(changes) and can_repeat_edits(player.recording.edits_so_far)


def prediction_script_of(player: Player) -> str:
    """The present network as a script."""
    trainer = player.trainer
    if trainer.diverged:
        note = (
            f"The training diverged in the step to epoch {trainer.diverged.epoch:,}: these are the weights of epoch "
            f"{trainer.epoch:,}, the last finite ones."
        )
    elif trainer.epoch == 0:
        note = "The network is not trained: these are the weights of epoch 0."
    else:
        note = ""
    return prediction_script(player.experiment, trainer.network, note)


def repeats(player: Player) -> str:
    """What a script repeats of the run, in a few words."""
    count, (changes, _) = epochs_of(player), player.recording.as_trained(player.experiment)
    epochs = f"{count:,} epoch{'s' * (count > 1)}"
    if player.trainer.epoch == 0:
        return "which is not trained yet: the same start, and one epoch"
    edited = player.recording.edited_since
    if edited is not None and not _repeats_edits(player):
        return f"but for the weights that were set by hand, from epoch {edited:,} on: it says so"
    if not can_repeat(changes):
        return "with its last settings from the start, not as they were changed on the way: it says so"
    if changes or edited is not None:
        by_hand = " and of its weights by hand" if edited is not None else ""
        return (
            f"with every change of its settings{by_hand}: the same start, {epochs}, the same losses. "
            "It is longer for that"
        )
    return f"the same start, {epochs}, the same losses"


def _notes(player: Player) -> list[str]:
    trainer, edited = player.trainer, player.recording.edited_since
    notes = []
    if trainer.epoch == 0:
        notes.append("The run was not trained yet when it was exported: this script trains one epoch.")
    if trainer.diverged:
        notes.append(
            f"The run diverged: in the step to epoch {trainer.diverged.epoch:,}, "
            f"{trainer.diverged.quantity.in_words} was no longer finite. This script ends before that step."
        )
    if edited is not None and not _repeats_edits(player):
        notes.append(
            f"Parameters were set by hand at epoch {edited:,}, which this script does not repeat: from there on the "
            "losses of the run were others."
        )
    return notes


def _unrepeated(changes: list[Change]) -> str:
    epochs = ", ".join(f"{change.epoch:,}" for change in changes)
    return (
        f"The run was changed on the way, or went on after it diverged, at epoch {epochs}. This script does not repeat "
        "that: an epoch that diverged drew random numbers up to the step that failed, and which step that was is not "
        "on record. It trains with the last settings from the start, and its losses are not those of the run."
    )
