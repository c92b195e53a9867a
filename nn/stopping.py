"""Early stopping: training ends once a loss has not improved for so many epochs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from nn.checks import real_number, whole_number
from nn.loss_types import Loss

if TYPE_CHECKING:
    from nn.network import NeuralNetwork

Reason = Literal["test_loss", "loss"]


@dataclass(frozen=True)
class Patience:
    """How long training waits for a better loss.

    Args:
        patience: epochs without a lower test loss after which it stops; 0 waits for ever.
        stall_epochs: epochs without progress of the training loss after which it stops; 0 waits for ever.
        stall_share: what counts as progress: a loss that is lower by more than this share, from 0 to below 1.

    Raises:
        ValueError: a number out of its range.
    """

    patience: int = 0
    stall_epochs: int = 0
    stall_share: float = 0.0

    def __post_init__(self) -> None:
        whole_number(self.patience, "patience", least=0)
        whole_number(self.stall_epochs, "stall_epochs", least=0)
        real_number(self.stall_share, "stall_share", below=1)


class Wait(NamedTuple):
    """A wait for a better loss.

    Attributes:
        loss, epoch: the last loss that was lower by enough, and its epoch.
        began: the epoch from which the losses are followed.
    """

    loss: float
    epoch: int
    began: int

    def after(self, epoch: int, loss: float, share: float = 0.0) -> Wait:
        """The wait after an epoch: it begins again where the loss is below (1 - share) times the last better one."""
        return Wait(loss, epoch, self.began) if loss < (1 - share) * self.loss else self


class Waits(NamedTuple):
    """What is waited for: a lower test loss, and a training loss lower by a share. None for what is not."""

    test: Wait | None = None
    training: Wait | None = None

    @property
    def began(self) -> int:
        """The epoch from which all of it is followed."""
        return max((wait.began for wait in self if wait), default=0)


class EarlyStopping:
    """Follows the losses of a training, epoch by epoch. When it stops depends on these alone.

    Args:
        network, loss: of the training.
        Xs, Ys: the test set, (inputs, k) and (outputs, k); without examples nothing is waited for there.
        patience: how long to wait; when None, it waits for nothing.

    Attributes:
        patience: may be set at any time between epochs; waits that have begun go on.
        waits: the waits that have begun.
        on_lower: called with each test loss that is the lowest so far, when its epoch is done.
    """

    def __init__(
        self,
        network: NeuralNetwork,
        loss: Loss,
        Xs: npt.ArrayLike,
        Ys: npt.ArrayLike,
        patience: Patience | None = None,
    ) -> None:
        self._network, self._loss = network, loss
        self._Xs, self._Ys = np.asarray(Xs), np.asarray(Ys)
        self.patience, self.waits = patience or Patience(), Waits()
        self.on_lower: Callable[[float], None] | None = None

    @property
    def is_on(self) -> bool:
        """Whether anything is waited for."""
        return self._tests or self.patience.stall_epochs > 0

    def begin(self, epoch: int, loss: float) -> bool:
        """Begins to wait at an epoch for what is not waited for yet; returns whether training has to stop there."""
        test, training = self.waits
        if (test is None) == self._tests or (training is None) == (self.patience.stall_epochs > 0):
            return self.follow(epoch, loss)
        return self.reason(epoch) is not None

    def follow(self, epoch: int, loss: float) -> bool:
        """Takes the training loss of an epoch, measures the test loss, and returns whether training is to stop."""
        test, training = self.waits
        if self._tests:
            test = (test or Wait(np.inf, epoch, epoch)).after(epoch, self._measure())
        if self.patience.stall_epochs:
            training = (training or Wait(np.inf, epoch, epoch)).after(epoch, loss, self.patience.stall_share)
        self.waits = Waits(test if self._tests else None, training if self.patience.stall_epochs else None)
        if self._tests and test is not None and test.epoch == epoch and self.on_lower is not None:
            self.on_lower(test.loss)
        return self.reason(epoch) is not None

    @property
    def _tests(self) -> bool:
        return self.patience.patience > 0 and self._Xs.size > 0

    def reason(self, epoch: int) -> Reason | None:
        """Which loss has not improved for long enough at an epoch that was followed; None while there is none."""
        test, training = self.waits
        if test and 0 < self.patience.patience <= epoch - test.epoch:
            return "test_loss"
        if training and 0 < self.patience.stall_epochs <= epoch - training.epoch:
            return "loss"
        return None

    def _measure(self) -> float:
        with np.errstate(all="ignore"):
            A = self._network.evaluate(self._Xs)[-1]
            return float(self._loss.measure(A, self._network.layers[-1].g, self._Ys))
