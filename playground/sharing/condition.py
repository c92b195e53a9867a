"""What is to be said of a run wherever it is taken out of the page: that it is not trained, or that it diverged."""

from playground.player import Player


def condition_of(player: Player) -> str:
    """A sentence; "" for a run that was trained and did not diverge."""
    trainer = player.trainer
    if trainer.diverged:
        return (
            f"The training diverged in the step to epoch {trainer.diverged.epoch:,}: this is epoch "
            f"{trainer.epoch:,}, the last finite one."
        )
    return "" if trainer.epoch else "The network is not trained: this is epoch 0."
