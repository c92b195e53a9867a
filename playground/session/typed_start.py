"""Fills and empties the field of given weights, and starts the run again from what it then holds."""

from playground.given_weights import as_text
from playground.session.player_controls import PlayerControls


def take_present_weights(controls: PlayerControls) -> None:
    """Starts again from the weights that the network has now."""
    units = controls.player.experiment.units
    give(controls, as_text(controls.player.trainer.network.parameters, units))


def give(controls: PlayerControls, text: str) -> None:
    """Starts again from the weights in a text; from drawn ones where it is empty."""
    if "given" not in controls.fixed:
        controls.widgets.set_widget("given", text)
        controls.apply_widgets()
