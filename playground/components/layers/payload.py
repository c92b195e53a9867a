"""What the charts of the layers are drawn from: their history so far; what moves comes with the board's frames."""

import math

from playground.analysis.contributions import FLAT
from playground.analysis.layers import QUANTITIES, layer_numbers, moments_of
from playground.analysis.slopes import slopes_of
from playground.components.view_contract import LayersPayload, SlopesPayload
from playground.figures.layers import color_of, history_figure, moment_figure
from playground.figures.palette import PALETTES
from playground.figures.slopes import slopes_figure
from playground.player import Player

DIGITS = 4  # of a number that is only drawn


def layers_payload(player: Player, layer: int = 1, unit: int = 0) -> LayersPayload:
    """The layers of a run, with their past at the checkpoints on record.

    Args:
        player: the run.
        layer, unit: the unit whose g is shown; 1 for the first layer.
    """
    trainer = player.trainer
    moments = moments_of(trainer, player.recording.checkpoints)
    last = len(trainer.network.layers)
    names = [f"Layer {number}" for number in range(1, last)] + ["Output"]
    return {
        "run_id": player.run_id,
        "names": names,
        "activations": [layer.g.label for layer in trainer.network.layers],
        "quantities": list(QUANTITIES),
        "epochs": [moment.epoch for moment in moments],
        "history": [
            [_drawn(value) for value in layer_numbers(trainer, moment.parameters, moment.off).ravel().tolist()]
            for moment in moments
        ],
        "figures": {
            name: [history_figure(palette, names), moment_figure(palette, names)] for name, palette in PALETTES.items()
        },
        "colors": {name: [color_of(palette, i) for i in range(last)] for name, palette in PALETTES.items()},
        "slopes": _slopes(player, layer, unit),
    }


def _slopes(player: Player, layer: int, unit: int) -> SlopesPayload:
    layers = player.trainer.network.layers
    g = layers[layer - 1].g
    slopes = slopes_of(player.trainer, layer, unit)
    name = "the output" if layer == len(layers) else f"layer {layer}"
    return {
        "of": f"{layer},{unit}",
        "where": f"unit {unit} of {name} ({g.label})",
        "Zs": slopes.Zs.tolist(),
        "slopes": slopes.slopes.tolist(),
        "flat": FLAT * g.steepest,
        "Z": [] if player.playing else slopes.Z.tolist(),
        "A": [] if player.playing else slopes.A.tolist(),
        "figures": {
            name: slopes_figure(palette, slopes.Zs, slopes.As, slopes.slopes) for name, palette in PALETTES.items()
        },
    }


def _drawn(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
