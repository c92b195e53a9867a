"""Changing the experiment of a player: what applies at once, what restarts the run, and what cannot be done."""

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.player import Player
from tests.support.runs import trained

LIVE = [
    {"learning_rate": 0.05},
    {"optimizer": "adam"},
    {"optimizer": "momentum", "momentum": 0.5},
    {"batch_size": 30},
    {"speed": 100},
    {"max_epochs": 5000},
    {"target_loss": 0.01},
]
RESTARTING = [
    {"target": "cosine"},
    {"low": -4.0},
    {"high": 4.0},
    {"points": 50},
    {"noise": 0.1},
    {"data_seed": 1},
    {"layers": (10,)},
    {"layers": (10, 10), "activations": ("tanh", "tanh")},
    {"activations": ("tanh",)},
    {"output_activation": "tanh"},
    {"initializer": "he"},
    {"seed": 1},
]


def snapshot(player):
    """All that a visitor could notice, and the parameters."""
    trainer = player.trainer
    return {
        "experiment": player.experiment,
        "problem": player.problem,
        "trainer": trainer,
        "epoch": trainer.epoch,
        "loss": trainer.loss,
        "batch size": trainer.batch_size,
        "optimizer": trainer.optimizer,
        "hyperparameters": trainer.optimizer.hyperparameters,
        "parameters": trainer.network.parameters.tolist(),
        "grid": player.grid.tolist(),
        "frames": player.frames,
        "playing": player.playing,
        "run": player.run_id,
        "version": player.frame_version,
        "message": player.message,
    }


@pytest.mark.parametrize("playing", [True, False])
@pytest.mark.parametrize("changes", LIVE, ids=str)
def test_a_training_setting_applies_at_once_and_the_run_continues(changes, playing):
    player = Player(Experiment())
    player.play()
    player.playing = playing
    epoch, run, trainer = player.trainer.epoch, player.run_id, player.trainer
    parameters = trainer.network.parameters.copy()
    player.change(player.experiment.changed(**changes))
    assert player.experiment == Experiment(**changes)
    assert (player.trainer, player.trainer.epoch, player.run_id, player.playing) == (trainer, epoch, run, playing)
    np.testing.assert_array_equal(trainer.network.parameters, parameters)
    assert trainer.optimizer.hyperparameters == player.experiment.make_optimizer().hyperparameters
    assert trainer.optimizer.name == player.experiment.optimizer
    assert trainer.batch_size == (player.experiment.batch_size or 100)
    player.train_one_frame()
    assert player.trainer.epoch == epoch + player.experiment.speed


def test_a_new_learning_rate_applies_from_the_next_epoch_and_the_velocity_is_kept():
    player = Player(Experiment(optimizer="momentum"))
    player.train_one_frame()
    player.change(player.experiment.changed(learning_rate=0.02, momentum=0.5))
    player.train_one_frame()
    trainer = trained(12, optimizer="momentum").trainer
    trainer.optimizer.configure(learning_rate=0.02, momentum=0.5)
    trainer.train(12)
    np.testing.assert_array_equal(player.trainer.network.parameters, trainer.network.parameters)


@pytest.mark.parametrize("playing", [True, False])
@pytest.mark.parametrize("changes", RESTARTING, ids=str)
def test_another_network_or_other_data_restart_the_run_and_the_player_says_so(changes, playing):
    player = Player(Experiment())
    player.play()
    player.playing = playing
    run = player.run_id
    player.change(player.experiment.changed(**changes))
    fresh = Player(Experiment(**changes))
    assert (player.trainer.epoch, player.run_id, player.playing) == (0, run + 1, playing)
    assert player.message == ("info", "The network or the data changed: the run starts again at epoch 0.")
    assert [frame.epoch for frame in player.frames] == [0]
    np.testing.assert_array_equal(player.frames[0].output, fresh.frames[0].output)
    np.testing.assert_array_equal(player.problem.Ys, fresh.problem.Ys)
    np.testing.assert_array_equal(player.grid, fresh.grid)
    player.playing = False
    player.train_one_frame()
    fresh.train_one_frame()
    assert player.frames[0].loss == fresh.frames[0].loss


def test_at_epoch_0_a_restart_needs_no_message():
    player = Player(Experiment())
    player.change(Experiment(points=50))
    assert player.message is None


def test_the_message_about_a_restart_stays_until_the_next_pause():
    player = Player(Experiment())
    player.play()
    player.change(player.experiment.changed(points=50))
    player.tick()
    assert player.message.kind == "info"
    player.pause()
    assert player.message is None


def test_the_same_experiment_changes_nothing():
    player = Player(Experiment())
    player.play()
    before = snapshot(player)
    player.change(Experiment())
    assert snapshot(player) == before


class Impossible(Experiment):
    """An experiment whose training cannot start."""

    def make_trainer(self, problem):
        raise ValueError("With these parameters the loss is inf.")


@pytest.mark.parametrize("playing", [True, False])
def test_an_experiment_that_cannot_start_leaves_everything_as_it_was(playing):
    player = Player(Experiment())
    player.play()
    player.playing = playing
    before = snapshot(player)
    with pytest.raises(ValueError, match="the loss is inf"):
        player.change(Impossible(points=50))
    assert snapshot(player) == before
    player.train_one_frame()
    assert player.trainer.epoch == before["epoch"] + 12


def test_two_players_share_nothing():
    one, other = Player(Experiment()), Player(Experiment())
    before = snapshot(other)
    one.play()
    one.change(one.experiment.changed(layers=(3,)))
    assert snapshot(other) == before
