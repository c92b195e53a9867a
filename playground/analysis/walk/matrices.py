"""The matrices of a step by kind and layer, from which follow their names and what their rows and columns are."""

from typing import Literal, NamedTuple, TypeAlias

import nn.arrays

Kind: TypeAlias = Literal[
    "W", "b", "dW", "db",
    "Wb", "Wb before", "Wb after", "dWb", "dWb of the loss", "dWb of the step",
    "Z", "A", "Ã", "dZ", "dA", "dÃ", "mask", "slope",
    "Y", "A - Y", "losses",
]  # fmt: skip

NAMES: dict[Kind, str] = {  # where they are not the kind and the layer's number
    "Wb": "[W{l} | b{l}]",
    "Wb before": "[W{l} | b{l}] before",
    "Wb after": "[W{l} | b{l}] after",
    "dWb": "[dW{l} | db{l}]",
    "dWb of the loss": "[dW{l} | db{l}] of the loss",
    "dWb of the step": "[dW{l} | db{l}] of the step",
    "mask": "M{l} / (1 - p)",
    "slope": "g'(Z{l})",
    "Y": "Y",
    "A - Y": "A{l} - Y",
    "losses": "loss before, after",
}
WEIGHTS: tuple[Kind, ...] = ("W", "dW")
BIASES: tuple[Kind, ...] = ("b", "db")
WEIGHTS_AND_BIASES = tuple(kind for kind in NAMES if "Wb" in kind)
UNITS: tuple[Kind, ...] = ("Z", "A", "Ã", "dZ", "dA", "dÃ", "mask", "slope", "A - Y")  # a row per unit of the layer


class Matrix(NamedTuple):
    """A matrix of a step.

    Attributes:
        kind: what it is.
        layer: the layer it belongs to, 1 for the first after the input, 0 for the input.
        values: two-dimensional.
        seen_from: the layer whose stage it is part of.
        rows_are: what the rows are called, where it is not "units".
    """

    kind: Kind
    layer: int
    values: nn.arrays.Matrix
    seen_from: int
    rows_are: str = "units"

    @property
    def name(self) -> str:
        """As everywhere, e.g. "dZ1" or "[W1 | b1] before"."""
        return NAMES.get(self.kind, f"{self.kind}{self.layer}").format(l=self.layer)

    @property
    def rows(self) -> str:
        """What its rows are; "" where it has only one."""
        return "" if self.kind == "losses" else self._units(self.layer)

    @property
    def columns(self) -> str:
        """What its columns are; "" where they need no name."""
        if self.kind in WEIGHTS:
            return self._units(self.layer - 1)
        if self.kind in WEIGHTS_AND_BIASES:
            return f"{self._units(self.layer - 1)}, b"
        return "examples" if self.kind in UNITS or self.kind == "Y" else ""

    def _units(self, layer: int) -> str:
        place = {-1: " below", 0: "", 1: " above"}[layer - self.seen_from]
        return f"{self.rows_are}{place}"
