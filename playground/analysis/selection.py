"""The selection: one weight or bias, the same in every view."""

from __future__ import annotations

from typing import NamedTuple

from nn import NeuralNetwork
from playground.analysis.walk.matrices import BIASES, UNITS, WEIGHTS, WEIGHTS_AND_BIASES, Matrix


class Cell(NamedTuple):
    """A place in a matrix: None for all rows or all columns, and for nowhere if both are None."""

    row: int | None
    column: int | None


class Selection(NamedTuple):
    """A parameter of a network.

    Attributes:
        layer: 1 for the first after the input.
        unit: the row of [W | b].
        input: its column; the last one is the bias.
    """

    layer: int
    unit: int
    input: int

    @classmethod
    def of(cls, network: NeuralNetwork, choice: object) -> Selection | None:
        """The Selection of a visitor's choice, [layer, unit, input]; None if the network has no such parameter."""
        if not isinstance(choice, list | tuple) or len(choice) != 3:
            return None
        if not all(isinstance(number, int) and not isinstance(number, bool) for number in choice):
            return None
        layer, unit, source = choice
        if not 1 <= layer <= len(network.layers):
            return None
        rows, columns = network.layers[layer - 1].Wb.shape
        return cls(layer, unit, source) if 0 <= unit < rows and 0 <= source < columns else None

    def place(self, network: NeuralNetwork) -> int:
        """Its index in the network's flat parameters."""
        shapes: list[tuple[int, int]] = [layer.Wb.shape for layer in network.layers]
        start = sum(rows * columns for rows, columns in shapes[: self.layer - 1])
        return start + self.unit * shapes[self.layer - 1][1] + self.input

    def name(self, network: NeuralNetwork) -> str:
        """Its name, "W1[3, 0]" or "b1[3]"."""
        if self.is_bias(network):
            return f"b{self.layer}[{self.unit}]"
        return f"W{self.layer}[{self.unit}, {self.input}]"

    def is_bias(self, network: NeuralNetwork) -> bool:
        """Whether it is a bias, and so stands for its whole unit."""
        return self.input == int(network.layers[self.layer - 1].W.shape[1])

    def unit_of(self, network: NeuralNetwork, layer: int) -> int | None:
        """The unit of a layer that it belongs to or comes from; None if it has nothing to do with the layer."""
        if self.layer == layer:
            return self.unit
        return self.input if self.layer == layer + 1 and not self.is_bias(network) else None

    def cell_in(self, network: NeuralNetwork, matrix: Matrix) -> Cell:
        """Where it is in a matrix of the walk.

        A weight is one entry of W, dW and [W | b]; a bias is its unit's row. In Z, A and theirs it is the row of its
        unit.
        """
        if matrix.kind in UNITS:
            return Cell(self.unit_of(network, matrix.layer), None)
        if matrix.kind not in (*WEIGHTS, *BIASES, *WEIGHTS_AND_BIASES) or matrix.layer != self.layer:
            return Cell(None, None)
        is_entry = matrix.kind in WEIGHTS_AND_BIASES or (matrix.kind in WEIGHTS and not self.is_bias(network))
        return Cell(self.unit, self.input if is_entry else None)
