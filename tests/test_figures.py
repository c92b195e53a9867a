"""The figures: Plotly accepts each, its ranges hold what it shows, and its colours can be told apart."""

import itertools
import json
import math
import sys

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.colors import sample_colorscale, unlabel_rgb

from nn import gradient_check
from playground.experiment import Experiment
from playground.figures.base import round_up
from playground.figures.contributions import contributions_figure, units_figure
from playground.figures.fit import fit_figure, output_figure
from playground.figures.gradient import gradient_figure
from playground.figures.growth import growth_figure
from playground.figures.landscape import landscape_figure
from playground.figures.loss import loss_figure, loss_ranges
from playground.figures.matrix import MAX_NUMBERED_COLUMNS, MAX_NUMBERED_ROWS, matrix_figure
from playground.figures.network import MAX_UNITS_ALONE, MAX_UNITS_PER_LAYER, network_diagram
from playground.figures.palette import PALETTES
from playground.figures.plane import map_figure, points_figure, scales, shade_limits, shades, small_figures
from playground.figures.unit_maps import unit_maps_figure
from playground.figures.weights import weights_figure, weights_limit
from playground.player import Player
from playground.problems.grid import CELLS
from tests.support.contrast import BACKGROUNDS, DICHROMATS, blend, color_difference, contrast, to_hex

LARGEST = {"layers": (64,) * 4, "activations": ("relu",) * 4, "points": 1000}
EXPERIMENTS = [
    {},
    {"layers": (1,), "points": 2},
    {"target": "step", "low": 19.0, "high": 19.5},  # a target that is flat in the range
    {"target": "x_sine", "low": -20.0, "high": 20.0},
    {"target": "noisy_sine", "layers": (3, 40), "activations": ("tanh", "relu"), "initializer": "zeros"},
    {"learning_rate": 100.0},
    LARGEST,
]
CHECK = gradient_check(Player(Experiment()).trainer.network, np.ones((1, 3)), np.ones((1, 3)))
LANDSCAPE = (
    np.linspace(-1, 2, 3),
    np.linspace(-3, 1, 2),
    np.array([[1.0, np.nan, 1e9], [0.0, 1e-5, 3.0]]),
    np.array([[1.0, -2.0], [0.5, 0.5], [0.0, 0.0]]),
    np.array([-0.1, 0.0]),
)
PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
EACH = pytest.mark.parametrize("player", EXPERIMENTS, ids=str, indirect=True)


@pytest.fixture(scope="module")
def player(request):
    """A player that has played a little, or has diverged."""
    player = Player(Experiment(**request.param))
    player.play()
    return player


def figures(palette, player):
    """Every figure there is, by name."""
    network, history = player.trainer.network, player.trainer.history
    planes = {name: Experiment(problem=name, test_fraction=0.2).make_problem() for name in ("circle", "plane", "rings")}
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
            for name, problem in planes.items()
            for kind, build in (("points", points_figure), ("map", map_figure))
        }
        | {
            f"small {kind} of {name}": figure
            for name, problem in planes.items()
            for kind, figure in zip(("map", "points"), small_figures(palette, problem, 8), strict=True)
        }
        | {
            f"weights {number}": weights_figure(palette, number, Wb)
            for number, Wb in enumerate(network.matrices(network.parameters), start=1)
        }
    )


def ranges(figure):
    return figure["layout"]["xaxis"]["range"], figure["layout"]["yaxis"]["range"]


# --- Every figure -----------------------------------------------------------------------------------------------------


@EACH
@PALETTE
def test_plotly_accepts_every_figure(palette, player):
    for name, figure in figures(palette, player).items():
        accepted = go.Figure(figure)
        assert [trace.type for trace in accepted.data] == [trace["type"] for trace in figure["data"]], name


@EACH
@PALETTE
def test_a_figure_is_plain_json_with_finite_ranges_that_plotly_need_not_find(palette, player):
    for name, figure in figures(palette, player).items():
        json.dumps(figure, allow_nan=False)
        for low, high in ranges(figure):
            assert math.isfinite(low), name
            assert math.isfinite(high), name
            assert low != high, name


@EACH
def test_the_palette_changes_colours_and_nothing_else(player):
    def shape(value):
        if isinstance(value, dict):
            return {key: shape(item) for key, item in value.items()}
        if isinstance(value, list):
            return [shape(item) for item in value]
        return "a colour" if isinstance(value, str) and value.startswith(("#", "rgba")) else value

    light, dark = (figures(palette, player) for palette in PALETTES.values())
    assert light != dark
    assert shape(light) == shape(dark)


# --- The plane --------------------------------------------------------------------------------------------------------

PLANE_PROBLEMS = {
    name: Experiment(problem=name, test_fraction=0.3).make_problem() for name in ("circle", "plane", "rings")
}
EACH_PLANE = pytest.mark.parametrize("problem", PLANE_PROBLEMS.values(), ids=PLANE_PROBLEMS)


@EACH_PLANE
@PALETTE
def test_the_points_lie_over_the_map_training_and_test_points_apart(palette, problem):
    points, output = points_figure(palette, problem), map_figure(palette, problem)
    assert ranges(points) == ranges(output) == ([-6, 6], [-6, 6])
    assert points["layout"]["margin"] == output["layout"]["margin"]
    _, training, test = points["data"]
    for trace, given in ((training, problem.samples), (test, problem.test_samples)):
        assert [trace["x"], trace["y"], trace["customdata"]] == given.tolist()
    assert training["marker"]["symbol"] != test["marker"]["symbol"]


@EACH_PLANE
def test_the_cells_of_the_map_tile_the_plane(problem):
    small, _ = small_figures(PALETTES["light"], problem, 7)
    for figure, cells in ((map_figure(PALETTES["light"], problem), CELLS), (small, 7)):
        (trace,) = figure["data"]
        for cell_centres in (trace["x"], trace["y"]):
            width = 12 / cells
            assert cell_centres[0] - width / 2 == pytest.approx(-6)
            np.testing.assert_allclose(np.diff(cell_centres), width)
            assert len(cell_centres) == cells


@EACH_PLANE
@PALETTE
def test_a_small_map_has_the_colours_of_the_large_one_and_the_training_points_over_it(palette, problem):
    small, over = small_figures(palette, problem, 7)
    (trace,), (points,) = small["data"], over["data"]
    (large,), training = map_figure(palette, problem)["data"], points_figure(palette, problem)["data"][1]
    for name in ("colorscale", "zmin", "zmax", "opacity"):
        assert trace[name] == large[name]
    assert [points["x"], points["y"], points["customdata"]] == problem.samples.tolist()
    assert points["marker"]["color"] == training["marker"]["color"]
    assert small["layout"] == over["layout"]
    assert ranges(small) == ([-6, 6], [-6, 6])


def test_one_output_is_shown_as_it_is_and_of_three_the_class_and_how_sure_it_is():
    np.testing.assert_array_equal(shades(PLANE_PROBLEMS["plane"], np.array([[-3.0, 0.0, 7.0]])), [-3, 0, 7])
    A = np.array([[1.0, 1 / 3, 0.2, 0.25], [0.0, 1 / 3, 0.2, 0.5], [0.0, 1 / 3, 0.6, 0.25]])
    found = shades(PLANE_PROBLEMS["rings"], A)
    assert np.floor(found).tolist() == [0, 0, 2, 1]
    np.testing.assert_allclose(found % 1, [0.999, 0, 0.4, 0.25], atol=1e-12)  # (p - 1/3) / (2/3)


@PALETTE
def test_discretised_a_map_has_a_colour_a_class_and_it_is_that_of_the_points(palette):
    flat = scales(palette, PLANE_PROBLEMS["rings"])["discretised"]
    assert [color for _, color in flat] == [color for color in palette.classes for _ in range(2)]
    assert len({color for _, color in scales(palette, PLANE_PROBLEMS["circle"])["discretised"]}) == 2
    for problem in PLANE_PROBLEMS.values():
        for scale in scales(palette, problem).values():
            stops = [stop for stop, _ in scale]
            assert (stops[0], stops[-1], stops) == (0, 1, sorted(stops))


def test_colours_are_even_around_0_where_values_are_on_both_sides_of_it():
    assert shade_limits(PLANE_PROBLEMS["circle"]) == (0, 1)
    assert shade_limits(PLANE_PROBLEMS["rings"]) == (0, 3)
    low, high = shade_limits(PLANE_PROBLEMS["plane"])
    assert low == -high
    positive = Experiment(target="formula", formula="x1 ** 2 + x2 ** 2 + 3").make_problem()
    assert shade_limits(positive) == (positive.samples[-1].min(), positive.samples[-1].max())


@PALETTE
def test_the_tiles_of_units_are_a_heatmap_without_axes(palette):
    figure = unit_maps_figure(palette)
    go.Figure(figure)
    json.dumps(figure, allow_nan=False)
    assert not figure["layout"]["xaxis"]["visible"]


# --- The fit ----------------------------------------------------------------------------------------------------------


@EACH
@PALETTE
def test_the_fit_holds_every_point_and_the_target_where_it_is_learnt(palette, player):
    figure = fit_figure(palette, player.problem, player.grid)
    (left, right), (bottom, top) = ranges(figure)
    target, points, _, network = figure["data"]
    inside = [
        y
        for x, y in zip(target["x"], target["y"], strict=True)
        if player.problem.ranges[0][0] <= x <= player.problem.ranges[0][1]
    ]
    assert target["x"] == network["x"] == player.grid[0].tolist()
    assert target["y"] == player.problem.target(player.grid[0]).tolist()
    assert (points["x"], points["y"]) == (player.problem.Xs[0].tolist(), player.problem.Ys[0].tolist())
    assert left == player.grid[0, 0] < min(points["x"])
    assert right == player.grid[0, -1] > max(points["x"])
    assert bottom < min(points["y"] + inside)
    assert top > max(points["y"] + inside)


@EACH
@PALETTE
def test_the_moving_output_lies_exactly_over_the_fit(palette, player):
    fit, output = (build(palette, player.problem, player.grid) for build in (fit_figure, output_figure))
    assert ranges(fit) == ranges(output)
    assert fit["layout"]["margin"] == output["layout"]["margin"]
    assert output["data"][0]["x"] == player.grid[0].tolist()
    assert not output["layout"]["xaxis"]["visible"]
    assert not output["layout"]["yaxis"]["visible"]


# --- The loss ---------------------------------------------------------------------------------------------------------

LOSSES = [[0.0], [1e-300], [1e300], [5e-324, 1e300], [0.0, 1.0], [1.0], [10.0], [0.1, 0.001], [0.698, 0.0048], [1e308]]


@pytest.mark.parametrize("losses", LOSSES, ids=str)
@PALETTE
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
        assert low <= math.log10(max(loss, 1e-16)) <= high


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
        digit, _, power = text.replace("−", "-").removesuffix("</sup>").partition("10<sup>")
        assert float(f"{digit.rstrip('·') or 1}e{power}" if power else text) == pytest.approx(value)


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


# --- The weights ------------------------------------------------------------------------------------------------------


@EACH
@PALETTE
def test_a_heatmap_shows_W_then_a_gap_then_b_each_by_its_name(palette, player):
    for number, layer in enumerate(player.trainer.network.layers, start=1):
        figure = weights_figure(palette, number, np.hstack([layer.W, layer.b]))
        trace, (units_out, units_in) = figure["data"][0], layer.W.shape
        for i, (row, names) in enumerate(zip(trace["z"], trace["customdata"], strict=True)):
            assert row == [*layer.W[i].tolist(), None, layer.b[i, 0]]
            assert names == [*(f"W{number}[{i}, {j}]" for j in range(units_in)), "", f"b{number}[{i}]"]
        assert len(trace["z"]) == units_out


@EACH
@PALETTE
def test_a_heatmap_fills_its_chart_with_unit_1_on_top(palette, player):
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


@EACH
@PALETTE
def test_0_is_in_the_middle_of_the_colours_and_no_weight_outside_them(palette, player):
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


# --- Colours ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PALETTES)
def test_every_line_and_mark_stands_out_from_the_page_and_text_can_be_read(name):
    palette, background = PALETTES[name], BACKGROUNDS[name]
    for color in (palette.target, palette.output, palette.point):
        assert contrast(color, background) >= 3  # WCAG 2.2, 1.4.11
    for color in (palette.text, palette.muted):
        assert contrast(color, background) >= 4.5  # 1.4.3


@pytest.mark.parametrize("name", PALETTES)
def test_the_training_points_stand_out_although_the_page_shines_through(name):
    player = Player(Experiment())
    marker = fit_figure(PALETTES[name], player.problem, player.grid)["data"][1]["marker"]
    assert contrast(blend(marker["color"], BACKGROUNDS[name], marker["opacity"]), BACKGROUNDS[name]) >= 3


@PALETTE
def test_a_number_on_a_cell_can_be_read_whatever_the_colour_of_the_cell(palette):
    values = np.linspace(-3, 3, MAX_NUMBERED_ROWS * MAX_NUMBERED_COLUMNS).reshape(
        MAX_NUMBERED_ROWS, MAX_NUMBERED_COLUMNS
    )
    cells, numbers = matrix_figure(palette, values)["data"]
    for x, y, text, ink in zip(numbers["x"], numbers["y"], numbers["text"], numbers["textfont"]["color"], strict=True):
        value = cells["z"][y][x]
        assert float(text.replace("−", "-")) == pytest.approx(value, rel=1e-3)
        share = (value - cells["zmin"]) / (cells["zmax"] - cells["zmin"])
        ground = unlabel_rgb(sample_colorscale(cells["colorscale"], share)[0])  # as Plotly blends it
        assert contrast(ink, to_hex(ground)) >= 4.5


@pytest.mark.parametrize("values", [[[np.inf, 1.0]], [[np.nan, -1.0]]], ids=str)
def test_a_matrix_that_is_not_finite_has_its_numbers_all_the_same(values):
    assert matrix_figure(PALETTES["light"], np.array(values))["data"][1]["text"][1] in ("1", "−1")


@pytest.mark.parametrize("name", PALETTES)
def test_larger_weights_stand_out_more_and_plus_as_much_as_minus(name):
    strengths = [contrast(color, BACKGROUNDS[name]) for color in PALETTES[name].diverging]
    middle = len(strengths) // 2
    assert len(strengths) % 2 == 1
    assert strengths[middle] < 1.2  # 0 is nearly the page itself
    for side in (strengths[middle:], strengths[middle::-1]):
        assert side == sorted(side)
        assert side[-1] >= 4.5
    for minus, plus in zip(strengths, reversed(strengths), strict=True):
        assert 1 / 1.4 < minus / plus < 1.4


@pytest.mark.parametrize("eyes", DICHROMATS)
@pytest.mark.parametrize("name", PALETTES)
def test_the_colour_blind_can_tell_plus_from_minus_and_the_network_from_the_points(name, eyes):
    palette = PALETTES[name]
    minus, plus = (
        palette.diverging[: len(palette.diverging) // 2],
        palette.diverging[: len(palette.diverging) // 2 : -1],
    )
    for one, other in [(palette.point, palette.output), *zip(minus, plus, strict=True)]:
        assert color_difference(one, other, eyes) > 20


# --- The network's diagram --------------------------------------------------------------------------------------------


def diagram_of(layers, selected=None):
    experiment = Experiment(layers=layers, activations=("tanh",) * len(layers))
    return network_diagram(experiment.start().trainer.network, ["x"], selected, PALETTES)


@pytest.mark.parametrize("layers", [(1,), (20,), (21,), (64,), (10, 11), (64, 64, 64, 64)])
def test_what_does_not_fit_is_folded_and_counted(layers):
    columns = diagram_of(layers)["columns"]
    for column, count in zip(columns, (1, *layers, 1), strict=True):
        assert len(column["units"]) + column["folded"] == count
        assert len(column["units"]) <= (MAX_UNITS_ALONE if len(layers) == 1 else MAX_UNITS_PER_LAYER)
        assert column["units"] == sorted(set(column["units"]))


@pytest.mark.parametrize(("selected", "column", "unit"), [((2, 50, 7), 2, 50), ((3, 0, 63), 2, 63), ((2, 3, 64), 2, 3)])
def test_a_selected_unit_is_always_drawn(selected, column, unit):
    columns = diagram_of((64, 64), selected)["columns"]
    assert unit in columns[column]["units"]
    assert len(columns[column]["units"]) == MAX_UNITS_PER_LAYER


def test_the_diagram_is_plain_json_and_says_what_it_is():
    diagram = diagram_of((20, 5))
    assert json.loads(json.dumps(diagram))["shapes"] == [[20, 2], [5, 21], [1, 6]]
    assert diagram["description"].endswith("Input, Layer 1 20 Tanh, Layer 2 5 Tanh, Output 1 Identity")
