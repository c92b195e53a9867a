"""The choices in the panels, and what was typed there: they outlive their panel and the session."""

from collections.abc import Callable, Mapping
from typing import Any

from playground.compare.settings import MAX_VALUES, SETTINGS
from playground.session.widget_values import MAIN, WidgetValues

MAX_TEXT = 400  # characters of a field
RACE, SWEEP, SECOND = "race", "sweep", "sweep2"  # with what the keys of their widgets begin
TWO, SEEDS, EPOCHS = "sweep_two", "sweep_seeds", "sweep_epochs"
SHOW, SHOW_NOTHING = "exercise_show", "exercise_show_nothing"
PART_OF, PART_MARK, PART_NUMBER = "exercise_quantity", "exercise_mark", "exercise_number"
CHECK_EPSILON, CHECK_DTYPE, CHECK_MISTAKE = "check_epsilon", "check_dtype", "check_mistake"
COMPARE_BY = "compare_by"
WALK_STAGE, WALK_SCOPE, WALK_EXAMPLE = "walk_stage", "walk_scope", "walk_example"
WALK_UNIT, WALK_COLUMN = "walk_unit", "walk_column"
NETWORK_WALK, NETWORK_WALK_PLACE = "network_walk", "network_walk_place"
UNITS_LAYER = "units_layer_choice"
KEYS = (
    *(f"{part}_{name}" for part in (RACE, SWEEP, SECOND) for name in ("knob", *map("{}_values".format, SETTINGS))),
    *(f"{part}_{name}_choices" for part in (RACE, SWEEP, SECOND) for name in SETTINGS),
    *(TWO, SEEDS, EPOCHS, SHOW, SHOW_NOTHING, PART_OF, PART_MARK, PART_NUMBER),
    *(CHECK_EPSILON, CHECK_DTYPE, CHECK_MISTAKE, COMPARE_BY),
    *(WALK_STAGE, WALK_SCOPE, WALK_EXAMPLE, WALK_UNIT, WALK_COLUMN, NETWORK_WALK, NETWORK_WALK_PLACE, UNITS_LAYER),
)


class KeptFields:
    """What the visitor has put into fields; some of it is chosen by buttons.

    Attributes:
        values: by the key of the widget.
    """

    def __init__(self, widgets: WidgetValues) -> None:
        self._widgets = widgets
        self._coming: set[str] = set()  # which show what a browser has kept when they are drawn next
        self.values: dict[str, Any] = {}

    def note(self, *keys: str) -> None:
        """Notes what the widgets of some keys have."""
        for key in keys:
            value = self._widgets.get(key)
            if key in KEYS and _is_kept(value):
                self.values[key] = value
                self._coming.discard(key)

    def number(self, key: str) -> int:
        """The number that was chosen by a key, as of a stage or a layer; 0 before."""
        value = self.values.get(key)
        return value if type(value) is int and value >= 0 else 0

    def choose(self, key: str, value: str | int) -> None:
        """Notes what was chosen by buttons."""
        self.values[key] = value

    def note_all(self, part: str) -> None:
        """The same of all widgets on the page whose keys begin with "race" or "sweep"."""
        self.note(*(key for key in KEYS if key.startswith(part)))

    def show(self, key: str, can_show: Callable[[Any], bool]) -> None:
        """Has a widget that comes to the page show what was given to it before, where it can."""
        if key in self.values and (key in self._coming or self._widgets.get(key) is None):
            self._coming.discard(key)
            if can_show(self.values[key]):
                self._widgets.set_widget(key, self.values[key], MAIN)

    def load(self, values: object) -> None:
        """Takes what a browser has kept; anything else changes nothing."""
        for key, value in values.items() if isinstance(values, Mapping) else ():
            if key in KEYS and _is_kept(value):
                self.values[key] = value
                self._coming.add(key)


def _is_kept(value: object) -> bool:
    texts = value if isinstance(value, list) else [value]
    is_text = all(isinstance(text, str) and len(text) <= MAX_TEXT for text in texts)
    return isinstance(value, int) or (is_text and len(texts) <= MAX_VALUES)
