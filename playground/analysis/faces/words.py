"""The numbers of a face as text, for those who cannot see the drawing."""

from collections.abc import Collection

from nn.units_off import Unit
from playground.analysis.faces.numbers import Blocks, Drawn

IN_WORDS = {"z": "Z", "a": "A", "da": "dA", "dz": "dZ", "b": "b", "b_after": "b after the step"}


def numbers_in_words(blocks: Blocks, drawn: Drawn, off: Collection[Unit] = ()) -> str:
    """Unit by unit what stands in the units, and which are off; what is unknown is left out."""
    sentences: list[str] = []
    left_out = ({"b"} if {"z", "dz"} & blocks.keys() else set()) | ({"z", "a"} if "dz" in blocks else set())
    shown = [name for name in IN_WORDS if name in blocks.keys() - left_out]
    place = 0
    for l, units in enumerate(drawn[1:], start=1):
        parts: list[str] = []
        for unit in units:
            numbers = [(IN_WORDS[name], blocks[name][place]) for name in shown]
            words = ", ".join(f"{name} {value:.4g}" for name, value in numbers if value == value)
            state = ", dropped" if "kept" in blocks and not blocks["kept"][place] else ""
            state = ", off" if (l, unit) in off else state
            parts.append(f"unit {unit}: {words or 'not computed yet'}{state}")
            place += 1
        sentences.append(f"{'Output' if l == len(drawn) - 1 else f'Layer {l}'}: {'; '.join(parts)}.")
    return " ".join(sentences)
