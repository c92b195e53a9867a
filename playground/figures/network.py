"""The network's diagram: which units of each layer are drawn, the texts around them, and the colours."""

from collections.abc import Mapping
from typing import TypeAlias, TypedDict

from nn import NeuralNetwork
from playground.figures.palette import Palette

MAX_UNITS_ALONE = 20  # drawn of a single hidden layer; the others are folded
MAX_UNITS_PER_LAYER = 10  # drawn of each of several hidden layers

Place: TypeAlias = tuple[int, int, int]  # of a parameter: its layer, its unit, and the input that it weighs


class Column(TypedDict):
    """One layer: its title, the note below it, the units that are drawn, and how many more there are."""

    title: str
    note: str
    units: list[int]
    folded: int


class Diagram(TypedDict):
    """What the browser draws, apart from the numbers, which come with the frames: the input and every layer,
    the inputs' names, the shape of each [W | b], the units that are off, (layer, unit), the selected parameter, the
    colours of each palette, and a text.
    """

    columns: list[Column]
    inputs: list[str]
    shapes: list[tuple[int, ...]]
    off: list[tuple[int, int]]
    selected: Place | None
    colors: dict[str, dict[str, tuple[str, ...]]]
    description: str


def network_diagram(
    network: NeuralNetwork, inputs: list[str], selected: Place | None, palettes: Mapping[str, Palette]
) -> Diagram:
    """The diagram of a network whose inputs have these names; the units of a selected parameter are always drawn."""
    counts = _counts(network)
    columns: list[Column] = []
    for number, (count, units) in enumerate(zip(counts, drawn_units(network, selected), strict=True)):
        note = f"{count} {network.layers[number - 1].g.label}" if number else ""
        title = _title(number, len(counts))
        columns.append({"title": title, "note": note, "units": units, "folded": count - len(units)})
    words = ", ".join(f"{column['title']} {column['note']}".strip() for column in columns)
    return {
        "columns": columns,
        "inputs": inputs,
        "shapes": [Wb.shape for Wb in network.matrices(network.parameters)],
        "off": list(network.off),
        "selected": selected,
        "colors": {
            name: {"diverging": palette.diverging, "unit": (palette.point, palette.output)}
            for name, palette in palettes.items()
        },
        "description": f"The network as units and weights: {words}{_off_in_words(network)}",
    }


def drawn_units(network: NeuralNetwork, selected: Place | None) -> list[list[int]]:
    """The units that are drawn of the input and of every layer."""
    counts = _counts(network)
    limit = MAX_UNITS_ALONE if len(counts) <= 3 else MAX_UNITS_PER_LAYER
    return [_first_units(count, limit, _selected_unit(number, selected, counts)) for number, count in enumerate(counts)]


def _counts(network: NeuralNetwork) -> list[int]:
    """The units of the input and of every layer."""
    return [network.input_count, *(layer.unit_count for layer in network.layers)]


def _first_units(count: int, limit: int, selected: int | None) -> list[int]:
    """The first units up to a limit; the selected one replaces the last of them if it comes later."""
    units = list(range(min(count, limit)))
    if selected is not None and selected >= len(units):
        units[-1] = selected
    return units


def _selected_unit(number: int, selected: Place | None, counts: list[int]) -> int | None:
    """The unit of a layer at either end of the selected parameter, or None."""
    if selected is None:
        return None
    layer, unit, source = selected
    if number == layer:
        return unit
    return source if number == layer - 1 and source < counts[number] else None


def _off_in_words(network: NeuralNetwork) -> str:
    units = ", ".join(f"unit {unit} of layer {layer}" for layer, unit in network.off)
    return f"; switched off: {units}" if units else ""


def _title(number: int, count: int) -> str:
    if number == 0:
        return "Input"
    return "Output" if number == count - 1 else f"Layer {number}"
