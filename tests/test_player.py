"""The player: it trains the experiment frame by frame, shows the network as it was, and starts again."""

import json
from pathlib import Path

import numpy as np
import pytest

from nn import squared_error
from playground.experiment import Experiment
from playground.player import Player
from playground.problems.grid import LINE, MARGIN
from tests.support.runs import play_to_end, stepped, trained

REFERENCE = json.loads((Path(__file__).parent / "reference" / "sine_1_20_1.json").read_text())


# --- It trains the experiment -----------------------------------------------------------------------------------------


def test_the_page_opens_on_the_posts_run():
    player = Player(Experiment())
    np.testing.assert_array_equal(player.problem.Xs[0], np.arange(-5, 5, 0.1))
    np.testing.assert_array_equal(player.problem.Ys[0], np.sin(np.arange(-5, 5, 0.1)))
    for layer, reference in zip(player.trainer.network.layers, REFERENCE["initial"], strict=True):
        np.testing.assert_array_equal(layer.W, reference["W"])
        np.testing.assert_array_equal(layer.b, reference["b"])
    assert (player.trainer.epoch, player.playing, player.message) == (0, False, None)
    assert len(player.frames) == 1
    assert player.frames[0].epoch == 0


def test_a_played_run_has_the_losses_of_the_posts_run():
    player = Player(Experiment(speed=50))
    for epoch, loss in REFERENCE["loss"].items():
        player.change(player.experiment.changed(max_epochs=max(int(epoch), 1)))
        if int(epoch):
            play_to_end(player)
            assert player.trainer.epoch == int(epoch)
        assert player.frames[-1].loss == pytest.approx(loss, rel=1e-9 if int(epoch) <= 1000 else 1e-6), epoch


@pytest.mark.parametrize("changes", [{}, {"batch_size": 30, "noise": 0.2}, {"optimizer": "adam"}], ids=str)
@pytest.mark.parametrize("speed", [1, 12, 250])
def test_how_a_run_is_played_does_not_change_the_training(speed, changes):
    player = Player(Experiment(speed=speed, max_epochs=500, **changes))
    player.train_one_frame()
    player.play()
    player.pause()
    frames = play_to_end(player)
    trainer = trained(500, **changes).trainer
    np.testing.assert_array_equal(player.trainer.network.parameters, trainer.network.parameters)
    np.testing.assert_array_equal(player.trainer.history.losses, trainer.history.losses)
    assert frames[-1].loss == trainer.loss


@pytest.mark.parametrize("speed", [1, 12, 1000])
def test_a_single_frame_has_as_many_epochs_as_the_speed_and_then_pauses(speed):
    player = Player(Experiment(speed=speed))
    player.playing = True
    player.train_one_frame()
    assert [frame.epoch for frame in player.frames] == [speed]
    assert not player.playing
    player.train_one_frame()
    assert [frame.epoch for frame in player.frames] == [2 * speed]


# --- Frames -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes", [{}, {"layers": (5, 4), "activations": ("tanh", "relu")}, {"batch_size": 30, "noise": 0.5}], ids=str
)
def test_a_frame_shows_the_network_of_its_epoch(changes):
    player = Player(Experiment(**changes))
    frames = list(player.frames)
    for _ in range(3):
        player.train_one_frame()
        frames += player.frames
    network = player.trainer.network.copy()
    Xs, Ys = player.problem.Xs, player.problem.Ys
    assert np.isnan(frames[0].change)  # there is no frame before it
    for frame, before in zip(frames, [frames[0], *frames], strict=False):
        network.parameters[:] = frame.parameters
        values = network.evaluate(Xs)
        np.testing.assert_array_equal(frame.output, network.evaluate(player.grid)[-1].A)
        assert frame.loss == pytest.approx(squared_error(values[-1].A, Ys), rel=1e-12)
        dWs, dbs = network.compute_gradient(values, Ys)
        assert frame.gradient_norm**2 == pytest.approx(sum((d**2).sum() for d in dWs + dbs), rel=1e-9)
        if frame.epoch:
            assert frame.change == pytest.approx((frame.loss - before.loss) / (frame.epoch - before.epoch), rel=1e-9)


def test_a_checkpoint_shows_the_change_of_its_last_epoch_and_an_edited_network_none():
    player = stepped(5, speed=1)
    losses = player.trainer.history.losses
    player.go_to(3)
    assert player.frames[-1].change == losses[3] - losses[2]
    player.set_parameter(0, 1.0)
    assert np.isnan(player.frames[-1].change)


def test_frames_do_not_change_while_training_continues():
    player = Player(Experiment())
    player.play()
    frames = player.frames
    copies = [(frame.parameters.copy(), frame.output.copy()) for frame in frames]
    player.tick()
    for frame, (parameters, output) in zip(frames, copies, strict=True):
        np.testing.assert_array_equal(frame.parameters, parameters)
        np.testing.assert_array_equal(frame.output, output)
    assert not np.shares_memory(player.frames[-1].parameters, player.trainer.network.parameters)


@pytest.mark.parametrize(("low", "high"), [(-5, 5), (19, 19.5), (-20, 20)])
def test_the_grid_extends_the_range_by_a_quarter_on_either_side(low, high):
    player = Player(Experiment(low=low, high=high))
    width = high - low
    assert player.grid.shape == player.frames[0].output.shape == (1, LINE)
    assert (player.grid[0, 0], player.grid[0, -1]) == pytest.approx((low - MARGIN * width, high + MARGIN * width))
    assert MARGIN > 0
    assert player.problem.Xs.min() > player.grid[0, 0]
    assert player.problem.Xs.max() < player.grid[0, -1]


# --- Starting again ---------------------------------------------------------------------------------------------------


def test_reset_is_the_same_start_again():
    player = Player(Experiment(batch_size=30, noise=0.2))
    first = parameters_after_two_frames(player)
    player.reset()
    assert (player.trainer.epoch, player.playing, player.message) == (0, False, None)
    assert [frame.epoch for frame in player.frames] == [0]
    np.testing.assert_array_equal(parameters_after_two_frames(player), first)


def parameters_after_two_frames(player):
    player.train_one_frame()
    player.train_one_frame()
    return player.trainer.network.parameters.copy()


def test_a_new_start_is_that_of_the_next_seed_on_the_same_data():
    player = Player(Experiment(noise=0.2))
    player.play()
    data, parameters = player.problem.Ys, player.frames[0].parameters
    experiment = player.new_start()
    assert experiment == player.experiment == Experiment(noise=0.2, seed=1)
    assert (player.trainer.epoch, player.playing) == (0, False)
    np.testing.assert_array_equal(player.problem.Ys, data)
    assert (player.frames[0].parameters != parameters).any()
    np.testing.assert_array_equal(player.frames[0].parameters, Player(experiment).frames[0].parameters)


def test_after_the_last_seed_comes_the_first():
    player = Player(Experiment(seed=9999))
    assert player.new_start().seed == 0


@pytest.mark.parametrize(
    ("act", "runs", "versions"),
    [
        (Player.play, 0, 1),
        (Player.pause, 0, 1),
        (Player.train_one_frame, 0, 1),
        (Player.tick, 0, 0),  # nothing plays
        (Player.reset, 1, 1),
        (Player.new_start, 1, 1),
        (Player.invalidate_charts, 1, 0),
        (lambda player: player.change(Experiment(speed=1)), 0, 0),
        (lambda player: player.change(Experiment(points=50)), 1, 1),
    ],
)
def test_every_start_has_its_own_run_id_and_new_frames_their_own_version(act, runs, versions):
    player = Player(Experiment())
    run, version = player.run_id, player.frame_version
    act(player)
    assert (player.run_id - run, player.frame_version - version) == (runs, versions)


def test_every_tick_has_its_own_version():
    player = Player(Experiment())
    player.play()
    version = player.frame_version
    player.tick()
    player.tick()
    assert player.frame_version == version + 2
