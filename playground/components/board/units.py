"""The hidden units of the frames that are sent with them: what each contributes to a curve, or its map of a plane."""

from collections.abc import Sequence

import numpy as np

from playground.analysis.contributions import contributions
from playground.components.contract import UnitArrays
from playground.components.precision import single, symmetric_steps
from playground.player import Frame, Player
from playground.problems.grid import evaluation_grid

CURVES_EVERY = 10  # frames
CURVE_STRIDE = 2  # every second of the grid's points is enough for a unit's curve
UNIT_CELLS = 25  # along each side of a unit's map


def unit_arrays(player: Player, layer: int, frames: Sequence[Frame]) -> UnitArrays:
    """The units of a hidden layer, 1 for the first, in each of some frames; exact if the run stands still."""
    problem, network, exact = player.problem, player.trainer.network, not player.playing
    is_curve = problem.n_inputs == 1
    grid = player.grid[:, ::CURVE_STRIDE] if is_curve else evaluation_grid(problem.ranges, UNIT_CELLS)
    inputs = problem.network_inputs(grid)
    networks = [network.with_parameters(frame.parameters) for frame in frames]
    hidden = np.stack([each.evaluate(inputs)[layer].A for each in networks])
    if not is_curve:
        return {"hidden": hidden.astype(np.float32) if exact else symmetric_steps(hidden)}
    parts = [contributions(A, each.layers[-1].Wb) for A, each in zip(hidden, networks, strict=True)]
    return {
        "hidden": hidden if exact else single(hidden),
        "unit_weights": np.stack([each.layers[-1].W[0] for each in networks]),
        "order": np.stack([part.order for part in parts]).astype(np.uint8),
        "biases": [part.bias for part in parts],
    }
