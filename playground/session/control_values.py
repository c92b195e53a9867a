"""The controls' widgets: their keys, and the values with which they show an experiment."""

from collections.abc import Collection
from typing import Any

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.numerals import written
from playground.session.typed_numbers import TYPED, number_in
from playground.session.widget_values import WidgetValues
from playground.settings import MAX_HIDDEN_LAYERS


def key_of(name: str, layer: int | None = None) -> str:
    """The key of the widget of a field, or of one hidden layer's part of it."""
    return name if layer is None else f"{name}_{layer}"


def values_of(experiment: Experiment) -> dict[str, Any]:
    """The value of each control's widget, by key, that shows an experiment.

    Hidden layers that it does not have are given the values of its last; without any, those of a new page.
    """
    values: dict[str, Any] = {"layer_count": len(experiment.layers)}
    for name, control in CONTROLS.items():
        value = getattr(experiment, name)
        if control.multiple:
            values[name] = list(value)
        elif control.per_layer:
            filled = [*value, *[(value or DEFAULTS[name])[-1]] * MAX_HIDDEN_LAYERS]
            values |= {key_of(name, layer): filled[layer] for layer in range(MAX_HIDDEN_LAYERS)}
        else:
            values[name] = written(value) if name in TYPED else value
    return values


def values_in(
    widgets: WidgetValues, experiment: Experiment, layer_count: int, fixed: Collection[str] = ()
) -> dict[str, Any]:
    """The values of all widgets, by field; where one is not on the page, or its number is refused, the experiment's.

    Args:
        fixed: fields that have the experiment's, whatever their widgets say.
    """
    present = values_of(experiment)
    values: dict[str, Any] = {}
    for name, control in CONTROLS.items():
        if control.per_layer:
            keys = [key_of(name, layer) for layer in range(layer_count)]
            values[name] = tuple(present[key] if name in fixed else widgets.get(key, present[key]) for key in keys)
        elif name in fixed:
            values[name] = getattr(experiment, name)
        elif name in TYPED:
            values[name] = number_in(widgets.get(name), control, getattr(experiment, name))
        else:
            values[name] = widgets.get(name, present[name])
    return values
