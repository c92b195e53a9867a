"""The selection: one weight or bias, the same in every view."""

import re
from typing import NamedTuple


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
    def of(cls, network, choice):
        """The Selection that a visitor's `choice` names in a network; None when it names none."""
        if not isinstance(choice, list | tuple) or len(choice) != 3:
            return None
        if not all(isinstance(number, int) and not isinstance(number, bool) for number in choice):
            return None
        layer, unit, source = choice
        if not 1 <= layer <= len(network.layers):
            return None
        rows, columns = network.layers[layer - 1].Wb.shape
        return cls(layer, unit, source) if 0 <= unit < rows and 0 <= source < columns else None

    def place(self, network):
        """Where it is in the network's flat parameters."""
        shapes = [layer.Wb.shape for layer in network.layers]
        start = sum(rows * columns for rows, columns in shapes[: self.layer - 1])
        return start + self.unit * shapes[self.layer - 1][1] + self.input

    def name(self, network):
        """As everywhere: "W1[3, 0]" or "b1[3]"."""
        if self.is_bias(network):
            return f"b{self.layer}[{self.unit}]"
        return f"W{self.layer}[{self.unit}, {self.input}]"

    def is_bias(self, network):
        """Whether it is a bias, and so stands for its whole unit."""
        return self.input == network.layers[self.layer - 1].Wb.shape[1] - 1

    def unit_of(self, network, layer):
        """The unit of a layer that it belongs to or comes from; None where it has nothing to do with the layer."""
        if self.layer == layer:
            return self.unit
        return self.input if self.layer == layer + 1 and not self.is_bias(network) else None

    def cell_in(self, network, matrix):
        """Where it is in a matrix of the walk: (row, column), None for all of either, (None, None) for nowhere.

        Of a weight its cell in W, dW and [W | b]; of a bias its unit's row; in Z, A and theirs the row of the unit.

        Args:
            network: the network.
            matrix: its name, e.g. "dZ1" or "[W1 | b1] before".
        """
        number = re.search(r"\d+", matrix)
        layer = int(number[0]) if number else -1
        if "W" not in matrix and "b" not in matrix:
            return self.unit_of(network, layer), None
        if layer != self.layer:
            return None, None
        has_column = "[" in matrix or ("W" in matrix and not self.is_bias(network))
        return self.unit, (self.input if has_column else None)
