"""The board: what the browser is sent is what the player has, in the order in which the scripts read it."""

import numpy as np
import pytest

from playground.analysis.contributions import contributions
from playground.analysis.stability import StabilityMonitor
from playground.components.board import CURVE_STRIDE, CURVES_EVERY, OUTSIDE, WEIGHTS_EVERY, board_payload
from playground.components.precision import MAX_SPANS
from playground.experiment import Experiment
from playground.figures.palette import PALETTES
from playground.player import Player
from tests.support.payload import board, places, played, unpack

DEEP = {"layers": (64, 2, 1, 5), "activations": ("relu", "tanh", "sine", "elu"), "points": 2}
LARGEST_RUN = {"layers": (64,) * 4, "activations": ("tanh",) * 4, "points": 1000}
DIVERGING = {"learning_rate": 100.0}
EACH = pytest.mark.parametrize("changes", [{}, {"layers": (1,)}, DEEP, DIVERGING], ids=str)


@pytest.fixture
def player(changes):
    return played(changes)


@EACH
def test_the_numbers_of_every_frame_arrive_bit_by_bit(player):
    _, arrays = board(player)
    frames = player.frames
    for name, field in [("epochs", 0), ("losses", 1), ("changes", 2), ("gradient_norms", 3)]:
        np.testing.assert_array_equal(arrays[name], [frame[field] for frame in frames])


@EACH
def test_what_is_on_record_arrives_whole_or_from_an_epoch_on(player):
    history = player.trainer.history
    header, arrays = board(player)
    assert header["history"] == {
        "lineage": 0,
        "origin": None,
        "after": -1,
        "until": player.trainer.epoch,
        "stride": history.stride,
    }
    np.testing.assert_allclose(arrays["history_losses"], history.losses, rtol=2**-24)
    middle = player.trainer.epoch // 2
    header, arrays = unpack(board_payload(player, with_figures=False, lineage=3, after=middle))
    assert (header["history"]["lineage"], header["history"]["after"]) == (3, middle)
    np.testing.assert_allclose(arrays["history_losses"], history.losses[history.epochs > middle], rtol=2**-24)


@EACH
def test_all_is_exact_of_a_run_that_stands_still(player):
    player.pause()
    _, arrays = board(player)
    np.testing.assert_array_equal(arrays["outputs"], player.frames[0].output)
    np.testing.assert_array_equal(arrays["parameters"], [player.frames[0].parameters])


@EACH
def test_parameters_arrive_with_every_so_many_frames_and_always_with_the_last(player):
    header, arrays = board(player)
    with_parameters = places(header["parameter_rows"])
    assert with_parameters[-1] == len(player.frames) - 1
    assert set(np.diff(with_parameters)) <= {WEIGHTS_EVERY}
    assert with_parameters[0] < WEIGHTS_EVERY
    assert arrays["parameters"].shape == (len(with_parameters), len(player.trainer.network.parameters))
    for parameters, i in zip(arrays["parameters"], with_parameters, strict=True):
        np.testing.assert_allclose(parameters, player.frames[i].parameters, rtol=2**-24)


def test_the_colours_hold_every_frame_of_a_film_also_where_the_weights_have_shrunk_by_its_end():
    player = played({})
    first = WEIGHTS_EVERY - 1
    player.frames[first] = player.frames[first]._replace(parameters=10 * player.frames[first].parameters)
    header, arrays = board(player)
    for parameters in arrays["parameters"].astype(float):
        for limit, Wb in zip(header["limits"], player.trainer.network.matrices(parameters), strict=True):
            assert np.abs(Wb).max() <= limit


@EACH
def test_the_shapes_cut_the_parameters_into_the_layers(player):
    header, arrays = board(player, with_figures=True)
    place = 0
    for (rows, columns), limit, layer in zip(
        header["shapes"], header["limits"], player.trainer.network.layers, strict=True
    ):
        Wb = arrays["parameters"][-1, place : place + rows * columns].reshape(rows, columns)
        np.testing.assert_allclose(Wb, np.hstack([layer.W, layer.b]), rtol=2**-24)
        assert np.abs(Wb).max() <= limit
        place += rows * columns
    assert place == arrays["parameters"].shape[1]


@EACH
def test_the_header_says_which_run_and_whether_it_plays(player):
    for act in (player.pause, player.reset, player.play, player.new_start):
        act()
        header, _ = board(player)
        assert (header["run_id"], header["frame_version"], header["playing"]) == (
            player.run_id,
            player.frame_version,
            player.playing,
        )


@EACH
def test_the_ranges_hold_every_loss_that_is_sent(player):
    header, arrays = board(player)
    epoch, linear, log = (header["ranges"][name] for name in ("epoch", "linear", "log"))
    losses = np.concatenate([arrays["losses"], arrays["history_losses"]])
    assert epoch[0] == linear[0] == 0
    assert arrays["epochs"].max() <= epoch[1]
    assert losses.max() <= linear[1] * (1 + 1e-7)
    drawn = np.log10(np.maximum(losses, 1e-16))
    assert log[0] <= drawn.min() <= drawn.max() <= log[1]


@EACH
def test_the_charts_are_sent_for_each_theme_in_the_order_of_the_page(player):
    header, _ = board(player, with_figures=True)
    layers = len(player.trainer.network.layers)
    assert set(header["figures"]) == set(PALETTES)
    for name, figures in header["figures"].items():
        fit, output, loss, *weights = figures["charts"]
        assert [trace["name"] for trace in fit["data"]] == ["target", "training points", "test points", "network"]
        assert output["data"][0]["line"]["color"] == PALETTES[name].output
        assert loss["layout"]["yaxis"]["title"]["text"] == "loss"
        assert [chart["data"][0]["customdata"][0][-1] for chart in weights] == [
            f"b{number}[0]" for number in range(1, layers + 1)
        ]
        assert figures["diverging"] == list(PALETTES[name].diverging)
        assert set(figures["colors"]) == {"target", "points", "output", "test", "class-0", "class-1", "class-2"}


@EACH
def test_without_the_charts_all_else_is_the_same(player):
    (bare, some), (full, same) = board(player), board(player, with_figures=True)
    assert bare.pop("figures") is None
    for name in ("figures", "layers", "shapes", "outside"):
        assert full.pop(name)
    assert full.pop("plane") is None
    assert bare == full
    assert list(some) == list(same)
    for name, array in some.items():
        np.testing.assert_array_equal(array, same[name])


@pytest.mark.parametrize("changes", [DEEP])
def test_every_layer_is_put_into_words(player):
    words = board(player, with_figures=True)[0]["layers"]
    assert [layer["title"] for layer in words] == [
        *(f"[W | b] of layer {number}" for number in (1, 2, 3, 4)),
        "[W | b] of output",
    ]
    assert [layer["rows"] for layer in words] == ["64 units", "2 units", "1 unit", "5 units", "1 unit"]
    assert [layer["columns"] for layer in words] == ["1 input", "64 inputs", "2 inputs", "1 input", "5 inputs"]
    for layer, label in zip(words, ["ReLU", "Tanh", "Sine", "ELU", "Identity"], strict=True):
        assert f"({label})" in layer["description"]


@EACH
def test_the_words_under_a_heatmap_are_as_wide_as_what_they_name(player):
    header, _ = board(player, with_figures=True)
    weights = header["figures"]["light"]["charts"][3:]
    for chart, layer in zip(weights, header["layers"], strict=True):
        edges, (low, high) = chart["data"][0]["x"], chart["layout"]["xaxis"]["range"]
        assert layer["widths"] == pytest.approx([edges[-3] - low, edges[-2] - edges[-3], high - edges[-2]])


@EACH
def test_the_ground_outside_the_training_range_begins_where_the_range_ends(player):
    grid, ((low, high),) = player.grid[0], player.problem.ranges
    width = grid[-1] - grid[0]
    assert [(low - grid[0]) / width, (grid[-1] - high) / width] == pytest.approx([OUTSIDE, OUTSIDE])
    assert board(player, with_figures=True)[0]["outside"] == OUTSIDE


def test_the_largest_network_is_sent_in_less_than_200_kb_a_tick():
    player = Player(Experiment(**LARGEST_RUN))
    player.playing = True
    frame = player.frames[0]
    player.frames = [frame] * 30
    assert len(board_payload(player, with_figures=False)) < 200_000
    player.frames = [frame]
    assert len(board_payload(player, with_figures=True)) < 1_500_000


@EACH
def test_what_the_units_contribute_is_sent_while_somebody_looks(player):
    header, arrays = board(player)
    assert places(header["unit_rows"]) == []
    assert "weighted" not in arrays
    network = player.trainer.network
    header, arrays = unpack(board_payload(player, with_figures=False, units_of=len(network.layers) - 1))
    with_units = places(header["unit_rows"])
    assert with_units[-1] == len(player.frames) - 1
    assert set(np.diff(with_units)) <= {CURVES_EVERY}
    assert set(with_units) <= set(places(header["parameter_rows"]))
    x = player.grid[:, ::CURVE_STRIDE]
    for place, i in enumerate(with_units):
        network.parameters[:] = player.frames[i].parameters
        A = network.evaluate(x)[-2].A
        parts = contributions(A, network.layers[-1].Wb)
        np.testing.assert_allclose(arrays["hidden"][place], A, rtol=2**-24)
        np.testing.assert_array_equal(arrays["unit_weights"][place], network.layers[-1].W[0])
        np.testing.assert_array_equal(arrays["order"][place], parts.order)
        assert arrays["biases"][place] == parts.bias
        assert (np.diff(np.ptp(parts.weighted, axis=1)[arrays["order"][place]]) <= 0).all()


@pytest.mark.parametrize("changes", [{}], ids=str)
def test_both_learning_rates_and_the_selection_are_sent(player):
    stability = StabilityMonitor().measure(player)
    header, _ = unpack(board_payload(player, with_figures=False, stability=stability, selected=(1, 3, 0)))
    assert header["selected"] == [1, 3, 0]
    assert header["learning_rate"] == 0.1
    assert 0.2 < header["stable_learning_rate"] < 0.4


@pytest.mark.parametrize("changes", [{"l2": 0.01}, {"l1": 0.01, "test_fraction": 0.2}], ids=str)
def test_the_objective_is_sent_beside_the_loss_while_something_is_penalised(player):
    header, arrays = board(player)
    objectives = arrays["history_objectives"]
    assert (objectives > arrays["history_losses"]).all()
    assert header["objectives"][-1] == objectives[-1] == player.trainer.objective
    assert header["ranges"]["linear"][1] >= objectives.max()
    player.change(player.experiment.changed(l1=0.0, l2=0.0))
    player.tick()
    header, arrays = board(player)
    assert header["objectives"] is None
    assert np.isnan(arrays["history_objectives"][-1])
    assert np.isfinite(arrays["history_objectives"][0])


@pytest.mark.parametrize("changes", [{}], ids=str)
def test_where_nothing_is_penalised_there_is_no_objective_to_draw(player):
    assert "history_objectives" not in board(player)[1]


@pytest.mark.parametrize("changes", [{}], ids=str)
def test_a_curve_has_no_plane_and_an_output_in_every_frame(player):
    header, arrays = board(player, with_figures=True)
    assert header["plane"] is None
    assert header["output_rows"] == list(range(len(player.frames)))
    tenth_of_a_pixel = MAX_SPANS * np.ptp(player.problem.samples[1]) / 2**16
    np.testing.assert_allclose(arrays["outputs"], [frame.output[0] for frame in player.frames], atol=tenth_of_a_pixel)
