"""What the maps of a layer's units are drawn from; the maps themselves come with the board's frames."""

from playground.components.board import UNIT_CELLS
from playground.components.view_contract import MapsPayload
from playground.figures.palette import PALETTES
from playground.figures.unit_maps import unit_maps_figure
from playground.player import Player


def maps_payload(player: Player, layer: int, selected: int | None) -> MapsPayload:
    """The maps of the units of a hidden layer, 1 for the first; `selected` is the selected one of them."""
    units, columns = player.trainer.network.layers[layer - 1].Wb.shape
    return {
        "run_id": player.run_id,
        "units": units,
        "layer": layer,
        "columns": columns,
        "cells": UNIT_CELLS,
        "selected": selected,
        "figures": {name: unit_maps_figure(palette) for name, palette in PALETTES.items()},
    }
