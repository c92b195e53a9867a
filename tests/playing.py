"""A run as several test files want it: played a little, and paused."""

from playground.experiment import Experiment
from playground.player import Player


def played(ticks=3, **changes):
    """A Player of an Experiment with some changes, after so many ticks."""
    player = Player(Experiment(**changes))
    player.play()
    for _ in range(ticks - 1):
        player.tick()
    player.pause()
    return player
