"""What the network's diagram is drawn from; its numbers come with the board's frames."""

from playground.components.contract import Selection
from playground.components.view_contract import DiagramPayload
from playground.figures.network import network_diagram
from playground.figures.palette import PALETTES
from playground.player import Player


def network_payload(player: Player, inputs: list[str], selected: Selection | None) -> DiagramPayload:
    """The diagram of the player's network, whose inputs have these names."""
    diagram = network_diagram(player.trainer.network, inputs, selected, PALETTES)
    return {**diagram, "run_id": player.run_id}
