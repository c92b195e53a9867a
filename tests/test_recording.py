"""The recording: a checkpoint is its epoch bit for bit, and the run continues from it as it did."""

import numpy as np
import pytest

from nn import OPTIMIZERS
from playground.experiment import Experiment
from playground.player import Player, recording
from tests.support.runs import played


@pytest.mark.parametrize("batch_size", [0, 30])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_going_back_and_continuing_is_the_run_without_the_detour(optimizer, batch_size):
    settings = {"optimizer": optimizer, "learning_rate": 0.01, "batch_size": batch_size, "noise": 0.1, "speed": 2}
    player = played(**settings)
    middle = player.recording.checkpoints[len(player.recording.checkpoints) // 2].epoch
    player.go_to(middle)
    player.go_to(player.recording.checkpoints[-1].epoch)
    player.go_to(middle)
    for _ in range(5):
        player.train_one_frame()

    straight = Experiment(**settings)
    trainer = straight.start().trainer
    trainer.train(middle + 10)
    np.testing.assert_array_equal(player.trainer.network.parameters, trainer.network.parameters)
    assert player.trainer.loss == trainer.loss


def test_a_checkpoint_shows_the_frame_of_its_epoch():
    player = Player(Experiment())
    seen = {}
    player.play()
    for _ in range(4):
        seen |= {frame.epoch: frame for frame in player.frames}
        player.tick()
    player.pause()
    for epoch in [moment.epoch for moment in player.recording.checkpoints if moment.epoch in seen]:
        player.go_to(epoch)
        then, now = seen[epoch], player.frames[-1]
        assert (now.epoch, now.loss) == (then.epoch, then.loss)
        np.testing.assert_array_equal(now.parameters, then.parameters)
        np.testing.assert_array_equal(now.output, then.output)
        assert player.trainer.history.epochs[-1] == epoch
        assert player.trainer.history.losses[-1] == then.loss


def test_later_checkpoints_stay_until_training_continues():
    player = played()
    last = player.recording.checkpoints[-1].epoch
    early = player.recording.checkpoints[3].epoch
    player.go_to(early)
    assert player.recording.checkpoints[-1].epoch == last
    player.train_one_frame()
    assert player.recording.checkpoints[-1].epoch == player.trainer.epoch == early + Experiment().speed
    assert all(moment.epoch <= early for moment in player.recording.checkpoints[:-1])


def test_checkpoints_include_start_and_end_and_are_dense_early_and_thinner_later():
    player = played(ticks=20)
    epochs = [moment.epoch for moment in player.recording.checkpoints]
    assert epochs[0] == 0
    assert epochs[-1] == player.trainer.epoch
    gaps = np.diff(epochs[:-1])
    assert gaps[0] == Experiment().speed
    assert (np.diff(gaps) >= -Experiment().speed).all()
    assert gaps[-1] > 10 * gaps[0]


def test_the_recording_is_bounded(monkeypatch):
    monkeypatch.setattr(recording, "MAX_BYTES", 200_000)
    player = played(ticks=20, optimizer="adam", learning_rate=0.001)
    assert (
        sum(moment.bytes for moment in player.recording.checkpoints) <= 200_000 + player.recording.checkpoints[-1].bytes
    )
    assert player.recording.checkpoints[0].epoch == 0
    assert player.recording.checkpoints[-1].epoch == player.trainer.epoch


def test_a_diverged_run_can_go_back_and_continue_with_a_smaller_learning_rate():
    player = played(learning_rate=50.0)
    assert player.trainer.diverged
    player.go_to(0)
    assert player.trainer.diverged is None
    assert player.message is None
    player.change(player.experiment.changed(learning_rate=0.1))
    player.train_one_frame()
    straight = Experiment()
    trainer = straight.start().trainer
    trainer.train(straight.speed)
    np.testing.assert_array_equal(player.trainer.network.parameters, trainer.network.parameters)


@pytest.mark.parametrize("speed", [1, 2, 12, 500])
@pytest.mark.parametrize("changes", [{"learning_rate": 3.0}, {"learning_rate": 50.0, "batch_size": 30}], ids=str)
def test_the_last_checkpoint_of_a_diverged_run_has_diverged(changes, speed):
    player = played(speed=speed, ticks=40, **changes)
    last, diverged, message = player.trainer.epoch, player.trainer.diverged, player.message
    assert diverged
    assert message.kind == "error"
    assert last > 0
    player.go_to(last)
    assert (player.trainer.diverged, player.message) == (diverged, message)
    player.go_to(0)
    assert (player.trainer.diverged, player.message) == (None, None)
    player.go_to(last)
    assert (player.trainer.diverged, player.message) == (diverged, message)
    player.play()
    assert (player.trainer.epoch, player.playing, player.message) == (last, False, message)
    epochs = [moment.epoch for moment in player.recording.checkpoints]
    assert epochs == sorted(set(epochs))


def test_a_run_that_diverged_in_its_first_step_has_diverged_at_its_start():
    player = played(learning_rate=100.0, own="x,y\n1e90,1e60\n-1e95,3\n", target="points", activations=("relu",))
    assert (player.trainer.epoch, player.trainer.diverged is None) == (0, False)
    player.go_to(0)
    assert player.message.kind == "error"
    player.reset()
    assert (player.trainer.diverged, player.message) == (None, None)


def test_an_epoch_without_a_checkpoint_is_an_error():
    player = played()
    epoch = player.trainer.epoch
    with pytest.raises(ValueError, match="no recorded checkpoint at epoch 7"):
        player.go_to(7)
    assert player.trainer.epoch == epoch
