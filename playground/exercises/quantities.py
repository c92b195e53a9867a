"""What the goal of an exercise may be about: the numbers of a run, by the names that a link has for them."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn.registry import Registry
from playground.exercises.measured import Measured
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
        measured: the measure that it is; None for what is none.
    """

    name: str
    label: str
    of: Callable[[Player, Frame], float | None]
    low: float = 0.0
    high: float = math.inf
    every_epoch: bool = True
    moves: bool = False
    measured: Measured | None = None


def _accuracy(place: int) -> Callable[[Player, Frame], float | None]:
    """The accuracy on the training points (0) or the test points (1)."""

    def of(_: Player, frame: Frame) -> float | None:
        if frame.confusion is None or not np.any(frame.confusion[place]):
            return None
        return accuracy_of(frame.confusion[place])

    return of


def _measure(name: str, label: str, low: float = 0.0, high: float = math.inf) -> Quantity:
    """A measure, as Measured has it: of the test points where its name says so."""
    measured = Measured(name.removeprefix("test_"), on_test=name.startswith("test_"))
    return Quantity(name, label, measured.of, low, high, every_epoch=False, moves=True, measured=measured)


def _hidden_units(player: Player, _: Frame) -> float:
    return float(sum(player.experiment.layers))


QUANTITIES = Registry(
    "quantity",
    (
        Quantity("loss", "Loss", lambda _, frame: frame.loss, moves=True),
        Quantity("test_loss", "Test loss", lambda _, frame: frame.test_loss, every_epoch=False, moves=True),
        Quantity("accuracy", "Accuracy", _accuracy(0), high=1.0, every_epoch=False, moves=True),
        Quantity("test_accuracy", "Test accuracy", _accuracy(1), high=1.0, every_epoch=False, moves=True),
        _measure("r2", "R²", low=-math.inf, high=1.0),
        _measure("test_r2", "Test R²", low=-math.inf, high=1.0),
        _measure("rmse", "RMSE"),
        _measure("test_rmse", "Test RMSE"),
        _measure("mae", "MAE"),
        _measure("test_mae", "Test MAE"),
        _measure("precision", "Lowest precision", high=1.0),
        _measure("test_precision", "Lowest test precision", high=1.0),
        _measure("recall", "Lowest recall", high=1.0),
        _measure("test_recall", "Lowest test recall", high=1.0),
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
