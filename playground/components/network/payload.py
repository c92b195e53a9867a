"""What the network's diagram is drawn from; while a run trains, its numbers come with the board's frames."""

import math
from collections.abc import Sequence

from playground.analysis.faces import Blocks, Face
from playground.components.contract import Selection
from playground.components.view_contract import DiagramPayload
from playground.figures.network import network_diagram
from playground.figures.palette import PALETTES
from playground.player import Player


def network_payload(
    player: Player,
    inputs: list[str],
    selected: Selection | None,
    face: Face,
    numbers: Blocks,
    *,
    key: int = 0,
    now: Sequence[tuple[int, int]] | None = None,
    film: bool = False,
    x: Sequence[float] | None = None,
    told: str = "",
) -> DiagramPayload:
    """The diagram of the player's network.

    Args:
        player: the run.
        inputs: the names of the network's inputs.
        selected: the selected parameter.
        face, numbers: what it shows.
        now: (layer, unit) of what a walk computes at its present place; None where there is no walk.
        film: whether the walk goes on by itself.
        x: the inputs that go through it, in the units of the problem; None where none do.
        key: by which the frames of a running training are recognised.
        told: what the numbers are, for those who cannot see them.
    """
    return {
        **network_diagram(player.trainer.network, inputs, selected, PALETTES),
        "run_id": player.run_id,
        "face": face,
        "key": key,
        "blocks": [(name, len(values)) for name, values in numbers.items()],
        "numbers": None if player.playing else [_finite(value) for each in numbers.values() for value in each.tolist()],
        "told": told,
        "now": None if now is None else list(now),
        "film": film,
        "x": None if x is None else list(x),
        "takes_input": face in ("forward", "backward"),
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
