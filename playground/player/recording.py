"""The recording of a run: checkpoints to go back to, dense early and thinner later, in bounded memory."""

from collections.abc import Iterable

from nn import Trainer
from nn.checkpoint import Checkpoint
from nn.history import EVERY_SECOND
from playground.experiment import Experiment
from playground.player.changes import Change, up_to, with_change
from playground.player.editing import Edit
from playground.player.past import Gap, Past, SavedRun
from playground.player.recorded import Lowest, Present, Recorded
from playground.player.series import Measurement
from playground.units_off import written_units

MAX_BYTES = 16 * 2**20  # of memory, for the checkpoints of a run
GROWTH = 1.04  # of the epoch from one recorded checkpoint to the next


class Recording:
    """Records checkpoints of a Trainer, and takes it back to them.

    After going back, the later checkpoints stay until `branch` makes the one that is shown the present.

    Attributes:
        edits: the parameters set by hand, at rising epochs.
        changes: of the settings on the way to the end of the run, at rising epochs.
        lowest: the Lowest; None without test points.
        gap: where moments are missing; None where they are all there.
    """

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self.edits: list[Edit] = []
        self.changes: list[Change] = []
        self._growth = GROWTH
        self._recorded = [trainer.checkpoint()]
        self._bytes = self._recorded[0].bytes
        self.lowest: Lowest | None = None
        self._present: Present | None = None  # while an earlier checkpoint is shown
        self._past: Past | None = None  # of a saved run, as long as nobody has wanted it
        self.gap: Gap | None = None

    @property
    def at_present(self) -> bool:
        """Whether the trainer is at the end of the run, not at an earlier checkpoint."""
        return self._present is None

    @property
    def start(self) -> Checkpoint:
        """The start of the run, as it was set by hand if it was."""
        return self._recorded[0]

    @property
    def epochs(self) -> list[int]:
        """The epochs of the moments that can be gone to, rising."""
        past = self._past.epochs if self._past else ()
        return sorted({*past, *(checkpoint.epoch for checkpoint in self._at_hand)})

    @property
    def checkpoints(self) -> list[Checkpoint]:
        """The checkpoints at rising epochs; the start and the end of the run are always among them.

        The last is the end as it is now: a checkpoint recorded at the same epoch may precede a divergence. Those of a
        saved run are computed when they are wanted first.
        """
        if self._past is not None:
            self._recall(self._past)
        return self._at_hand

    @property
    def _at_hand(self) -> list[Checkpoint]:
        last = self._present.checkpoint if self._present else self._trainer.checkpoint()
        found = {checkpoint.epoch: checkpoint for checkpoint in self._recorded if checkpoint.epoch < last.epoch}
        if self.lowest and self.lowest.checkpoint.epoch < last.epoch:
            found.setdefault(self.lowest.checkpoint.epoch, self.lowest.checkpoint)
        return [*(found[epoch] for epoch in sorted(found)), last]

    def open(self, saved: SavedRun) -> None:
        """Takes up a saved run, with the trainer at its end."""
        for checkpoint in saved.checkpoints:
            self._trainer.restore(checkpoint, saved.history)
            self.record()
        self.edits, self.changes = list(saved.edits), list(saved.changes)
        past = Past.of(saved)
        self._past = past if past.epochs else None
        self.gap = Gap(self._trainer.epoch, past.missing) if past.missing else None

    def _recall(self, past: Past) -> None:
        self._past = None
        found, missing = past.checkpoints()
        if missing:
            self.gap = Gap(past.saved.checkpoints[-1].epoch, missing)
        here = {checkpoint.epoch: checkpoint for checkpoint in [*found, *self._recorded]}
        self._recorded = [here[epoch] for epoch in sorted(here)]
        self._bytes = sum(checkpoint.bytes for checkpoint in self._recorded)
        self._thin()

    @property
    def best(self) -> Checkpoint:
        """The checkpoint with the lowest loss."""
        return min(self.checkpoints, key=lambda checkpoint: checkpoint.loss)

    @property
    def state(self) -> Recorded:
        """What is recorded so far, to go back to with `restore`."""
        lists = tuple(self._recorded), tuple(self.edits), tuple(self.changes)
        return Recorded(*lists, self._bytes, self._growth, self.lowest, self._past)

    def restore(self, state: Recorded) -> None:
        """Goes back to a state, at the end of the run; the trainer has gone there already."""
        self._recorded, self.edits = list(state.checkpoints), list(state.edits)
        self.changes = list(state.changes)
        self._bytes, self._growth, self.lowest, self._past = state.bytes, state.growth, state.lowest, state.past
        self._present = None

    def record_if_due(self) -> None:
        """Records a checkpoint if the last one is far enough back."""
        if self._trainer.epoch >= self._recorded[-1].epoch * self._growth + 1:
            self._add(self._trainer.checkpoint())

    def note_test_loss(self, test_loss: float | None) -> None:
        """Records a checkpoint where the test loss, measured at the present epoch, is the lowest so far."""
        if test_loss is not None and (self.lowest is None or test_loss < self.lowest.test_loss):
            self.lowest = Lowest(self._trainer.checkpoint(), test_loss)

    def find_lowest(self, measured: Iterable[Measurement]) -> None:
        """Finds the lowest test loss anew, among the moments on record, after some of them have gone or changed."""
        losses, before, self.lowest = dict(measured), self.lowest, None
        if before and before.checkpoint.epoch < self._trainer.epoch:
            losses[before.checkpoint.epoch] = before.test_loss  # the series is thinned
            self.lowest = before
        for checkpoint in self._at_hand:
            loss = losses.get(checkpoint.epoch)
            if loss is not None and (self.lowest is None or loss < self.lowest.test_loss):
                self.lowest = Lowest(checkpoint, loss)

    def record(self) -> None:
        """Records a checkpoint in any case; it replaces one of the same epoch, after something was changed there."""
        if self._recorded[-1].epoch == self._trainer.epoch:
            self._bytes -= self._recorded.pop().bytes
        self._add(self._trainer.checkpoint())

    def go_to(self, epoch: int) -> None:
        """Takes the trainer to the checkpoint of an epoch.

        Raises:
            ValueError: if no checkpoint was recorded at this epoch.
        """
        checkpoint = next((each for each in self._at_hand if each.epoch == epoch), None)
        checkpoint = checkpoint or next((each for each in self.checkpoints if each.epoch == epoch), None)
        if checkpoint is None:
            why = f" Of the moments {self.gap.words}." if self.gap else ""
            raise ValueError(f"There is no recorded checkpoint at epoch {epoch!r}.{why}")
        if self._present is None:
            self._present = Present(self._trainer.checkpoint(), self._trainer.history)
        self._trainer.restore(checkpoint, self._present.history)

    def branch(self, experiment: Experiment) -> None:
        """Makes the checkpoint that is shown the present, from where `experiment` trains, and drops what came after."""
        if self._present:
            epoch = self._trainer.epoch
            self._recorded = [checkpoint for checkpoint in self._recorded if checkpoint.epoch <= epoch]
            self._bytes = sum(checkpoint.bytes for checkpoint in self._recorded)
            self.edits = [edit for edit in self.edits if edit.epoch <= epoch]
            self.changes = up_to(self.changes, epoch, experiment)
            self._present, self._past = None, self._past and self._past.up_to(epoch)
            self.gap = self.gap if self.gap and self.gap.before < epoch else None
            self.record()

    def note_edit(self, index: int, before: float, repeats: bool) -> None:
        """Notes that a parameter was set by hand, and whether its value alone repeats that.

        Repeated edits of one parameter at one epoch count as one.
        """
        after = float(self._trainer.network.parameters[index]) if repeats else None
        edit = Edit(self._trainer.epoch, index, before, after)
        if self.edits and self.edits[-1][:2] == edit[:2]:
            last = self.edits.pop()
            edit = last._replace(after=None if last.after is None else after)
        self.edits.append(edit)

    @property
    def edits_so_far(self) -> list[Edit]:
        """The edits by hand up to the present epoch."""
        return [edit for edit in self.edits if edit.epoch <= self._trainer.epoch]

    def note_change(self, before: Experiment, after: Experiment) -> None:
        """Notes that the run trained as `before` up to its end, and trains as `after` from there on."""
        end: Checkpoint | Trainer = self._trainer
        if self._present:  # at a moment with other units off than at the end, perhaps
            end = self._present.checkpoint
            off = written_units(end.off)
            before, after = before.changed(off=off), after.changed(off=off)
        self.changes = with_change(self.changes, Change(end.epoch, before, end.diverged is not None), after)

    def note_going_on(self, experiment: Experiment) -> None:
        """Notes that the run had diverged at the present epoch, and goes on with an optimizer without state."""
        change = Change(self._trainer.epoch, experiment, diverged=True)
        self.changes = with_change(self.changes_up_to(experiment), change, experiment)

    def changes_up_to(self, experiment: Experiment) -> list[Change]:
        """The changes of the settings up to the present epoch, if `experiment` trains on from there."""
        return up_to(self.changes, self._trainer.epoch, experiment) if self._present else self.changes

    def as_trained(self, experiment: Experiment) -> tuple[list[Change], Experiment]:
        """The changes of the settings before the present epoch, and how the run trained from the last of them on.

        Args:
            experiment: how it would train on. What was changed at the present epoch has not trained yet.
        """
        changes, epoch = self.changes_up_to(experiment), self._trainer.epoch
        before = [change for change in changes if change.epoch < epoch]
        return before, changes[len(before)].before if len(before) < len(changes) else experiment

    @property
    def can_undo(self) -> bool:
        """Whether the last edit was made at the present epoch."""
        return bool(self.edits) and self.edits[-1].epoch == self._trainer.epoch

    @property
    def edited_since(self) -> int | None:
        """The epoch of the first edit by hand up to here; None if there is none."""
        return self.edits[0].epoch if self.edits and self.edits[0].epoch <= self._trainer.epoch else None

    def _add(self, checkpoint: Checkpoint) -> None:
        self._recorded.append(checkpoint)
        self._bytes += checkpoint.bytes
        self._thin()

    def _thin(self) -> None:
        while self._bytes > MAX_BYTES and len(self._recorded) > 1:
            self._recorded = self._recorded[EVERY_SECOND]
            self._bytes = sum(checkpoint.bytes for checkpoint in self._recorded)
            self._growth **= 2
