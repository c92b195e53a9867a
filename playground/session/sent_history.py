"""What the browser has of a run, by its own account: the next answer brings the rest."""

from typing import NamedTuple

import numpy as np

from nn.history import LossHistory
from playground.player import Player


class Held(NamedTuple):
    """What a browser says that it has.

    Attributes:
        run_id: of the run whose charts it has; None for none.
        lineage: which past it has; 0 for none.
        until: up to which epoch it has all of that; -1 for none.
    """

    run_id: int | None = None
    lineage: int = 0
    until: int = -1


def held_by(request: object) -> Held:
    """What a Request says (playground/components/contract.py); nothing if it is anything else than one."""
    numbers = request if isinstance(request, dict) else {}
    run_id, lineage, until = (numbers.get(name) for name in Held._fields)
    run_id = run_id if type(run_id) is int else None
    if type(lineage) is not int or type(until) is not int:
        return Held(run_id)
    return Held(run_id, lineage, max(until, -1))


class Continuation(NamedTuple):
    """What an answer continues.

    Attributes:
        lineage: another number where the past was changed, and not only continued.
        after: the epoch up to which the browser has that past; -1 where it has none of it.
        origin: another lineage whose past is the same up to there, as after a run went back; None if there is none.
    """

    lineage: int
    after: int
    origin: int | None = None


class SentHistory:
    """Finds what an answer continues. One may be lost on the way, so only what was confirmed counts as sent.

    Attributes:
        held: what the browser has confirmed.
        answers: how many it was sent.
    """

    def __init__(self) -> None:
        self.held, self.answers = Held(), 0
        self._lineage = 0
        self._past: tuple[int, LossHistory, int] | None = None
        self._origin: tuple[int, int] | None = None  # a lineage, and the epoch up to which this one is the same

    def continuation(self, player: Player) -> Continuation:
        """What the next answer continues: a run's record only grows, until its past changes."""
        run_id, history, version = player.run_id, player.trainer.history, player.test_losses.version
        past, before = (run_id, history, version), self._past
        if before is None or before[1] is not history or (before[0], before[2]) != (run_id, version):
            has_same = before is not None and before[0] == run_id and not player.problem.test_samples.size
            self._origin = (self._lineage, last_in_common(before[1], history)) if before and has_same else None
            self._past = past
            self._lineage += 1
        held, epoch = self.held, player.trainer.epoch
        if held.lineage == self._lineage and held.until <= epoch:
            return Continuation(self._lineage, held.until)
        if self._origin is not None and held.lineage == self._origin[0]:
            return Continuation(self._lineage, min(held.until, epoch, self._origin[1]), held.lineage)
        return Continuation(self._lineage, -1)


def last_in_common(one: LossHistory, other: LossHistory) -> int:
    """The last epoch up to which two histories are the same to the bit; -1 if none is, or one is thinned out more."""
    if one.stride != other.stride:
        return -1
    both = min(len(one.epochs), len(other.epochs))
    rows = [np.vstack([each.epochs, each.losses, each.objectives])[:, :both] for each in (one, other)]
    same = ((rows[0] == rows[1]) | (np.isnan(rows[0]) & np.isnan(rows[1]))).all(axis=0)
    count = both if same.all() else int(np.argmin(same))
    return int(one.epochs[count - 1]) if count else -1
