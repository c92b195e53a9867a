"""The layers panel: sizes of dW and dZ and spreads of Z and A, layer beside layer, and a unit's g and g', live."""

from playground.components.component import layers_view
from playground.components.layers import layers_payload
from playground.session.current import current_visit


def layers_panel() -> None:
    """The charts and the table of the layers; under them g and g' of the selected unit."""
    visit = current_visit()
    player, (layer, unit, _) = visit.player, visit.selected.shown
    key = player.run_id, player.frame_version, layer, unit
    layers_view(visit.memo.get("layers", key, lambda: layers_payload(player, layer, unit)), key="layers_view")
