"""The recording of a run: moments to go back to, dense early and thinner later, in bounded memory."""

from typing import NamedTuple

MEMORY = 16 * 2**20  # bytes that the moments of a run may take
GROWTH = 1.04  # of the epoch from one recorded moment to the next


class Edit(NamedTuple):
    """A parameter set by hand: at which epoch, which of the flat parameters, and what it was before."""

    epoch: int
    place: int
    before: float


class Recording:
    """Records a Trainer's moments, and takes it back to them.

    What is later than a moment gone back to stays, until `go_on` makes that moment the present.

    Attributes:
        edits: what was changed by hand, a list of Edit, rising in epoch.
    """

    def __init__(self, trainer):
        self._trainer = trainer
        self.edits = []
        self._growth = GROWTH
        self._kept = [trainer.checkpoint()]
        self._bytes = self._kept[0].bytes
        self._end = None  # (moment, history) of the present, while an earlier moment is looked at

    @property
    def at_present(self):
        """Whether the trainer stands at the end of the run, and not at an earlier moment of it."""
        return self._end is None

    @property
    def checkpoints(self):
        """Moments, rising in epoch, the first and the last of the run always among them.

        The last is the end of the run as it stands: what was recorded of its epoch may not have known a divergence.
        """
        last = self._end[0] if self._end else self._trainer.checkpoint()
        return [*(moment for moment in self._kept if moment.epoch < last.epoch), last]

    def record_if_due(self):
        """Records the present if the last recorded moment is far enough back."""
        if self._trainer.epoch >= self._kept[-1].epoch * self._growth + 1:
            self._add(self._trainer.checkpoint())

    def record(self):
        """Records the present in any case, instead of what was recorded of its epoch: something was changed here."""
        if self._kept[-1].epoch == self._trainer.epoch:
            self._bytes -= self._kept.pop().bytes
        self._add(self._trainer.checkpoint())

    def go_to(self, epoch):
        """Takes the trainer to the recorded moment of an epoch.

        Raises:
            ValueError: when there is no such moment.
        """
        moment = next((moment for moment in self.checkpoints if moment.epoch == epoch), None)
        if moment is None:
            raise ValueError(f"There is no recorded moment at epoch {epoch!r}.")
        if self._end is None:
            self._end = self._trainer.checkpoint(), self._trainer.history
        self._trainer.restore(moment, self._end[1])

    def branch(self):
        """Makes the moment that is looked at the present: what was recorded after it is past."""
        if self._end:
            self._kept = [moment for moment in self._kept if moment.epoch <= self._trainer.epoch]
            self._bytes = sum(moment.bytes for moment in self._kept)
            self.edits = [edit for edit in self.edits if edit.epoch <= self._trainer.epoch]
            self._end = None
            self.record()

    def note_edit(self, place, before):
        """Notes that a parameter was set by hand; of one parameter in a row, at one epoch, only the first `before`."""
        edit = Edit(self._trainer.epoch, place, before)
        if not self.edits or self.edits[-1][:2] != edit[:2]:
            self.edits.append(edit)

    @property
    def can_undo(self):
        """Whether the last edit is one of this very epoch."""
        return bool(self.edits) and self.edits[-1].epoch == self._trainer.epoch

    @property
    def edited_since(self):
        """The epoch from which on the run is one that was changed by hand; None where it is not."""
        return self.edits[0].epoch if self.edits and self.edits[0].epoch <= self._trainer.epoch else None

    def _add(self, moment):
        self._kept.append(moment)
        self._bytes += moment.bytes
        if self._bytes > MEMORY:
            del self._kept[1::2]
            self._bytes = sum(moment.bytes for moment in self._kept)
            self._growth **= 2
