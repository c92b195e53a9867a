"""Units that are switched off as a text: "1.3,2.0" for unit 3 of layer 1 and unit 0 of layer 2, as the drawing says."""

import re
from collections.abc import Iterable, Sequence

from nn.units_off import Unit
from playground.numerals import quoted

MAX_LENGTH = 1600  # characters; four layers of 64 units take 1,270
_BETWEEN = re.compile(r"[,;\s]+")
_UNIT = re.compile(r"([1-9]\d{0,2})\.(\d{1,3})", re.ASCII)


def read_units(text: str, layers: Sequence[int]) -> tuple[Unit, ...]:
    """The units in a text, in order, each once.

    Args:
        text: such as "1.3, 2.0": LAYER.UNIT, layers from 1 and units from 0.
        layers: how many units each hidden layer has.

    Raises:
        ValueError: where a part of it is not a hidden unit of such a network.
    """
    units = set()
    for part in filter(None, _BETWEEN.split(text)):
        match = _UNIT.fullmatch(part)
        if match is None:
            raise ValueError(f"Units off: {quoted(part)} is not a unit, which is written LAYER.UNIT, such as 1.3.")
        layer, unit = map(int, match.groups())
        if layer > len(layers):
            raise ValueError(f"Units off: {part} is of layer {layer}, and there {_count(len(layers), 'hidden layer')}.")
        if unit >= layers[layer - 1]:
            there = "its one unit is 0" if layers[layer - 1] == 1 else f"its units are 0 to {layers[layer - 1] - 1}"
            raise ValueError(f"Units off: there is no unit {unit} in layer {layer}: {there}.")
        units.add((layer, unit))
    return tuple(sorted(units))


def written_units(units: Iterable[Unit]) -> str:
    """The text of some units, as a link has it."""
    return ",".join(f"{layer}.{unit}" for layer, unit in sorted(units))


def those_in(text: str, layers: Sequence[int]) -> str:
    """The text of those units of a text that a network with other hidden layers has as well."""
    units = [part.partition(".") for part in text.split(",") if part]
    there = [(int(layer), int(unit)) for layer, _, unit in units if int(layer) <= len(layers)]
    return written_units((layer, unit) for layer, unit in there if unit < layers[layer - 1])


def in_words(units: Sequence[Unit]) -> str:
    """Some units in a sentence: "unit 3 of layer 1 and unit 0 of layer 2"."""
    named = [f"unit {unit} of layer {layer}" for layer, unit in units]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def _count(count: int, thing: str) -> str:
    return f"is {count} {thing}" if count == 1 else f"are {count or 'no'} {thing}s"
