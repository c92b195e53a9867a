"""The past of a run that was saved with its start and its end: its moments are trained once more, to the last bit.

They are computed when the first of them is wanted, so only those who look back have to wait.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np

from nn import Trainer
from nn.checkpoint import Checkpoint
from nn.history import LossHistory
from nn.stopping import Patience
from playground.experiment import Experiment
from playground.player.changes import Change
from playground.player.editing import Edit, set_parameter
from playground.player.following import follow
from playground.player.series import Measurement
from playground.player.turn import TURNS, computing_time

MAX_SECONDS = 3.0  # of training that is repeated
EPOCHS_AT_ONCE = 64  # between two looks at the clock
FOR_EVER = 10**9  # epochs that training waits
TOO_LONG = "later ones are not there: training to them once more would take too long"
NOT_REPEATED = "others are not there: how a weight was set by hand is not on record"
NOT_KNOWN = "later ones are not there: how the run diverged, and went on, is not on record"
NOT_KEPT = "others are not there: the saved run does not have them"
OTHER_BITS = "others are not there: this machine computes the run with other last digits"


class SavedRun(Protocol):
    """What a saved run holds: its start and its end, and what was recorded up to there."""

    @property
    def experiment(self) -> Experiment: ...
    @property
    def checkpoints(self) -> Sequence[Checkpoint]: ...
    @property
    def history(self) -> LossHistory: ...
    @property
    def test_losses(self) -> Iterable[Measurement]: ...
    @property
    def clock(self) -> Iterable[Measurement]: ...
    @property
    def edits(self) -> Iterable[Edit]: ...
    @property
    def changes(self) -> Iterable[Change]: ...
    @property
    def moments(self) -> Iterable[int] | None: ...


class Gap(NamedTuple):
    """Moments before an epoch are missing, for what is said in words after "moment 2 of 5;"."""

    before: int
    words: str


class LostError(Exception):
    """The moments cannot be computed again; the message says why."""


@dataclass(frozen=True)
class Past:
    """The moments between the start and the end of a saved run.

    Attributes:
        saved: the run.
        epochs: of its moments, rising; those that can be computed.
        missing: why there are no others, in words as in Gap; "" if all are there.
    """

    saved: SavedRun
    epochs: tuple[int, ...]
    missing: str = ""

    @classmethod
    def of(cls, saved: SavedRun) -> "Past":
        """The past of a saved run: those of its moments that can be computed in MAX_SECONDS."""
        epochs, missing = list(saved.moments or ()), ""
        if saved.moments is None and saved.checkpoints[-1].epoch:
            missing = NOT_KEPT
        clock = np.array([(0, 0.0), *saved.clock], float)
        near = [epoch for epoch in epochs if np.interp(epoch, clock[:, 0], clock[:, 1]) <= MAX_SECONDS]
        if len(near) < len(epochs):
            epochs, missing = near, TOO_LONG
        unknown = next((edit.epoch for edit in saved.edits if edit.after is None and edit.epoch > 0), None)
        if unknown is not None and any(epoch >= unknown for epoch in epochs):
            epochs, missing = [epoch for epoch in epochs if epoch < unknown], NOT_REPEATED
        return cls(saved, tuple(epochs), missing)

    def up_to(self, epoch: int) -> "Past":
        """The past of a run that goes on from one of its earlier epochs."""
        return replace(self, epochs=tuple(each for each in self.epochs if each <= epoch))

    def checkpoints(self) -> tuple[list[Checkpoint], str]:
        """The checkpoints at `epochs`, and what is missing of them, in words; "" if nothing is.

        There are none if the run has other losses when it is trained once more.
        """
        found: list[Checkpoint] = []
        try:
            with TURNS.one():
                rerun = _Rerun(self.saved)
                for checkpoint in rerun.checkpoints(self.epochs):
                    found.append(checkpoint)
        except LostError as error:
            return found, str(error)
        except ValueError:  # it has other losses, or none that is finite
            return [], OTHER_BITS
        return found, ""


class _Rerun:
    """Trains a saved run once more: with its changes of settings, and what was set by hand, at their epochs."""

    def __init__(self, saved: SavedRun) -> None:
        self._saved = saved
        self._changes = {change.epoch: change for change in saved.changes}
        befores = [*(change.before for change in saved.changes), saved.experiment]
        self._afters = dict(zip(self._changes, befores[1:], strict=True))
        self._experiment = befores[0]
        start, end = saved.checkpoints
        self._edits: dict[int, list[Edit]] = {}
        for edit in saved.edits:
            self._edits.setdefault(edit.epoch, []).append(edit)
        self._trainer: Trainer = self._experiment.changed(patience=0, stall_epochs=0).start().trainer
        self._trainer.restore(start, saved.history)
        self._trainer.optimizer = self._experiment.make_optimizer()
        self._waits_from = end.waits.began if any(end.waits) else None
        self._losses, self._checked = saved.history.losses, -1
        self._end = computing_time() + 2 * MAX_SECONDS

    def checkpoints(self, epochs: Sequence[int]) -> Iterator[Checkpoint]:
        """The checkpoints at some epochs, which rise."""
        wanted, last = set(epochs), epochs[-1]
        events = {*self._changes, *self._edits, self._waits_from or 0}
        for epoch in sorted(wanted | {event for event in events if event <= last}):
            self._train_to(epoch)
            self._act_at(epoch)
            self._check_losses()
            if epoch in wanted:
                yield self._trainer.checkpoint()

    def _train_to(self, epoch: int) -> None:
        trainer = self._trainer
        while trainer.epoch < epoch:
            self._check_time()
            if not trainer.train(min(EPOCHS_AT_ONCE, epoch - trainer.epoch)):
                raise ValueError(OTHER_BITS)

    def _act_at(self, epoch: int) -> None:
        """Does what was done at an epoch: the order of two acts makes no difference, except after a divergence."""
        trainer, change = self._trainer, self._changes.get(epoch)
        if change is not None:
            self._experiment = self._afters[epoch]
            if change.diverged:
                self._diverge(change.before)
            follow(trainer, self._experiment, change.before)
        for edit in self._edits.get(epoch, ()) if epoch else ():  # the start is saved as it was set
            self._check_time()
            if edit.after is not None:
                set_parameter(trainer, self._experiment, edit.parameter_index, edit.after)
        if epoch == self._waits_from:
            test, training = (FOR_EVER if wait else 0 for wait in self._saved.checkpoints[-1].waits)
            trainer.stopping.patience = Patience(test, training, self._saved.experiment.stall_share)

    def _diverge(self, before: Experiment) -> None:
        """Repeats a divergence: what remains of it is that random numbers were drawn, and that the optimizer is new."""
        if (before.batch_size or before.dropout) and self._trainer.train(1):
            raise LostError(NOT_KNOWN)
        self._trainer.optimizer = self._experiment.make_optimizer()

    def _check_time(self) -> None:
        TURNS.give_way()
        if computing_time() > self._end:
            raise LostError(TOO_LONG)

    def _check_losses(self) -> None:
        """Checks that the losses are those of the run, bit for bit, wherever both have them."""
        here = self._trainer.history.after(self._checked)[0]
        first = self._checked // self._trainer.history.stride + 1
        if not np.array_equal(self._losses[first : first + len(here)], here):
            raise ValueError(OTHER_BITS)
        self._checked = self._trainer.epoch
