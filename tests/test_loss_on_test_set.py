"""The test loss: measured on points of its own with every frame, and never trained on."""

import numpy as np
import pytest

from nn import squared_error
from playground.experiment import Experiment
from playground.player import Player, series
from tests.support.runs import played

TESTED = {"test_fraction": 0.3, "noise": 0.2}


@pytest.mark.parametrize("scaling", ["none", "standard"])
def test_it_is_the_loss_of_the_test_points(scaling):
    player = played(**TESTED, scaling=scaling)
    Xs, Ys = player.problem.test_set
    assert Xs.shape == (1, 30)
    assert player.frames[-1].test_loss == squared_error(player.trainer.network.evaluate(Xs)[-1].A, Ys)


def test_training_uses_the_other_points_alone():
    player = played(**TESTED)
    problem = player.problem
    network = player.experiment.make_trainer(problem).network
    network.train(problem.Xs, problem.Ys, player.trainer.epoch, 0.1)
    np.testing.assert_array_equal(network.parameters, player.trainer.network.parameters)
    assert problem.Xs.shape == (1, 70)


def test_without_test_points_there_is_no_test_loss():
    player = Player(Experiment())
    player.train_one_frame()
    assert player.frames[-1].test_loss is None
    assert player.test_losses.up_to(100).shape == (0, 2)


def test_every_frame_is_recorded_and_later_ones_stay_until_training_continues():
    player = played(**TESTED)
    speed = player.experiment.speed
    whole = player.test_losses.up_to(player.trainer.epoch)
    np.testing.assert_array_equal(whole[:, 0], np.arange(0, player.trainer.epoch + 1, speed))
    early = player.recording.checkpoints[4].epoch
    player.go_to(early)
    assert player.test_losses.up_to(early)[-1, 0] == early
    assert len(player.test_losses.up_to(10**9)) == len(whole)
    player.train_one_frame()
    assert player.test_losses.up_to(10**9)[-1, 0] == early + speed


def test_its_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(series, "MAX_MEASUREMENTS", 10)
    measured = played(**TESTED).test_losses.up_to(10**9)
    assert len(measured) <= 10
    assert measured[0, 0] == 0
    assert (np.diff(measured[:, 0]) > 0).all()
