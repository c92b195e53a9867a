"""How the stages name the layers of a step, and what these pass on."""

from nn import Layer
from nn.workspace import Workspace


def place(l: int, layers: list[Layer]) -> str:
    """How a sentence names a layer."""
    return "the output" if l == len(layers) else f"layer {l}"


def has_mask(l: int, work: Workspace) -> bool:
    """Whether some units of a layer are dropped."""
    return 0 < l <= len(work.masks)


def latex(name: str, l: int, work: Workspace) -> str:
    """What layer l passes on ("A"), or its derivative ("dA"), in LaTeX; with a tilde where some of it is dropped."""
    return (name.replace("A", r"\tilde{A}") if has_mask(l, work) else name) + f"^{l}"
