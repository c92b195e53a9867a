"""Numbers that the visitor types: their fields hold texts, so that the server reads what was typed, and answers it.

A field shows the number that is in use as `written`; so it does again when what was typed is refused.
"""

from collections.abc import Mapping
from typing import Any

from playground.control import Control
from playground.experiment import CONTROLS, Experiment
from playground.numerals import written
from playground.session.kept_fields import KeptFields
from playground.session.widget_values import MAIN, WidgetValues

SLIDERS = ("layers", "points", "noise", "test_fraction")  # fields of numbers that are not typed
TYPED: Mapping[str, Control] = {
    name: control
    for name, control in CONTROLS.items()
    if control.kind is not str and not control.choices and name not in SLIDERS
}


def number_in(value: object, control: Control, in_use: float) -> Any:
    """The number in a field's widget; the one in use where that is refused."""
    try:
        return control.check_entry(value)
    except ValueError:
        return in_use


def show_numbers(widgets: WidgetValues, experiment: Experiment) -> list[str]:
    """Has each typed field of the sidebar show its number as `written`; returns a sentence for each refused one.

    Args:
        widgets: with what was typed.
        experiment: the run's, whose number a field shows again if what was typed is refused.
    """
    refused: list[str] = []
    for name, control in TYPED.items():
        try:
            number = control.check_entry(widgets.get(name, getattr(experiment, name)))
        except ValueError as error:
            refused.append(str(error))
            number = getattr(experiment, name)
        widgets.set_widget(name, written(number))
    return refused


class TypedNumbers:
    """The typed numbers outside the sidebar: each is in use from when it is typed, or else what was before."""

    def __init__(self, widgets: WidgetValues, fields: KeptFields) -> None:
        self._widgets, self._fields = widgets, fields
        self._refused: dict[str, str] = {}

    def prepare(self, key: str, control: Control, default: int) -> int:
        """The number in use, which the widget is made to show before it is drawn."""
        self._fields.show(key, lambda value: isinstance(value, str))
        number: int = number_in(self._widgets.get(key, written(default)), control, default)
        self._widgets.set_widget(key, written(number), MAIN)
        if key in self._fields.values:
            self._fields.note(key)  # a selection may have changed it
        return number

    def take(self, key: str, control: Control, in_use: int) -> None:
        """Takes what was typed; where that is refused, the field goes back to the number in use."""
        self._refused.pop(key, None)
        try:
            control.check_entry(self._widgets.get(key))
        except ValueError as error:
            self._refused[key] = str(error)
            self._widgets.set_widget(key, written(in_use), MAIN)
        self._fields.note(key)

    def refusal(self, key: str) -> str | None:
        """Why what was typed last is not in use; None if it is."""
        return self._refused.get(key)
