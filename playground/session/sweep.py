"""The visitor's sweep: at most one at a time, trained in the background."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from playground.compare.result import Result
from playground.compare.settings import SETTINGS
from playground.compare.sweep import Run, SweepPlan
from playground.compare.sweep_runner import Progress, SweepRunner, sweep_of
from playground.session.kept_fields import SWEEP, KeptFields
from playground.session.player_controls import PlayerControls


class Axis(NamedTuple):
    """A setting with the values to compare, and how the page words each; no values where the input is invalid."""

    name: str
    values: tuple[Any, ...]
    words: list[str]


class KeptSweep(NamedTuple):
    """A sweep as a browser has kept it.

    Attributes:
        plan, axes: what is swept.
        results: of the runs that are done.
        chosen: the number of the chosen cell, or None.
        stopped: why it was stopped before its end, or None.
    """

    plan: SweepPlan
    axes: tuple[Axis, ...]
    results: Mapping[Run, Result]
    chosen: int | None
    stopped: str | None


class SweepControls:
    """Starts, follows and cancels a sweep.

    Attributes:
        runner: what trains the sweep; None before the first.
        axes: what is swept.
        progress: how far the sweep was when `poll` asked last.
        chosen: the number of the chosen cell, or None.
    """

    def __init__(self, controls: PlayerControls, fields: KeptFields, number: int) -> None:
        self._controls, self._fields, self._number = controls, fields, number
        self.runner: SweepRunner | None = None
        self.axes: list[Axis] = []
        self.progress: Progress | None = None
        self.chosen: int | None = None

    @property
    def under_way(self) -> bool:
        """Whether there was still something to train at the last poll."""
        return self.progress is not None and self.progress.ended is None

    @property
    def kept(self) -> KeptSweep | None:
        """What is known of it as of the last poll; None before the first."""
        runner = self.runner
        if runner is None:
            return None
        return KeptSweep(runner.plan, tuple(self.axes), runner.results, self.chosen, runner.stopped)

    @property
    def labels(self) -> list[str]:
        """The labels of the swept settings."""
        return [SETTINGS[axis.name].label for axis in self.axes]

    def poll(self) -> None:
        """Updates `progress`, which also keeps the runner from taking the page for closed."""
        if self.runner is not None:
            self.progress = self.runner.poll()

    def start(self, axes: Sequence[Axis], seeds: int, epochs: int) -> None:
        """Starts a sweep of the present experiment, unless one is under way."""
        self.poll()
        if self.under_way:
            return
        try:
            plan = SweepPlan(
                self._controls.player.experiment, tuple((axis.name, axis.values) for axis in axes), seeds, epochs
            )
        except ValueError as error:
            self._controls.reject(f"{error} No sweep was started.")
            return
        self._controls.rejection = None
        self._fields.note_all(SWEEP)
        self.runner, self.axes, self.chosen = SweepRunner(plan, owner=self._number), list(axes), None
        self.poll()

    def go_on(self, kept: KeptSweep, owner: int) -> None:
        """Goes on with a sweep of an earlier visit: with what still trains it, or with the runs that are missing.

        Args:
            kept: what is known of it.
            owner: the number of that visit.
        """
        runner = sweep_of(owner, kept.plan)
        if runner is not None:
            runner.owner = self._number
        else:
            runner = SweepRunner(kept.plan, owner=self._number, results=kept.results, stopped=kept.stopped)
        self.runner, self.axes = runner, list(kept.axes)
        self.poll()
        self.choose(kept.chosen)

    def cancel(self) -> None:
        """Ends the sweep; its results so far stay."""
        if self.runner is not None:
            self.runner.cancel()

    def choose(self, place: object) -> None:
        """Chooses a cell by its number, as the browser sends it; anything else changes nothing."""
        if self.runner is not None and type(place) is int and 0 <= place < len(self.runner.plan.values):
            self.chosen = place

    def open_cell(self, place: int) -> None:
        """Continues with the experiment of a cell."""
        if self.runner is not None:
            self._controls.take(self.runner.plan.cells()[place])


def cell_in_words(place: int, axes: Sequence[Axis]) -> str:
    """A cell by the words of its values."""
    words: list[str] = []
    for axis in reversed(axes):
        place, i = divmod(place, len(axis.values))
        words.append(f"{SETTINGS[axis.name].label} {axis.words[i]}")
    return ", ".join(reversed(words))
