"""The layers panel: the sizes of dW and dZ and the spread of Z and A, layer beside layer, live."""

from playground.components.component import layers_view
from playground.components.layers import layers_payload
from playground.session.current import current_visit


def layers_panel() -> None:
    """The charts and the table of the layers."""
    visit = current_visit()
    player = visit.player
    payload = visit.memo.get("layers", (player.run_id, player.frame_version), lambda: layers_payload(player))
    layers_view(payload, key="layers_view")
