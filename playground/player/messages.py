"""Messages to the visitor about a run."""

from typing import Literal, NamedTuple

from nn import Trainer
from nn.stopping import Reason
from playground.experiment import Experiment


class Message(NamedTuple):
    """A message to the visitor, and how urgent it is."""

    kind: Literal["info", "success", "warning", "error"]
    text: str


RESTARTED = Message("info", "The network or the data changed: the run starts again at epoch 0.")


def finished(trainer: Trainer, experiment: Experiment) -> Message | None:
    """Why training cannot go on; None while it can."""
    if trainer.diverged:
        epoch, quantity = trainer.diverged
        return Message(
            "error",
            f"Training diverged: in the step to epoch {epoch:,}, {quantity.in_words} was no longer finite. The charts "
            f"show the last finite state, epoch {trainer.epoch:,}. Lower the learning rate, or press Reset.",
        )
    if trainer.loss < experiment.target_loss:
        return Message("success", f"The loss is below {experiment.target_loss:g}, at epoch {trainer.epoch:,}.")
    reason = trainer.stopping.reason(trainer.epoch)
    if reason is not None:
        return Message("success", _waited(trainer, experiment, reason))
    if trainer.epoch >= experiment.max_epochs:
        return Message(
            "success", f"{trainer.epoch:,} epochs are done. To continue, raise the limit under Stop conditions."
        )
    return None


def _waited(trainer: Trainer, experiment: Experiment, reason: Reason) -> str:
    """That training has waited long enough for a better loss."""
    waits = trainer.stopping.waits
    wait = waits.test if reason == "test_loss" else waits.training
    assert wait is not None, "training waits for what it stops for"
    return (
        f"Stopped at epoch {trainer.epoch:,}: {waited_for(reason, experiment)} than at epoch {wait.epoch:,}, "
        f"{wait.loss:.4g}. To continue, raise the limit under Stop conditions."
    )


def waited_for(reason: Reason, experiment: Experiment) -> str:
    """Why an experiment has stopped early, as "for 50 epochs the test loss has not been lower"."""
    if reason == "test_loss":
        return f"for {experiment.patience:,} epochs the test loss has not been lower"
    share = f" by more than {100 * experiment.stall_share:g} %" if experiment.stall_share else ""
    return f"for {experiment.stall_epochs:,} epochs the loss has not been lower{share}"
