"""Units switched off and on by hand, at a pause and while the run trains; and the undoing of what was done by hand."""

from typing import NamedTuple

from nn.units_off import Unit
from playground.session.player_controls import PlayerControls
from playground.session.selected_parameter import SelectedParameter
from playground.units_off import written_units


class Switched(NamedTuple):
    """The last switch: at which epoch of which run, what was off before and after it, and how many edits there were."""

    run_id: int
    epoch: int
    before: str
    after: str
    edits: int


class UnitSwitch:
    """Switches units.

    Args:
        controls, selected: of the visit.
    """

    def __init__(self, controls: PlayerControls, selected: SelectedParameter) -> None:
        self._controls, self._player, self._selected = controls, controls.player, selected
        self._last: Switched | None = None

    @property
    def is_there(self) -> bool:
        """Whether units can be switched: not where an exercise hides that, nor without a hidden layer."""
        return "off" not in self._controls.fixed and len(self._player.experiment.layers) > 0

    @property
    def unit(self) -> Unit | None:
        """The hidden unit whose parameter is selected; None at the output."""
        layer, unit, _ = self._selected.shown
        return (layer, unit) if layer <= len(self._player.experiment.layers) else None

    @property
    def off(self) -> tuple[Unit, ...]:
        """The units that are off at what is shown."""
        return self._player.experiment.units_off

    def switch(self, unit: Unit, off: bool) -> None:
        """Switches one unit off, or on again."""
        others = set(self.off) - {unit}
        self._switch(written_units(others | {unit} if off else others))

    def all_on(self) -> None:
        """Switches all units on."""
        self._switch("")

    @property
    def can_undo(self) -> bool:
        """Whether there is a change by hand, of a unit or of a parameter, that was made at the present epoch."""
        return self._can_switch_back or self._player.recording.can_undo

    def undo(self) -> None:
        """Undoes the last change by hand, unless training has continued since."""
        if self._can_switch_back:
            assert self._last is not None, "there is a last one"
            self._switch(self._last.before)
            self._last = None
        else:
            self._controls.rejection = None
            self._player.undo()

    @property
    def _can_switch_back(self) -> bool:
        """Whether a switch is what was done last by hand, at the present epoch."""
        player = self._player
        now = player.run_id, player.trainer.epoch, player.experiment.off, len(player.recording.edits_so_far)
        last = self._last
        return last is not None and (last.run_id, last.epoch, last.after, last.edits) == now

    def _switch(self, off: str) -> None:
        player, before = self._player, self.off
        self._controls.rejection = None
        try:
            self._controls.change(player.experiment.changed(off=off))
        except ValueError as error:
            self._controls.reject(f"No unit is switched: {error}")
            return
        self._controls.widgets.set_widget("off", off)
        edits = len(player.recording.edits_so_far)
        self._last = Switched(player.run_id, player.trainer.epoch, written_units(before), off, edits)
