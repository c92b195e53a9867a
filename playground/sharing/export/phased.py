"""A run whose settings were changed on the way, as scripts repeat it: its phases, and what each has otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from playground.analysis.diagnosis.finding import listed
from playground.experiment import CONTROLS, Experiment
from playground.player.changes import Change, changed_fields, phases
from playground.player.editing import Edit
from playground.sharing.export.outline import Outline, literals, outline

UNSTOPPED = {"patience": 0, "stall_epochs": 0}  # a script in phases trains the epochs of the run
NOT_STOPPED = "This script trains the epochs of the run: by what the run stopped early is not in it."


class Setting(NamedTuple):
    """An element of [W | b] of a layer, and its value; layer, unit and input count from 0."""

    layer: int
    unit: int
    input: int
    value: float


class LaterPhase(NamedTuple):
    """A part of a run that trains otherwise than the one before.

    Attributes:
        run, before: the Outline of the phase, and that of the one before.
        first: the epoch from which it trains.
        last: the epoch up to which, as code.
        anew: whether its optimizer has no state yet.
        edits: the parameters that are set by hand before it trains: layer, unit and input from 0, and the value.
    """

    run: Outline
    before: Outline
    first: int
    last: str
    anew: bool
    edits: Sequence[Setting] = ()

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
        named = [CONTROLS[name].label for name in fields]
        words = listed([*named, *["weights set by hand"] * bool(self.edits)] or ["an optimizer without state"])
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


def phased(
    experiment: Experiment, epochs: int, changes: Sequence[Change], note: str, edits: Sequence[Edit] = ()
) -> Phased:
    """The phases of a run; where there are several, its note says so.

    Args:
        experiment: how the run trains now.
        epochs: how many in all.
        changes: of the settings on the way, whose epochs are below `epochs`; see `can_repeat`.
        note: what else is to be said of the run, in plain sentences.
        edits: by hand on the way; see `can_repeat_edits`.

    Raises:
        ValueError: when epochs is not a whole number of at least 0.
    """
    parts = phases(changes, experiment)
    waits = any(part.experiment.patience or part.experiment.stall_epochs for part in parts)
    if changes or edits:
        parts = [phase._replace(experiment=phase.experiment.changed(**UNSTOPPED)) for phase in parts]
    firsts = sorted({*(change.epoch for change in changes), *(edit.epoch for edit in edits)})
    experiments = [[part.experiment for part in parts if part.first <= first][-1] for first in firsts]
    runs = [outline(each, epochs, note) for each in (parts[0].experiment, *experiments)]
    lasts = [*map(str, firsts), "EPOCHS"]
    restarted = {change.epoch for change in changes if change.diverged}
    later = []
    for before, run, first, last in zip(runs, runs[1:], firsts, lasts[1:], strict=False):
        anew = first in restarted or run.experiment.optimizer != before.experiment.optimizer
        settings = [_setting(run, edit) for edit in edits if edit.epoch == first]
        later.append(LaterPhase(run, before, first, last, anew, settings))
    if later:
        others = [
            after.first for before, after in pairwise(parts) if not before.experiment.trains_like(after.experiment)
        ]
        said = _in_phases(others, sorted(restarted), [edit.epoch for edit in edits])
        runs[0] = replace(runs[0], note=" ".join(filter(None, [note, said, NOT_STOPPED * waits])))
    return Phased(runs[0], lasts[0], later)


def _setting(run: Outline, edit: Edit) -> Setting:
    """An edit as the element that it sets."""
    assert edit.after is not None
    places = run.trainer.network.matrices(np.arange(run.trainer.network.parameters.size, dtype=float))
    layer = next(i for i, places_in in enumerate(places) if edit.parameter_index in places_in)
    unit, place = np.argwhere(places[layer] == edit.parameter_index)[0].tolist()
    return Setting(layer, unit, place, edit.after)


def can_repeat_edits(edits: Sequence[Edit]) -> bool:
    """Whether a script can repeat edits by hand: not where the optimizer began again, or the value is not on record."""
    return all(edit.after is not None for edit in edits)


def can_repeat(changes: Sequence[Change]) -> bool:
    """Whether a script can repeat changes: not where an epoch that diverged has drawn random numbers."""
    return not any(change.diverged and (change.before.batch_size or change.before.dropout) for change in changes)


def _in_phases(changed: Sequence[int], restarted: Sequence[int], edited: Sequence[int]) -> str:
    done = {
        "The settings were changed on the way, at epoch": changed,
        "Training diverged, and went on with an optimizer without state, at epoch": restarted,
        "Weights were set by hand at epoch": edited,
    }
    said = [f"{words} {listed([str(epoch) for epoch in dict.fromkeys(at)])}." for words, at in done.items() if at]
    return " ".join([*said, "The script repeats that: it trains in phases, and is the longer for it."])
