"""How the stages name the layers of a step, and what these pass on."""

from collections.abc import Sequence

from nn import Layer, NeuralNetwork
from nn.workspace import Workspace


def place(l: int, layers: list[Layer]) -> str:
    """How a sentence names a layer."""
    return "the output" if l == len(layers) else f"layer {l}"


def has_mask(l: int, work: Workspace) -> bool:
    """Whether some units of a layer are dropped."""
    return 0 < l <= len(work.masks)


def off_in(l: int, network: NeuralNetwork) -> list[int]:
    """The units of layer l that are switched off."""
    return [unit for layer, unit in network.off if layer == l]


def of_units_off(units: Sequence[int], said: str) -> str:
    """A sentence on the units of a layer that are switched off; "" where there are none."""
    if not units:
        return ""
    named = ", ".join(map(str, units))
    return (
        f" Of unit {named}, which is off, {said}." if len(units) == 1 else f" Of units {named}, which are off, {said}."
    )


def latex(name: str, l: int, work: Workspace) -> str:
    """What layer l passes on ("A"), or its derivative ("dA"), in LaTeX; with a tilde where some of it is dropped."""
    return (name.replace("A", r"\tilde{A}") if has_mask(l, work) else name) + f"^{l}"
