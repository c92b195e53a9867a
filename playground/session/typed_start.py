"""Fills and empties the field of given weights, and starts the run again from what it then holds."""

from playground.given_weights import as_text
from playground.session.player_controls import PlayerControls


def take_present_weights(controls: PlayerControls) -> None:
    """Starts again from the weights that the network has now."""
    units = controls.player.experiment.units
    give(controls, as_text(controls.player.trainer.network.parameters, units))


def take_recommended_settings(controls: PlayerControls) -> None:
    """Takes the settings that are recommended for the problem. Their start is drawn, even if weights were given."""
    had_given = bool(controls.player.experiment.given)
    controls.take(controls.player.experiment.with_recommended_settings())
    if had_given:
        controls.inform("The recommended settings draw the start: the given weights are left out.")


def give(controls: PlayerControls, text: str) -> None:
    """Starts again from the weights in a text; from drawn ones where it is empty."""
    if "given" not in controls.fixed:
        controls.widgets.set_widget("given", text)
        controls.apply_widgets()
