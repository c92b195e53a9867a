"""Runs as tests need them: with and without a player, after some epochs, frames or ticks, or to their end."""

from playground.experiment import Experiment, Start
from playground.player import Frame, Player

MAX_TICKS = 500


def trained(epochs: int, **changes) -> Start:
    """The problem and trainer of the default experiment with some changes, trained without a player."""
    start = Experiment(**changes).start()
    start.trainer.train(epochs)
    return start


def played(ticks: int = 3, **changes) -> Player:
    """A player of the default experiment with some changes, paused after so many ticks."""
    player = Player(Experiment(**changes))
    player.play()
    for _ in range(ticks - 1):
        player.tick()
    player.pause()
    return player


def stepped(frames: int = 3, **changes) -> Player:
    """A player of the default experiment with some changes, after so many single frames."""
    player = Player(Experiment(**changes))
    for _ in range(frames):
        player.train_one_frame()
    return player


def diverged(**changes) -> Player:
    """A player whose training has diverged."""
    player = Player(Experiment(**changes))
    play_to_end(player)
    assert player.trainer.diverged
    return player


def play_to_end(player: Player) -> list[Frame]:
    """Plays until it stops by itself, which it must; returns all frames."""
    player.play()
    frames = list(player.frames)
    for _ in range(MAX_TICKS):
        if not player.playing:
            return frames
        player.tick()
        frames += player.frames
    raise AssertionError(f"It still plays after {MAX_TICKS} ticks, at epoch {player.trainer.epoch}.")
