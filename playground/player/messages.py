"""What there is to say to the visitor about a run."""

from typing import NamedTuple


class Message(NamedTuple):
    """What there is to say to the visitor, and how urgently: "info", "success", "warning" or "error"."""

    kind: str
    text: str


def finished(trainer, experiment):
    """Why there is nothing left to train, as a Message; None while there is."""
    if trainer.diverged:
        epoch, quantity = trainer.diverged
        what = "the loss" if quantity == "loss" else quantity
        return Message(
            "error",
            f"Training diverged: in the step to epoch {epoch:,}, {what} left the finite numbers. The charts show "
            f"the last finite state, epoch {trainer.epoch:,}. Lower the learning rate, or press Reset.",
        )
    if trainer.loss < experiment.target_loss:
        return Message("success", f"The loss is below {experiment.target_loss:g}, at epoch {trainer.epoch:,}.")
    if trainer.epoch >= experiment.max_epochs:
        return Message("success", f"{trainer.epoch:,} epochs are done. Raise the limit under Stop conditions to go on.")
    return None
