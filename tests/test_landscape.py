"""The landscape: its losses are the network's own, its axes what they say, and the path lies where it was."""

import numpy as np
import pytest

from nn import squared_error
from playground.analysis.landscape import SIDE, Landscape
from playground.experiment import Experiment
from playground.player import Player
from tests.support.runs import played


def landscape_of(player):
    trainer = player.trainer
    path = [moment.parameters for moment in player.recording.checkpoints]
    return Landscape(
        trainer.network, player.problem, trainer.loss_function, trainer.options, trainer.gradient, path,
        trainer.next_step().after.parameters,
    )  # fmt: skip


CASES = [
    {},
    {"layers": (), "activations": ()},
    {"layers": (5, 4), "activations": ("tanh", "relu")},
    {"optimizer": "adam", "batch_size": 30},
    {"l1": 0.01, "l2": 0.1},
]


@pytest.mark.parametrize("changes", CASES, ids=str)
def test_the_losses_are_those_of_the_network_moved_in_the_plane(changes):
    player = played(2, **changes)
    chart = landscape_of(player)
    chart.advance(60)
    assert chart.done
    assert np.isfinite(chart.losses).all()
    network, problem = player.trainer.network.copy(), player.problem
    first, second = chart.directions
    for row, column in [(0, 0), (7, 31), (SIDE - 1, 5)]:
        network.parameters[:] = player.trainer.network.parameters + chart.x[column] * first + chart.y[row] * second
        loss = squared_error(network.evaluate(problem.Xs)[-1].A, problem.Ys)
        weights = np.concatenate([layer.W.ravel() for layer in network.layers])
        loss += changes.get("l1", 0) * np.abs(weights).sum() + changes.get("l2", 0) / 2 * (weights**2).sum()
        assert chart.losses[row, column] == pytest.approx(loss, rel=1e-12)


@pytest.mark.parametrize("changes", CASES, ids=str)
def test_the_directions_are_the_gradients_and_one_at_right_angles_to_it(changes):
    player = played(2, **changes)
    chart = landscape_of(player)
    np.testing.assert_allclose(chart.directions @ chart.directions.T, np.eye(2), atol=1e-12)
    gradient = player.trainer.gradient
    assert chart.directions[0] @ gradient == pytest.approx(np.linalg.norm(gradient))


def test_the_second_direction_is_normalised_filter_wise():
    player = played(2)
    chart = landscape_of(player)
    network = player.trainer.network
    way = network.parameters - player.recording.checkpoints[0].parameters
    expected = way.copy()
    for rows, Wb in zip(network.matrices(expected), network.matrices(network.parameters), strict=True):
        for row, unit in zip(rows, Wb, strict=True):
            row *= np.linalg.norm(unit) / np.linalg.norm(row)
    expected -= (expected @ chart.directions[0]) * chart.directions[0]
    np.testing.assert_allclose(chart.directions[1], expected / np.linalg.norm(expected), atol=1e-12)


def test_the_path_is_projected_and_its_share_is_that_of_its_squared_distances():
    player = played(2)
    chart = landscape_of(player)
    away = np.stack([moment.parameters for moment in player.recording.checkpoints]) - player.trainer.network.parameters
    left = away - chart.path @ chart.directions  # what the plane does not hold, at right angles to it
    np.testing.assert_allclose(left @ chart.directions.T, 0, atol=1e-10)
    assert chart.share_in_plane == pytest.approx(1 - (left**2).sum() / (away**2).sum())
    assert 0.9 < chart.share_in_plane < 1
    np.testing.assert_array_equal(chart.path[-1], [0, 0])
    for axis, values in zip((chart.x, chart.y), chart.path.T, strict=True):
        assert axis[0] < values.min() <= values.max() < axis[-1]


def test_a_step_of_plain_gradient_descent_goes_straight_downhill():
    player = played(2)
    chart = landscape_of(player)
    downhill = -player.experiment.learning_rate * np.linalg.norm(player.trainer.gradient)
    np.testing.assert_allclose(chart.step, [downhill, 0], atol=1e-12)


def test_it_is_computed_in_pieces_and_changes_nothing():
    player = played(2)
    before = player.trainer.network.parameters.copy()
    whole, pieces = landscape_of(player), landscape_of(player)
    whole.advance(60)
    shares = []
    while not pieces.done:
        pieces.advance(0.0)
        shares.append(pieces.progress)
    assert len(shares) == SIDE**2
    assert shares == sorted(shares)
    assert shares[-1] == 1
    np.testing.assert_array_equal(pieces.losses, whole.losses)
    np.testing.assert_array_equal(player.trainer.network.parameters, before)


@pytest.mark.parametrize("initializer", ["normal", "zeros"])
def test_there_is_a_map_before_any_training(initializer):
    chart = landscape_of(Player(Experiment(initializer=initializer)))
    chart.advance(60)
    assert np.isfinite(chart.losses).all()
    assert chart.share_in_plane == 1


def test_values_that_are_not_finite_are_left_out():
    player = played(4, learning_rate=5.0)
    assert player.trainer.diverged
    chart = landscape_of(player)
    chart.advance(60)
    assert not np.isinf(chart.losses).any()
