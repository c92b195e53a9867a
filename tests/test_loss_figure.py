"""The figure of the loss, whose ranges and ticks suit any losses and seldom change; and rounding up, which they use."""

import itertools
import json
import math
import sys

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.figures.base import round_up
from playground.figures.loss import MIN_LOSS, floor_of, loss_figure, loss_ranges
from playground.figures.palette import PALETTES
from tests.support.figures import EACH_PALETTE

LOSSES = [[0.0], [1e-300], [1e300], [5e-324, 1e300], [0.0, 1.0], [1.0], [10.0], [0.1, 0.001], [0.698, 0.0048], [1e308]]


@pytest.mark.parametrize("losses", LOSSES, ids=str)
@EACH_PALETTE
def test_the_loss_is_a_figure_whatever_the_losses(palette, losses):
    epochs = np.arange(len(losses))
    go.Figure(loss_figure(palette, epochs, np.array(losses)))


@pytest.mark.parametrize("losses", LOSSES, ids=str)
def test_the_ranges_of_the_loss_hold_it_and_are_finite(losses):
    found = loss_ranges(np.arange(len(losses)), np.array(losses))
    (start, end), (zero, top), (low, high) = found["epoch"], found["linear"], found["log"]
    assert np.isfinite([start, end, zero, top, low, high]).all()
    assert start == zero == 0
    assert end >= len(losses) - 1
    assert max(losses) <= top < math.inf
    assert low < high
    for loss in losses:
        assert low <= math.log10(loss if loss >= MIN_LOSS else floor_of(found)) <= high


def test_no_loss_is_too_large_for_a_range():
    found = loss_ranges(np.array([0]), np.array([sys.float_info.max]))
    assert np.isfinite([*found["linear"], *found["log"], *found["ticks"]["tickvals"]]).all()
    assert found["log"][0] < found["log"][1]


@pytest.mark.parametrize("losses", LOSSES, ids=str)
def test_the_ticks_of_the_loss_are_few_in_order_and_say_where_they_are(losses):
    found = loss_ranges(np.arange(len(losses)), np.array(losses))
    values, texts = found["ticks"]["tickvals"], found["ticks"]["ticktext"]
    assert 2 <= len(values) == len(texts) <= 10
    assert values == sorted(set(values))
    for value, text in zip(values, texts, strict=True):
        assert found["log"][0] - 1e-9 <= math.log10(value) <= found["log"][1]
        if text == "0":
            assert value == floor_of(found) < min([loss for loss in losses if loss >= MIN_LOSS], default=1.0)
            continue
        digit, _, power = text.replace("−", "-").removesuffix("</sup>").partition("10<sup>")
        assert float(f"{digit.rstrip('·') or 1}e{power}" if power else text) == pytest.approx(value)


@pytest.mark.parametrize("losses", [[0.5, 0.01, 0.0], [1.0, 1e-19], [0.0], [0.5, 1e-19, 0.0]], ids=str)
def test_a_loss_of_0_or_next_to_0_is_in_sight_on_the_logarithmic_scale(losses):
    figure = loss_figure(PALETTES["light"], np.arange(len(losses)), np.array(losses))
    axis, drawn = figure["layout"]["yaxis"], figure["data"][0]["y"]
    assert all(10 ** axis["range"][0] < y < 10 ** axis["range"][1] for y in drawn)
    if 0.0 in losses:
        assert axis["ticktext"][axis["tickvals"].index(drawn[-1])] == "0"


@pytest.mark.parametrize(("first", "last"), [(1, 1e-6), (0.7, 0.0048), (0.1, 1e5), (0.3, 1e300)])
def test_the_ranges_change_seldom_and_never_back_while_the_loss_falls_or_rises(first, last):
    epochs, losses = np.arange(20_001), np.geomspace(first, last, 20_001)
    seen = [json.dumps(loss_ranges(epochs[: n + 1], losses[: n + 1])) for n in range(0, 20_001, 12)]
    changes = sum(before != after for before, after in itertools.pairwise(seen))
    decades = math.ceil(abs(math.log10(last / first)))
    # to 200, 500, 1000, ..., 20000 epochs; to each power of ten; and to 2, 5 and 10 times of it on the linear scale
    assert changes <= 8 + decades + (3 * decades if last > first else 0)
    assert len(set(seen)) == changes + 1


@pytest.mark.parametrize(
    ("value", "up"),
    [(1, 1), (1.01, 2), (2, 2), (2.1, 5), (5, 5), (7, 10), (10, 10), (0.3, 0.5), (1e-16, 1e-16), (3e-300, 5e-300)],
)
def test_round_up_goes_by_1_2_and_5(value, up):
    assert round_up(value) == pytest.approx(up, rel=1e-12)


def test_round_up_is_never_below_never_far_above_and_never_infinite():
    for value in [*np.geomspace(1e-300, 1e307, 2000), 1e308, sys.float_info.max]:
        assert value * (1 - 1e-11) <= round_up(value) <= min(2.5 * value * (1 + 1e-11), sys.float_info.max)
