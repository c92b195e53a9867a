"""The hidden units of the frames that are sent with them: what each contributes to a curve, or its map of a plane."""

from collections.abc import Sequence

import numpy as np

from playground.analysis.contributions import contributions
from playground.components.contract import UnitArrays
from playground.player import Frame, Player
from playground.problems.grid import evaluation_grid

CURVES_EVERY = 12  # frames: those of 64 units are 100 kB per frame
CURVE_STRIDE = 2  # every second of the grid's points is enough for a unit's curve
UNIT_CELLS = 25  # along each side of a unit's map


def unit_arrays(player: Player, layer: int, frames: Sequence[Frame]) -> UnitArrays:
    """The units of a hidden layer, 1 for the first, in each of some frames."""
    problem, network = player.problem, player.trainer.network
    is_curve = problem.n_inputs == 1
    grid = player.grid[:, ::CURVE_STRIDE] if is_curve else evaluation_grid(problem.ranges, UNIT_CELLS)
    inputs = problem.network_inputs(grid)
    networks = [network.with_parameters(frame.parameters) for frame in frames]
    hidden = np.stack([each.evaluate(inputs)[layer].A for each in networks])
    if not is_curve:
        return {"hidden": hidden.astype(np.float32)}
    parts = [contributions(A, each.layers[-1].Wb) for A, each in zip(hidden, networks, strict=True)]
    return {
        "hidden": hidden,
        "weighted": np.stack([part.weighted for part in parts]),
        "order": np.stack([part.order for part in parts]),
        "biases": [part.bias for part in parts],
    }
