"""Back and Forward: the experiment of the address that the visitor has gone to, with the given weights of then."""

from collections.abc import Mapping

from playground.session.address import gone_back_to
from playground.session.given_weights import on_return
from playground.session.player_controls import UNCHANGED, PlayerControls
from playground.sharing.links import LEFT_OUT


def go_back(controls: PlayerControls, query: Mapping[str, str]) -> None:
    """Continues with the experiment of an address, as far as it can be had."""
    try:
        controls.take(gone_back_to(query, controls.player.experiment, controls.given))
    except ValueError as error:  # points that are no longer those of then do not fit its settings
        controls.reject(f"{error} {UNCHANGED}")
        return
    if query.get("given") == LEFT_OUT:
        controls.inform(on_return(controls.player.experiment))
