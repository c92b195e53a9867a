"""What the browser has of a run, by its own account: the next answer brings the rest."""

from typing import NamedTuple

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
    """

    lineage: int
    after: int


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

    def continuation(self, player: Player) -> Continuation:
        """What the next answer continues: what was recorded of a run stays, and more comes, until its past changes."""
        run_id, history, version = player.run_id, player.trainer.history, player.test_losses.version
        if self._past is None or self._past[1] is not history or (self._past[0], self._past[2]) != (run_id, version):
            self._past = run_id, history, version
            self._lineage += 1
        is_known = self.held.lineage == self._lineage and self.held.until <= player.trainer.epoch
        return Continuation(self._lineage, self.held.until if is_known else -1)
