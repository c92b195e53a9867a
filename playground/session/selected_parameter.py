"""The selected weight or bias, the same in every view, and setting it by hand."""

from playground.analysis.selection import Cell, Selection
from playground.analysis.walk.matrices import Matrix
from playground.figures.base import round_up
from playground.numerals import NumeralError, read_number, readable, written
from playground.session.kept_fields import WALK_UNIT
from playground.session.player_controls import PlayerControls
from playground.session.widget_values import MAIN

SELECTORS = ("select_layer", "select_unit", "select_input")  # the keys of the widgets that select
MAX_LIMIT = 1e300  # of the slider: beyond it, the width of its range is no number
SETTERS = ("hand_number", "hand_slider")  # the keys of the widgets that set the parameter's value


class SelectedParameter:
    """What the visitor has selected, which a smaller network may no longer have."""

    def __init__(self, controls: PlayerControls) -> None:
        self._controls = controls
        self._widgets = controls.widgets
        self._choice: Selection | None = None
        self._limit: tuple[object, float] = None, 0.0  # of the slider, and what it is of

    @property
    def selection(self) -> Selection | None:
        """What is selected; None if nothing is, or the network does not have it."""
        return Selection.of(self._controls.player.trainer.network, self._choice)

    @property
    def shown(self) -> Selection:
        """The parameter that the network panel shows: the selected one, or else the first weight."""
        return self.selection or Selection(1, 0, 0)

    @property
    def name(self) -> str:
        """The name of the shown parameter."""
        return self.shown.name(self._controls.player.trainer.network)

    @property
    def value(self) -> float:
        """The value of the shown parameter."""
        network = self._controls.player.trainer.network
        return float(network.parameters[self.shown.place(network)])

    @property
    def limit(self) -> float:
        """How far the slider goes to either side. It stays while that moves: another range makes another slider."""
        player, (of, limit) = self._controls.player, self._limit
        now = player.run_id, player.trainer.epoch, self.shown
        if of != now or abs(self.value) > limit:
            largest = float(abs(player.trainer.network.layers[self.shown.layer - 1].Wb).max())
            limit = round_up(max(2.0, 1.2 * min(largest, MAX_LIMIT)))
        self._limit = now, limit
        return limit

    def unit_of(self, layer: int) -> int | None:
        """The unit of a layer that is selected, or None."""
        selection = self.selection
        return selection and selection.unit_of(self._controls.player.trainer.network, layer)

    def cell_in(self, matrix: Matrix) -> Cell:
        """Where it is in a matrix of the walk."""
        selection = self.selection
        return selection.cell_in(self._controls.player.trainer.network, matrix) if selection else Cell(None, None)

    def select(self, choice: object) -> None:
        """Selects a parameter, [layer, unit, input], in every view."""
        selection = Selection.of(self._controls.player.trainer.network, choice)
        if selection is not None:
            self._choice = selection
            self._widgets.set_widget(WALK_UNIT, written(selection.unit), MAIN)

    def select_by_widgets(self) -> None:
        """Selects what the widgets show; for a layer, unit or input that no longer exists, the last one."""
        network, shown = self._controls.player.trainer.network, self.shown
        self._widgets.restore_stale(dict(zip(SELECTORS, shown, strict=True)))
        layer, unit, source = (self._widgets.get(key, number) for key, number in zip(SELECTORS, shown, strict=True))
        if any(type(number) is not int for number in (layer, unit, source)):
            return
        layer = max(1, min(layer, len(network.layers)))
        rows, columns = network.layers[layer - 1].Wb.shape
        to_bias = shown.is_bias(network) and layer != shown.layer
        self.select([layer, min(unit, rows - 1), columns - 1 if to_bias else min(source, columns - 1)])

    def set_selectors(self) -> None:
        """Has the widgets that select show the parameter, before they are drawn."""
        for key, number in zip(SELECTORS, self.shown, strict=True):
            self._widgets.set_widget(key, number, MAIN)

    def set_setters(self) -> None:
        """Has the widgets that set the value show it, before they are drawn."""
        for key, value in zip(SETTERS, (readable(self.value), self.value), strict=True):
            self._widgets.set_widget(key, value, MAIN)

    def set_by_hand(self, key: str) -> None:
        """Sets the shown parameter to the value of a widget."""
        value = self._widgets.get(key)
        if value is None or self._widgets.is_stale(key):
            return
        player = self._controls.player
        self._choice = self.shown
        self._controls.rejection = None
        try:
            number = read_number(value) if isinstance(value, str) else value
            player.set_parameter(self.shown.place(player.trainer.network), number)
        except NumeralError as error:
            self._controls.reject(f"{self.name} is unchanged: {error}.")
        except ValueError as error:
            self._controls.reject(f"{self.name} is unchanged: {error}")
