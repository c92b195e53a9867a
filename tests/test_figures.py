"""All figures together: Plotly accepts each, and none leaves a range to be found or depends on the theme."""

import json
import math

import numpy as np
import plotly.graph_objects as go

from nn import gradient_check
from playground.experiment import Experiment
from playground.figures.contributions import contributions_figure, units_figure
from playground.figures.fit import fit_figure, output_figure
from playground.figures.gradient import gradient_figure
from playground.figures.growth import growth_figure
from playground.figures.landscape import landscape_figure
from playground.figures.loss import loss_figure
from playground.figures.matrix import matrix_figure
from playground.figures.palette import PALETTES
from playground.figures.plane import map_figure, points_figure, small_figures
from playground.figures.unit_maps import unit_maps_figure
from playground.figures.weights import weights_figure
from playground.player import Player
from tests.support.figures import EACH_EXPERIMENT, EACH_PALETTE, PROBLEMS, playing, ranges

CHECK = gradient_check(Player(Experiment()).trainer.network, np.ones((1, 3)), np.ones((1, 3)))
LANDSCAPE = (
    np.linspace(-1, 2, 3),
    np.linspace(-3, 1, 2),
    np.array([[1.0, np.nan, 1e9], [0.0, 1e-5, 3.0]]),
    np.array([[1.0, -2.0], [0.5, 0.5], [0.0, 0.0]]),
    np.array([-0.1, 0.0]),
)


def figures(palette, player):
    """Every figure there is, by name."""
    network, history = player.trainer.network, player.trainer.history
    return (
        {
            "fit": fit_figure(palette, player.problem, player.grid),
            "output": output_figure(palette, player.problem, player.grid),
            "loss": loss_figure(palette, history.epochs, history.losses),
            "contributions": contributions_figure(palette, player.problem, player.grid[:, ::2], 20),
            "units": units_figure(palette, player.grid[:, ::2], 20),
            "gradient": gradient_figure(palette, CHECK, "b2[0]"),
            "growth of the loss": growth_figure(palette, [3], [0.0], [0.0], "loss"),
            "growth": growth_figure(palette, [3, 4, 5], [1.0, 1e300, 1e308], [0.0, 1e10, math.inf], "Z2"),
            "landscape": landscape_figure(palette, "loss", *LANDSCAPE),
            "landscape of nothing": landscape_figure(palette, "loss", *LANDSCAPE[:2], np.zeros((2, 3)), *LANDSCAPE[3:]),
            "matrix": matrix_figure(palette, np.eye(3), (1, None)),
            "matrix of zeros": matrix_figure(palette, np.zeros((40, 200)), (None, 7)),
        }
        | {
            f"{kind} of {name}": build(palette, problem)
            for name, problem in PROBLEMS.items()
            for kind, build in (("points", points_figure), ("map", map_figure))
        }
        | {
            f"small {kind} of {name}": figure
            for name, problem in PROBLEMS.items()
            for kind, figure in zip(("map", "points"), small_figures(palette, problem, 8), strict=True)
        }
        | {
            f"weights {number}": weights_figure(palette, number, Wb)
            for number, Wb in enumerate(network.matrices(network.parameters), start=1)
        }
    )


@EACH_EXPERIMENT
@EACH_PALETTE
def test_plotly_accepts_every_figure(palette, experiment):
    player = playing(experiment)
    for name, figure in figures(palette, player).items():
        accepted = go.Figure(figure)
        assert [trace.type for trace in accepted.data] == [trace["type"] for trace in figure["data"]], name


@EACH_EXPERIMENT
@EACH_PALETTE
def test_a_figure_is_plain_json_with_finite_ranges_that_plotly_need_not_find(palette, experiment):
    player = playing(experiment)
    for name, figure in figures(palette, player).items():
        json.dumps(figure, allow_nan=False)
        for low, high in ranges(figure):
            assert math.isfinite(low), name
            assert math.isfinite(high), name
            assert low != high, name


@EACH_EXPERIMENT
def test_the_palette_changes_colours_and_nothing_else(experiment):
    player = playing(experiment)

    def shape(value):
        if isinstance(value, dict):
            return {key: shape(item) for key, item in value.items()}
        if isinstance(value, list):
            return [shape(item) for item in value]
        return "a colour" if isinstance(value, str) and value.startswith(("#", "rgba")) else value

    light, dark = (figures(palette, player) for palette in PALETTES.values())
    assert light != dark
    assert shape(light) == shape(dark)


@EACH_PALETTE
def test_the_tiles_of_units_are_a_heatmap_without_axes(palette):
    figure = unit_maps_figure(palette)
    go.Figure(figure)
    json.dumps(figure, allow_nan=False)
    assert not figure["layout"]["xaxis"]["visible"]
