"""What stands on the page and is in no run: refused or unfinished texts, other own points, choices in the panels."""

from collections.abc import Hashable, Mapping
from typing import Any

from playground.exercises.goal import MAX_LENGTH
from playground.exercises.task import MAX_TASK
from playground.experiment import CONTROLS
from playground.session.exercise_draft import GOAL, TASK
from playground.session.kept_fields import KeptFields
from playground.session.own_points import OwnPoints
from playground.session.player_controls import PlayerControls
from playground.session.selected_parameter import SelectedParameter

FIELDS = ("formula", "given")  # whose text stays in the field when it is refused
DRAFTS = {TASK: MAX_TASK, GOAL: MAX_LENGTH}  # texts of an exercise that is being made, and their characters at most


class Unfinished:
    """Collects this for the visitor's browser, and puts it back into the page of a new session.

    Args:
        controls, own_points, selected, fields: of the visit.
    """

    def __init__(
        self, controls: PlayerControls, own_points: OwnPoints, selected: SelectedParameter, fields: KeptFields
    ) -> None:
        self._controls, self._own_points, self._selected, self._fields = controls, own_points, selected, fields

    @property
    def key(self) -> Hashable:
        """Differs where the state differs; None where there is nothing unfinished."""
        rows, texts, selection = self._own_points.unfinished_version, self._texts, self._selected.selection
        fields = repr(self._fields.values) if self._fields.values else None
        others = self._own_points.by_inputs.kept or None
        state = rows, tuple(texts.items()) or None, selection, fields, others
        return state if any(part is not None for part in state) else None

    @property
    def state(self) -> dict[str, Any]:
        """What there is of it, as `load` takes it."""
        return {
            "texts": self._texts,
            "rows": self._own_points.unfinished,
            "selection": self._selected.selection,
            "fields": self._fields.values,
            "others": self._own_points.by_inputs.kept,
        }

    def load(self, state: object) -> None:
        """Puts back what a browser has kept of it; anything else changes nothing."""
        if not isinstance(state, Mapping):
            return
        texts = state.get("texts")
        for name, text in texts.items() if isinstance(texts, Mapping) else ():
            if isinstance(text, str) and len(text) <= self._lengths.get(name, -1):
                self._controls.widgets.set_widget(name, text)
        self._own_points.load_unfinished(state.get("rows"))
        self._own_points.by_inputs.load(state.get("others"))
        self._selected.select(state.get("selection"))
        self._fields.load(state.get("fields"))

    @property
    def _lengths(self) -> dict[str, int]:
        """The texts that can be of it, by the keys of their widgets, and how long each can be."""
        fixed = self._controls.fixed
        return {name: CONTROLS[name].max_length or 0 for name in FIELDS if name not in fixed} | DRAFTS

    @property
    def _texts(self) -> dict[str, str]:
        """The texts in the fields that are not what the run has there, by the keys of their widgets."""
        experiment, given = self._controls.player.experiment, self._controls.given.aside
        in_use = {"formula": {experiment.formula}, "given": {experiment.given, given}}
        typed = {name: self._controls.widgets.get(name) for name in self._lengths}
        return {
            name: text
            for name, text in typed.items()
            if isinstance(text, str) and text not in in_use.get(name, {""}) and len(text) <= self._lengths[name]
        }
