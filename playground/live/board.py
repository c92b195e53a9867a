"""The board: which charts there are, and what the browser needs to draw them and to play the frames."""

import math

import numpy as np

from playground.contributions import contributions
from playground.figures.fit import fit_figure, output_figure
from playground.figures.loss import loss_figure, loss_ranges
from playground.figures.palette import PALETTES
from playground.figures.weights import gap_width, weights_figure, weights_limit
from playground.live.payload import pack
from playground.player import BEYOND

WEIGHTS_EVERY = 4  # frames: the heatmaps are drawn ten times a second, and the largest network has 12,737 parameters
CURVES_EVERY = 12  # frames: of 64 units a picture is 100 kB
CURVE_STRIDE = 2  # of the grid's points every so many are enough for a unit's curve
OUTSIDE = BEYOND / (1 + 2 * BEYOND)  # the share of the fit's width on either side of the training range


def board_payload(player, *, with_figures, with_curves=False, selected=None):
    """The player's present frames, packed for live.js.

    Args:
        player: a Player.
        with_figures: whether the charts themselves are sent as well, not only what moves in them.
        with_curves: whether what each unit contributes is sent as well.
        selected: (layer, unit, input) of the parameter that is selected, or None.
    """
    frames, history, network = player.frames, player.trainer.history, player.trainer.network
    epochs, losses = history.epochs, history.losses
    tested = player.held_out.until(frames[-1].epoch)
    weighed = _every(WEIGHTS_EVERY, frames)
    curved = _every(CURVES_EVERY, frames) if with_curves else []
    header = {
        "run": player.run,
        "version": player.version,
        "playing": player.playing,
        "layers": _layer_words(network),
        "shapes": [Wb.shape for Wb in network.matrices(network.parameters)],
        "limits": [weights_limit(Wb) for Wb in network.matrices(frames[-1].parameters)],
        "ranges": loss_ranges(epochs, np.concatenate([losses, tested[:, 1]])),
        "objectives": [_finite(frame.objective) for frame in frames] if player.trainer.rule.penalises else None,
        "test_losses": [frame.test_loss for frame in frames],
        "outside": OUTSIDE,
        "learning_rate": player.experiment.learning_rate,
        "stable_learning_rate": player.stable_learning_rate(),
        "figures": _figures(player) if with_figures else None,
        "editable": player.experiment.target == "points",
        "weighed": weighed,
        "curved": curved,
        "selected": selected,
    }
    arrays = {
        "epochs": [frame.epoch for frame in frames],
        "losses": [frame.loss for frame in frames],
        "changes": [frame.change for frame in frames],
        "gradient_norms": [frame.gradient_norm for frame in frames],
        "outputs": np.stack([frame.output for frame in frames]),
        "parameters": np.stack([frames[i].parameters for i in weighed]),
        "history_epochs": epochs,
        "history_losses": losses,
        "tested_epochs": tested[:, 0],
        "tested_losses": tested[:, 1],
    }
    if curved:
        arrays |= _curves(network, [frames[i] for i in curved])
    return pack(header, arrays)


def _finite(value):
    return value if math.isfinite(value) else None


def _every(stride, frames):
    """The places of every so many of the frames, the last one always among them."""
    return [i for i in range(len(frames)) if (len(frames) - 1 - i) % stride == 0]


def _curves(network, frames):
    outputs = [network.matrices(frame.parameters)[-1] for frame in frames]
    parts = [contributions(f.hidden[:, ::CURVE_STRIDE], Wb) for f, Wb in zip(frames, outputs, strict=True)]
    return {
        "hidden": np.stack([part.A for part in parts]),
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
            fit_figure(palette, player.problem, player.grid),
            output_figure(palette, player.problem, player.grid),
            loss_figure(palette, history.epochs, history.losses, tested=player.problem.test_points.size > 0),
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
            },
            "outside": palette.outside,
        }
    return sets


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
