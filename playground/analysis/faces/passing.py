"""What passing frames bring of a face: the numbers that are drawn there, and no others."""

from collections.abc import Mapping, Sequence

from playground.analysis.faces.numbers import Blocks, Face

STAYING = ("inputs", "targets")  # the same in every frame
_PASSING: Mapping[Face, Sequence[str]] = {
    "weights": ("b", "w"),
    "forward": ("z", "a", "kept", "wa"),
    "backward": ("da", "dz", "kept", "dw", "z"),
    "step": ("b", "w", "b_change", "w_change"),
}


def passing(face: Face, blocks: Blocks, *, is_softmax: bool) -> Blocks:
    """The blocks that frames of a running training bring.

    Args:
        face: whose numbers they are.
        blocks: all of its numbers.
        is_softmax: whether the output is: how its g depends on a unit's Z is then known from its A alone.

    Returns:
        Some of the blocks. A step's "b_change" and "w_change" are what it adds: of parameters before and after it, in
        single precision, a small difference would be lost.
    """
    known = {**blocks}
    for name in ("b", "w"):
        if f"{name}_after" in blocks:
            known[f"{name}_change"] = blocks[f"{name}_after"] - blocks[name]
    names = (*_PASSING[face], "a") if is_softmax and face == "backward" else _PASSING[face]
    return {name: known[name] for name in names if name in known}
