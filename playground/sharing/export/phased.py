"""A run whose settings were changed on the way, as scripts repeat it: its phases, and what each has otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from playground.analysis.diagnosis.finding import listed
from playground.experiment import CONTROLS, Experiment
from playground.player.changes import Change, changed_fields, phases
from playground.sharing.export.outline import Outline, literals, outline

UNSTOPPED = {"patience": 0, "stall_epochs": 0}  # a script in phases trains the epochs of the run


class LaterPhase(NamedTuple):
    """A part of a run that trains otherwise than the one before.

    Attributes:
        run, before: the Outline of the phase, and that of the one before.
        first: the epoch from which it trains.
        last: the epoch up to which, as code.
        anew: whether its optimizer has no state yet.
    """

    run: Outline
    before: Outline
    first: int
    last: str
    anew: bool

    @property
    def stopped_layer(self) -> int | None:
        """The index of the layer that is frozen from here on, and that the optimizer would carry on; from 0."""
        layer = self.run.frozen_layer
        carried = bool(self.run.trainer.optimizer.state_names) and not self.anew
        return layer if carried and layer != self.before.frozen_layer else None

    def parts(self) -> dict[str, str]:
        """Parts of the phase in every script, by their names in the templates."""
        known = self.before.constants()
        others = {name: value for name, value in self.run.constants().items() if known.get(name) != value}
        fields = changed_fields(self.before.experiment, self.run.experiment)
        words = listed([CONTROLS[name].label for name in fields] or ["an optimizer without state"])
        return {"first": str(self.first), "last": self.last, "words": words, "constants": literals(others)}


class Phased(NamedTuple):
    """A run in phases.

    Attributes:
        run: the Outline of the first phase.
        end: the epoch up to which that trains, as code.
        later: the other phases; none where the settings were not changed.
    """

    run: Outline
    end: str
    later: Sequence[LaterPhase]

    @property
    def runs(self) -> list[Outline]:
        """The Outline of each phase."""
        return [self.run, *(phase.run for phase in self.later)]


def phased(experiment: Experiment, epochs: int, changes: Sequence[Change], note: str) -> Phased:
    """The phases of a run; where there are several, its note says so.

    Args:
        experiment: how the run trains now.
        epochs: how many in all.
        changes: of the settings on the way, whose epochs are below `epochs`; see `can_repeat`.
        note: what else is to be said of the run, in plain sentences.

    Raises:
        ValueError: when epochs is not a whole number of at least 0.
    """
    parts = phases(changes, experiment)
    if changes:
        parts = [phase._replace(experiment=phase.experiment.changed(**UNSTOPPED)) for phase in parts]
    runs = [outline(phase.experiment, epochs, note) for phase in parts]
    firsts = [phase.first for phase in parts[1:]]
    lasts = [*map(str, firsts), "EPOCHS"]
    later = []
    for before, run, first, last, change in zip(runs, runs[1:], firsts, lasts[1:], changes, strict=False):
        anew = change.diverged or run.experiment.optimizer != before.experiment.optimizer
        later.append(LaterPhase(run, before, first, last, anew))
    if later:
        runs[0] = replace(runs[0], note=" ".join(filter(None, [note, _in_phases(firsts)])))
    return Phased(runs[0], lasts[0], later)


def can_repeat(changes: Sequence[Change]) -> bool:
    """Whether a script can repeat changes: not where an epoch that diverged has drawn random numbers."""
    return not any(change.diverged and (change.before.batch_size or change.before.dropout) for change in changes)


def _in_phases(firsts: Sequence[int]) -> str:
    return (
        f"The settings were changed on the way, at epoch {listed([str(first) for first in firsts])}. The script "
        "repeats that: it trains in phases, and is the longer for it."
    )
