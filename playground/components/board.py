"""The board: which charts there are, and what the browser needs to draw them and to play the frames."""

import math

import numpy as np

from playground.analysis.contributions import contributions
from playground.analysis.learning_rate import Stability
from playground.components.payload import pack
from playground.figures.fit import fit_figure, output_figure
from playground.figures.loss import loss_figure, loss_ranges
from playground.figures.palette import PALETTES
from playground.figures.plane import map_figure, points_figure, scales, shade_limits, shades
from playground.figures.weights import gap_width, weights_figure, weights_limit
from playground.problems.described import CURVE
from playground.problems.grid import CELLS, MARGIN, evaluation_grid

WEIGHTS_EVERY = 4  # frames: the heatmaps are drawn ten times a second, and the largest network has 12,737 parameters
CURVES_EVERY = 12  # frames: of 64 units a picture is 100 kB
CURVE_STRIDE = 2  # of the grid's points every so many are enough for a unit's curve
UNIT_CELLS = 25  # along each side of a unit's map
OUTSIDE = MARGIN / (1 + 2 * MARGIN)  # the share of the fit's width on either side of the training range


def board_payload(
    player,
    *,
    with_figures,
    stability: Stability | None = None,
    units_of=None,
    selected=None,
    weights_every=WEIGHTS_EVERY,
):
    """The player's present frames, packed for live.js.

    Args:
        player: a Player.
        with_figures: whether the charts themselves are sent as well, not only what moves in them.
        stability: how large the learning rate may be; None where nobody is to know.
        units_of: the hidden layer whose units are sent as well, as curves or maps; None for none.
        selected: (layer, unit, input) of the parameter that is selected, or None.
        weights_every: every how many frames the parameters are sent.
    """
    frames, history, network = player.frames, player.trainer.history, player.trainer.network
    epochs, losses = history.epochs, history.losses
    tested, objectives = player.test_losses.up_to(frames[-1].epoch), history.objectives
    penalised = np.isfinite(objectives)
    weighed = _every(weights_every, frames)
    curved = _every(CURVES_EVERY, frames) if units_of else []
    pictured = [i for i, frame in enumerate(frames) if frame.output is not None]
    header = {
        "run": player.run_id,
        "version": player.frame_version,
        "playing": player.playing,
        "layers": _layer_words(network),
        "shapes": [Wb.shape for Wb in network.matrices(network.parameters)],
        "limits": [weights_limit(Wb) for Wb in network.matrices(frames[-1].parameters)],
        "ranges": loss_ranges(epochs, np.concatenate([losses, tested[:, 1], objectives[penalised]])),
        "objectives": [_finite(frame.objective) for frame in frames] if player.trainer.options.has_penalty else None,
        "test_losses": [frame.test_loss for frame in frames],
        "outside": OUTSIDE,
        "plane": _plane(player.problem),
        "pictured": pictured,
        "learning_rate": player.experiment.learning_rate,
        "stable_learning_rate": stability and stability.limit,
        "stable_bound": stability.explanation if stability else "",
        "figures": _figures(player) if with_figures else None,
        "editable": (player.experiment.problem, player.experiment.target) == (CURVE, "points"),
        "weighed": weighed,
        "curved": curved,
        "selected": selected,
    }
    arrays = {
        "epochs": [frame.epoch for frame in frames],
        "losses": [frame.loss for frame in frames],
        "changes": [frame.change for frame in frames],
        "gradient_norms": [frame.gradient_norm for frame in frames],
        "outputs": _outputs(player.problem, [frames[i] for i in pictured]),
        "parameters": np.stack([frames[i].parameters for i in weighed]),
        "history_epochs": epochs,
        "history_losses": losses,
        "tested_epochs": tested[:, 0],
        "tested_losses": tested[:, 1],
    }
    if penalised.any():
        arrays["history_objectives"] = objectives
    if player.problem.classes:
        arrays["confusions"] = np.stack([frames[i].confusion for i in pictured])
    if curved:
        arrays |= _units(player, units_of, [frames[i] for i in curved])
    return pack(header, arrays)


def _plane(problem):
    """What is special about a plane; None of a curve."""
    if problem.n_inputs == 1:
        return None
    return {"cells": CELLS, "classes": problem.classes, "limits": shade_limits(problem)}


def _outputs(problem, frames):
    """What is drawn of the outputs, a row a frame: the curve, or the shades of a plane, to the digits of a picture."""
    if problem.n_inputs == 1:
        return np.stack([frame.output[0] for frame in frames])
    with np.errstate(over="ignore"):  # beyond float32 it is as good as inf, and drawn as a hole
        return np.stack([shades(problem, frame.output) for frame in frames]).astype(np.float32)


def _finite(value):
    return value if math.isfinite(value) else None


def _every(stride, frames):
    """The places of every so many of the frames, the last one always among them."""
    return [i for i in range(len(frames)) if (len(frames) - 1 - i) % stride == 0]


def _units(player, layer, frames):
    """The units of a hidden layer: what each contributes to a curve, or its map of a plane."""
    problem, probe = player.problem, player.trainer.network.copy()
    grid = player.grid[:, ::CURVE_STRIDE] if problem.n_inputs == 1 else evaluation_grid(problem.ranges, UNIT_CELLS)
    seen, As, parts = problem.network_inputs(grid), [], []
    for frame in frames:
        probe.parameters[:] = frame.parameters
        As.append(probe.evaluate(seen)[layer].A)
        if problem.n_inputs == 1:
            parts.append(contributions(As[-1], probe.layers[-1].Wb))
    if problem.n_inputs > 1:
        return {"hidden": np.stack(As).astype(np.float32)}
    return {
        "hidden": np.stack(As),
        "weighted": np.stack([part.weighted for part in parts]),
        "order": np.stack([part.order for part in parts]),
        "biases": [part.bias for part in parts],
    }


def _figures(player):
    """For each palette the charts in the order of the page, and the colours of what stands around them.

    The order: the fit, the output over it, the loss, the weights of each layer.
    """
    first = player.frames[0]
    network, history = player.trainer.network, player.trainer.history
    sets = {}
    for name, palette in PALETTES.items():
        weights = enumerate(network.matrices(first.parameters), start=1)
        figures = [
            *_fit_figures(palette, player),
            loss_figure(palette, history.epochs, history.losses, tested=player.problem.test_samples.size > 0),
            *(weights_figure(palette, number, Wb) for number, Wb in weights),
        ]
        sets[name] = {
            "charts": figures,
            "diverging": palette.diverging,
            "colors": {
                "target": palette.target,
                "points": palette.point,
                "output": palette.output,
                "test": palette.text,
                **{f"class-{k}": color for k, color in enumerate(palette.classes)},
            },
            "scales": scales(palette, player.problem),
            "outside": palette.outside,
        }
    return sets


def _fit_figures(palette, player):
    """What stands still and what moves."""
    problem, grid = player.problem, player.grid
    if problem.n_inputs == 1:
        return fit_figure(palette, problem, grid), output_figure(palette, problem, grid)
    return points_figure(palette, problem), map_figure(palette, problem)


def _layer_words(network):
    """For each layer the title of its heatmap, and what it shows for those who cannot see it."""
    words = []
    for number, layer in enumerate(network.layers, start=1):
        units_out, units_in = layer.W.shape
        place = "output" if number == len(network.layers) else f"layer {number}"
        words.append(
            {
                "title": f"[W | b] of {place}",
                "rows": f"{units_out} unit{'s' * (units_out > 1)}",
                "columns": f"{units_in} input{'s' * (units_in > 1)}",
                "widths": [units_in, gap_width(units_in), 1],
                "description": f"Heatmap of the weights and biases of {place}: {units_out} units ({layer.g.label}), "
                f"each a row of {units_in} weights and its bias",
            }
        )
    return words
