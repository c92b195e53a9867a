"""The output of a network at inputs that stay the same, in arrays that are used again: sixty times a second."""

import numpy as np

from nn import NeuralNetwork
from nn.arrays import Matrix
from nn.evaluation import Evaluation

PART_BYTES = 256 * 1024  # of one array, at most: of the largest network over a plane all would be 15 MB


class OutputOnGrid:
    """Evaluates a network, as it is at the time, at fixed inputs.

    Args:
        network: the network, whose parameters may change in place.
        inputs: (inputs, n), as the network sees them.
    """

    def __init__(self, network: NeuralNetwork, inputs: Matrix) -> None:
        self._network = network
        dtype = network.parameters.dtype
        widest = max(layer.unit_count for layer in network.layers)
        size = max(1, PART_BYTES // (widest * dtype.itemsize))
        self._off = network.off
        self._parts = [inputs[:, start : start + size].astype(dtype) for start in range(0, inputs.shape[1], size)]
        self._spaces = self._allocate()

    def _allocate(self) -> dict[int, Evaluation]:
        return {part.shape[1]: Evaluation(self._network, part.shape[1]) for part in self._parts}

    def evaluate(self) -> Matrix:
        """(outputs, n), a new array."""
        if self._off != self._network.off:  # other units are switched off now
            self._off, self._spaces = self._network.off, self._allocate()
        outputs: list[Matrix] = []
        with np.errstate(all="ignore"):
            for part in self._parts:
                work = self._spaces[part.shape[1]].set_inputs(part)
                self._network.evaluate_into(work)
                outputs.append(work.values[-1].A.copy())
        return outputs[0] if len(outputs) == 1 else np.hstack(outputs)
