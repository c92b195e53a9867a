"""The layers beside each other: how large dW and dZ are in each, how far Z and A spread, what is saturated or dead."""

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import numpy as np

from nn import Trainer
from nn.arrays import Flat, Matrix
from nn.checkpoint import Checkpoint
from nn.step_trace import Examples, differentiate
from nn.units_off import Unit
from playground.analysis.contributions import is_flat

Quantity: TypeAlias = Literal[
    "dW", "dZ", "Z25", "Z50", "Z75", "Z_spread", "A25", "A50", "A75", "A_spread", "saturated", "dead"
]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)

MAX_MOMENTS = 60  # of the history; the checkpoints lie closer at its beginning
WORK_PER_HISTORY = 100_000_000  # weights times examples times moments; of larger networks there are fewer moments
LOWEST, QUARTILES = 2, (25, 50, 75)


def layer_numbers(trainer: Trainer, parameters: Flat, off: Sequence[Unit] | None = None) -> Matrix:
    """What is known of each layer, (layers, QUANTITIES), the output last.

    All of it is of the whole training set, the whole network (nothing is dropped) and the loss without its penalty:
    where a step is that, too, the arrays are those that the step computes.

    Args:
        trainer: of the network, which is left as it is.
        parameters: of the moment, flat.
        off: the units that were switched off then; None for those that are now.

    Returns:
        Of each layer the norms ||dW|| and ||dZ||, the roots of the sums of the squares. Then of its units that are on,
        or of all where none is: the quartiles and the standard deviation of all entries of Z, then of A; the share of
        the entries of Z at which g' is almost 0; and the share of the units that give the same A for every example.
    """
    network, data = trainer.network.with_parameters(parameters), trainer.training_set
    network.off = network.off if off is None else off
    work, _ = differentiate(trainer, network, Examples(data.Xs, data.Ys, []), data.m)
    rows = []
    with np.errstate(all="ignore"):
        for l, (layer, dWb) in enumerate(zip(network.layers, work.dWbs, strict=True), start=1):
            Z, A = work.values[l]
            assert Z is not None
            on = [unit for unit in range(len(A)) if (l, unit) not in network.off] or slice(None)
            Z, A = Z[on], A[on]
            row = [float(np.linalg.norm(dWb[:, :-1])), float(np.linalg.norm(work.dZs[l]))]
            row += [*_spread(Z), *_spread(A)]
            row += [float(np.mean(is_flat(layer.g, Z))), float(np.mean(np.ptp(A, axis=1) == 0))]
            rows.append(row)
    return np.array(rows)


def _spread(values: Matrix) -> list[float]:
    """The quartiles and the standard deviation."""
    return [*map(float, np.percentile(values, QUARTILES)), float(values.std())]


def moments_of(trainer: Trainer, checkpoints: Sequence[Checkpoint]) -> list[Checkpoint]:
    """Those of a run's checkpoints that its history is drawn of: the first, the last, and some in between."""
    work = trainer.network.parameters.size * trainer.training_set.m
    count = max(LOWEST, min(MAX_MOMENTS, len(checkpoints), WORK_PER_HISTORY // work))
    places = np.unique(np.linspace(0, len(checkpoints) - 1, count).round().astype(int))
    return [checkpoints[place] for place in places]
