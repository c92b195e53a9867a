"""What the network's diagram is drawn from; while a run trains, its numbers come with the board's frames."""

import math
from collections.abc import Sequence

from nn.arrays import Flat
from playground.analysis.faces import STAYING, Blocks, Face
from playground.components.contract import Selection
from playground.components.view_contract import DiagramPayload, UnitPayload
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
    passing: Blocks | None = None,
    unit: UnitPayload | None = None,
    now: Sequence[tuple[int, int]] | None = None,
    film: bool = False,
    x: Sequence[float] | None = None,
    numbers_in_words: str = "",
    opened: int = 0,
) -> DiagramPayload:
    """The diagram of the player's network.

    Args:
        player: the run.
        inputs: the names of the network's inputs.
        selected: the selected parameter.
        face, numbers: what it shows.
        key: by which the frames of a running training are recognised.
        passing: what they bring.
        unit: the selected one, where its sums are shown.
        now: (layer, unit) of what a walk computes at its present place; None where there is no walk.
        film: whether the walk goes on by itself.
        x: the inputs that go through it, in the units of the problem; None where none do.
        numbers_in_words: what the numbers are, for those who cannot see them.
        opened: how often the visitor has opened it, or a face of it.
    """
    return {
        **network_diagram(player.trainer.network, inputs, selected, PALETTES),
        "run_id": player.run_id,
        "face": face,
        "key": key,
        "blocks": _sizes(numbers),
        "numbers": None if player.playing else [value for each in numbers.values() for value in _finite(each)],
        "passing": _sizes(passing or {}),
        "staying": {name: _finite(numbers[name]) for name in STAYING if name in numbers},
        "unit": unit,
        "numbers_in_words": numbers_in_words,
        "now": None if now is None else list(now),
        "film": film,
        "x": None if x is None else list(x),
        "opened": opened,
        "takes_input": face in ("forward", "backward"),
    }


def _sizes(blocks: Blocks) -> list[tuple[str, int]]:
    return [(name, len(values)) for name, values in blocks.items()]


def _finite(values: Flat) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values.tolist()]
