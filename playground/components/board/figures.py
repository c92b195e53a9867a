"""The board's charts in each palette, and the text around the heatmaps."""

from nn import NeuralNetwork
from playground.components.contract import BoardFigures, LayerText
from playground.figures.base import Figure
from playground.figures.fit import fit_figure, output_figure
from playground.figures.loss import loss_figure
from playground.figures.palette import PALETTES, Palette
from playground.figures.plane import map_figure, points_figure, scales
from playground.figures.weights import gap_width, weights_figure
from playground.player import Player


def board_figures(player: Player) -> dict[str, BoardFigures]:
    """The charts by the name of the palette."""
    return {name: _in_palette(palette, player) for name, palette in PALETTES.items()}


def _in_palette(palette: Palette, player: Player) -> BoardFigures:
    network, history, problem = player.trainer.network, player.trainer.history, player.problem
    matrices = network.matrices(player.frames[0].parameters)
    return {
        "charts": [
            *_fit_figures(palette, player),
            loss_figure(palette, history.epochs, history.losses, tested=problem.test_samples.size > 0),
            *(weights_figure(palette, number, Wb) for number, Wb in enumerate(matrices, start=1)),
        ],
        "diverging": palette.diverging,
        "colors": {
            "target": palette.target,
            "points": palette.point,
            "output": palette.output,
            "test": palette.text,
            **{f"class-{k}": color for k, color in enumerate(palette.classes)},
        },
        "scales": scales(palette, problem),
        "outside": palette.outside,
    }


def _fit_figures(palette: Palette, player: Player) -> tuple[Figure, Figure]:
    """What stands still and what moves."""
    problem, grid = player.problem, player.grid
    if problem.n_inputs == 1:
        return fit_figure(palette, problem, grid), output_figure(palette, problem, grid)
    return points_figure(palette, problem), map_figure(palette, problem)


def layer_text(network: NeuralNetwork) -> list[LayerText]:
    """The text around each layer's heatmap."""
    texts: list[LayerText] = []
    for number, layer in enumerate(network.layers, start=1):
        units_out, units_in = layer.W.shape
        place = "output" if number == len(network.layers) else f"layer {number}"
        texts.append(
            {
                "title": f"[W | b] of {place}",
                "rows": f"{units_out} unit{'s' * (units_out > 1)}",
                "columns": f"{units_in} input{'s' * (units_in > 1)}",
                "widths": [units_in, gap_width(units_in), 1],
                "description": f"Heatmap of the weights and biases of {place}: {units_out} units ({layer.g.label}), "
                f"each a row of {units_in} weights and its bias",
            }
        )
    return texts
