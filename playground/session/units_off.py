"""Units that are off where a change of the layers takes them away: they are left out, in words."""

from typing import Any

from playground.experiment import Experiment
from playground.session.widget_values import WidgetValues
from playground.units_off import in_words, read_units, those_in


def fit_units_off(values: dict[str, Any], present: Experiment, widgets: WidgetValues) -> str:
    """Leaves the units out that a changed network does not have; returns a sentence on them, or "".

    What has just been typed is left as it is: where it does not fit, that is an error.

    Args:
        values: of all fields.
        present: the run's experiment.
        widgets: which show what is left.
    """
    try:
        if read_units(values["off"], present.layers) != present.units_off:
            return ""
        left = Experiment(layers=values["layers"], activations=values["activations"]).changed(
            off=those_in(present.off, values["layers"])
        )
    except ValueError:
        return ""
    values["off"] = left.off
    widgets.set_widget("off", left.off)
    return lost_units(present, left)


def lost_units(before: Experiment, after: Experiment) -> str:
    """A sentence on the units that were off and are gone; "" where there are none."""
    lost = [unit for unit in before.units_off if unit not in after.units_off]
    return f"No longer off, as the network has no such unit any more: {in_words(lost)}." if lost else ""
