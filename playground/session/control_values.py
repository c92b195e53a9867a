"""The controls' widgets: their keys, and the values with which they show an experiment."""

from typing import Any

from playground.experiment import CONTROLS, Experiment
from playground.settings import MAX_HIDDEN_LAYERS


def key_of(name: str, layer: int | None = None) -> str:
    """The key of the widget of a field, or of one hidden layer's part of it."""
    return name if layer is None else f"{name}_{layer}"


def values_of(experiment: Experiment) -> dict[str, Any]:
    """The value of each control's widget, by key, that shows an experiment.

    Hidden layers that it does not have are given the values of its last.
    """
    values: dict[str, Any] = {"layer_count": len(experiment.layers)}
    for name, control in CONTROLS.items():
        value = getattr(experiment, name)
        if control.multiple:
            values[name] = list(value)
        elif control.per_layer:
            values |= {key_of(name, layer): value[min(layer, len(value) - 1)] for layer in range(MAX_HIDDEN_LAYERS)}
        else:
            values[name] = value
    return values
