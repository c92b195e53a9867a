"""The board of a plane: maps, confusion matrices, and the maps of units."""

import numpy as np
import pytest

from playground.components.board import UNIT_CELLS, board_payload
from playground.components.precision import MAP_STEPS
from playground.figures.plane import shade_limits, shades
from tests.support.payload import board, places, played, unpack

TWO, THREE = {"problem": "circle", "loss": "cross_entropy"}, {"problem": "rings", "test_fraction": 0.3}
NUMBER = {"problem": "plane", "layers": (3, 4), "activations": ("tanh", "relu")}
PROBLEMS_2D = pytest.mark.parametrize("changes", [TWO, THREE, NUMBER], ids=str)


@pytest.fixture
def player(changes):
    return played(changes)


@PROBLEMS_2D
def test_a_map_comes_with_every_other_frame_and_always_with_the_last(player):
    header, arrays = board(player, with_figures=True)
    with_output = places(header["output_rows"])
    assert with_output[-1] == len(player.frames) - 1
    *gaps, last = np.diff(with_output)
    assert set(gaps) <= {2}
    assert last in (1, 2)  # of an odd number of frames the last has a map too
    assert header["plane"]["cells"] ** 2 == player.grid.shape[1] == arrays["outputs"].shape[1]
    drawn = [shades(player.problem, player.frames[i].output) for i in with_output]
    low, high = shade_limits(player.problem)
    half_a_step = (high - low) / MAP_STEPS / 2 * (1 + 1e-6)
    np.testing.assert_allclose(arrays["outputs"], np.clip(drawn, low, high), rtol=0, atol=half_a_step)
    player.pause()
    _, arrays = board(player)
    np.testing.assert_allclose(arrays["outputs"], drawn[-1:], rtol=2**-24)


@PROBLEMS_2D
def test_the_confusion_counts_every_point_once(player):
    _, arrays = board(player)
    problem, network = player.problem, player.trainer.network
    if not problem.classes:
        assert "confusions" not in arrays
        return
    assert arrays["confusions"].shape[1:] == (2, problem.classes, problem.classes)
    for counts, points in zip(arrays["confusions"][-1], (problem.samples, problem.test_samples), strict=True):
        A = (
            network.evaluate(problem.network_inputs(points[:-1]))[-1].A
            if points.size
            else np.empty((problem.n_outputs, 0))
        )
        predicted = A.argmax(axis=0) if len(A) > 1 else A[0] > 0.5
        for i in range(problem.classes):
            for j in range(problem.classes):
                assert counts[i, j] == np.sum((points[-1] == i) & (predicted == j))


@PROBLEMS_2D
def test_the_maps_of_units_are_their_activations_over_the_plane(player):
    network = player.trainer.network
    for layer in range(1, len(network.layers)):
        header, arrays = unpack(board_payload(player, with_figures=False, units_of=layer))
        assert arrays["hidden"].shape == (
            len(places(header["unit_rows"])),
            network.layers[layer - 1].unit_count,
            UNIT_CELLS**2,
        )
        cell_centres = -6 + 12 / UNIT_CELLS * (np.arange(UNIT_CELLS) + 0.5)
        x1, x2 = np.tile(cell_centres, UNIT_CELLS), np.repeat(cell_centres, UNIT_CELLS)
        A = network.evaluate(np.stack([x1, x2]))[layer].A
        half_a_step = np.abs(arrays["hidden"]).max() / 254
        np.testing.assert_allclose(arrays["hidden"][-1], A, rtol=0, atol=half_a_step * (1 + 1e-6))
    player.pause()
    _, arrays = unpack(board_payload(player, with_figures=False, units_of=len(network.layers) - 1))
    np.testing.assert_allclose(arrays["hidden"][-1], A, rtol=2**-24)


@pytest.mark.parametrize("changes", [{"problem": "spiral", "points": 1000}], ids=str)
def test_a_plane_costs_no_more_than_a_curve_with_the_largest_network(player):
    assert len(board_payload(player, with_figures=False)) < 60_000
