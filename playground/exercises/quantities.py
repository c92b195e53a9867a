"""What the goal of an exercise may be about: the numbers of a run, by the names that a link has for them."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn.registry import Registry
from playground.player import Frame, Player
from playground.problems.problem import accuracy_of


@dataclass(frozen=True)
class Quantity:
    """A number of a run.

    Args:
        name: in links.
        label: on the page.
        of: its value at a frame of a player; None where it has none. It takes microseconds.
        low, high: between which a goal can ask for it.
        every_epoch: whether it is known of every epoch on record, and not only of frames.
        moves: whether training changes it.
    """

    name: str
    label: str
    of: Callable[[Player, Frame], float | None]
    low: float = 0.0
    high: float = math.inf
    every_epoch: bool = True
    moves: bool = False


def _accuracy(place: int) -> Callable[[Player, Frame], float | None]:
    """The accuracy on the training points (0) or the test points (1)."""

    def of(_: Player, frame: Frame) -> float | None:
        if frame.confusion is None or not np.any(frame.confusion[place]):
            return None
        return accuracy_of(frame.confusion[place])

    return of


def _hidden_units(player: Player, _: Frame) -> float:
    return float(sum(player.experiment.layers))


QUANTITIES = Registry(
    "quantity",
    (
        Quantity("loss", "Loss", lambda _, frame: frame.loss, moves=True),
        Quantity("test_loss", "Test loss", lambda _, frame: frame.test_loss, every_epoch=False, moves=True),
        Quantity("accuracy", "Accuracy", _accuracy(0), high=1.0, every_epoch=False, moves=True),
        Quantity("test_accuracy", "Test accuracy", _accuracy(1), high=1.0, every_epoch=False, moves=True),
        Quantity("epoch", "Epoch", lambda _, frame: frame.epoch, moves=True),
        Quantity("layers", "Hidden layers", lambda player, _: len(player.experiment.layers)),
        Quantity("units", "Hidden units", _hidden_units),
        Quantity("parameters", "Weights and biases", lambda player, _: player.trainer.network.parameters.size),
        Quantity("features", "Inputs of the network", lambda player, _: player.problem.n_features),
        Quantity("points", "Training points", lambda player, _: player.problem.samples.shape[1]),
        Quantity("learning_rate", "Learning rate", lambda player, _: player.experiment.learning_rate),
        Quantity("diverged", "Training diverged", lambda player, _: float(bool(player.trainer.diverged)), high=1.0),
    ),
)
