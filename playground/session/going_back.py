"""Back and Forward: the experiment of the address that the visitor has gone to, with what no address holds of then."""

from collections.abc import Mapping

from playground.session.address import gone_back_to
from playground.session.given_weights import on_return
from playground.session.player_controls import UNCHANGED, PlayerControls
from playground.sharing.links import LEFT_OUT

LOST = "The own points of then are not here any more: these are the points of an example."
LATEST = "No address holds these own points: of several such, they are those that were here last."


def go_back(controls: PlayerControls, query: Mapping[str, str]) -> None:
    """Continues with the experiment of an address, or with what is still there of it."""
    present = controls.back.lasting
    own = controls.own.too_long(present)
    asked = controls.own.kept_in(gone_back_to(query, own[-1] if own else None, controls.given), present)
    if asked == present:
        asked = controls.player.experiment  # which may be at a moment with other units off
    elif {asked.off} != {present.off, controls.player.experiment.off}:
        controls.back.end()  # there is nothing after it that a switch could drop
    try:
        controls.take(asked)
    except ValueError as error:  # other points than it had do not fit its settings
        controls.reject(f"{error} {UNCHANGED}")
        return
    controls.given.recall(asked)
    if controls.given.aside:
        controls.widgets.set_widget("given", controls.given.aside)
    said = [LATEST if own else LOST] if query.get("own") == LEFT_OUT and len(own) != 1 else []
    if query.get("given") == LEFT_OUT:
        said.append(on_return(controls.player.experiment))
    if said:
        controls.inform(" ".join(said))
