"""The figure of the weights: a heatmap of [W | b] per layer."""

import math
import sys

import numpy as np
import pytest

from playground.figures.weights import weights_figure, weights_limit
from tests.support.figures import EACH_EXPERIMENT, EACH_PALETTE, playing, ranges


@EACH_EXPERIMENT
@EACH_PALETTE
def test_a_heatmap_shows_W_then_a_gap_then_b_each_by_its_name(palette, experiment):
    player = playing(experiment)
    for number, layer in enumerate(player.trainer.network.layers, start=1):
        figure = weights_figure(palette, number, np.hstack([layer.W, layer.b]))
        trace, (units_out, units_in) = figure["data"][0], layer.W.shape
        for i, (row, names) in enumerate(zip(trace["z"], trace["customdata"], strict=True)):
            assert row == [*layer.W[i].tolist(), None, layer.b[i, 0]]
            assert names == [*(f"W{number}[{i}, {j}]" for j in range(units_in)), "", f"b{number}[{i}]"]
        assert len(trace["z"]) == units_out


@EACH_EXPERIMENT
@EACH_PALETTE
def test_a_heatmap_fills_its_chart_with_unit_1_on_top(palette, experiment):
    player = playing(experiment)
    network = player.trainer.network
    for Wb in network.matrices(network.parameters):
        figure = weights_figure(palette, 1, Wb)
        trace, ((left, right), (bottom, top)) = figure["data"][0], ranges(figure)
        edges = trace["x"]
        assert len(edges) == len(trace["z"][0]) + 1  # of cells
        assert edges == sorted(set(edges))
        assert (edges[0], edges[-1]) == (left, right)
        widths = np.diff(edges)
        np.testing.assert_allclose(np.delete(widths, -2), 1)  # but the gap
        assert trace["y"] == list(range(len(Wb)))
        assert (top, bottom) == (-0.5, len(Wb) - 0.5)


@EACH_EXPERIMENT
@EACH_PALETTE
def test_0_is_in_the_middle_of_the_colours_and_no_weight_outside_them(palette, experiment):
    player = playing(experiment)
    network = player.trainer.network
    for Wb in network.matrices(network.parameters):
        trace = weights_figure(palette, 1, Wb)["data"][0]
        assert trace["zmin"] == -trace["zmax"]
        assert np.abs(Wb).max() <= trace["zmax"]
        places, colors = zip(*trace["colorscale"], strict=True)
        assert (places[0], places[len(places) // 2], places[-1]) == (0, 0.5, 1)
        np.testing.assert_allclose(np.add(places, places[::-1]), 1)
        assert colors == palette.diverging


@pytest.mark.parametrize(
    ("largest", "limit"),
    [(0, 0.5), (0.01, 0.5), (0.5, 0.5), (0.51, 1), (1, 1), (1.5, 2), (3, 5), (70, 100), (2e9, 2e9)],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_the_limit_is_the_next_round_number_and_at_least_a_half(largest, limit, sign):
    assert weights_limit(np.array([[0.0, sign * largest], [largest / 2, 0]])) == pytest.approx(limit)


@pytest.mark.parametrize("largest", [1e-300, 1e300, sys.float_info.max])
def test_the_limit_is_finite_whatever_the_weights(largest):
    assert largest <= weights_limit(np.array([[largest, -largest]])) < math.inf
