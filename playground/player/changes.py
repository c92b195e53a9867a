"""Settings that were changed on the way: how a run trained up to each change, for descriptions and repetitions."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.experiment import CONTROLS, Experiment


class Change(NamedTuple):
    """The settings of training were changed.

    Attributes:
        epoch: at which epoch; above 0.
        before: how the run trained up to there.
        diverged: whether training had diverged there, so that the optimizer began again.
    """

    epoch: int
    before: Experiment
    diverged: bool = False


def with_change(changes: Sequence[Change], change: Change, after: Experiment) -> list[Change]:
    """The changes of a run, at rising epochs, with one more at its end.

    Several at one epoch count as one, and none where the run trains on as it did.
    """
    kept = [each for each in changes if each.epoch < change.epoch]
    if len(kept) < len(changes):
        change = changes[len(kept)]._replace(diverged=change.diverged or changes[len(kept)].diverged)
    changed = change.diverged or not after.trains_like(change.before)
    return [*kept, change] if changed and change.epoch > 0 else kept


def up_to(changes: Sequence[Change], epoch: int, experiment: Experiment) -> list[Change]:
    """The changes of a run that goes on from one of its past epochs with an experiment."""
    kept = [each for each in changes if each.epoch < epoch]
    if len(kept) == len(changes):
        return kept
    change = changes[len(kept)]
    return with_change(kept, change if change.epoch == epoch else Change(epoch, change.before), experiment)


class Phase(NamedTuple):
    """A part of a run that was trained with the same settings: from an epoch on, up to the next phase."""

    first: int
    experiment: Experiment


def phases(changes: Sequence[Change], experiment: Experiment) -> list[Phase]:
    """The phases of a run that trains as `experiment` now, at least one."""
    firsts = [0, *(change.epoch for change in changes)]
    experiments = [*(change.before for change in changes), experiment]
    return [Phase(*each) for each in zip(firsts, experiments, strict=True)]


def changed_fields(before: Experiment, after: Experiment) -> list[str]:
    """The fields in which two phases train differently."""
    names = [name for name in before.differences(after) if CONTROLS[name].group == "training"]
    return [name for name in names if not before.trains_like(before.changed(**{name: getattr(after, name)}))] or names
