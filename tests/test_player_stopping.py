"""How a player stops: at its limits, by a pause, or because training diverged; and how it goes on after that."""

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.player import Player
from tests.support.runs import diverged, play_to_end, trained

DIVERGING = {"learning_rate": 100.0}


@pytest.mark.parametrize("speed", [1, 12, 1000])
@pytest.mark.parametrize("max_epochs", [1, 13, 100, 1201])
def test_it_stops_exactly_at_the_last_epoch_and_says_so(max_epochs, speed):
    player = Player(Experiment(speed=speed, max_epochs=max_epochs))
    frames = play_to_end(player)
    assert frames[-1].epoch == player.trainer.epoch == max_epochs
    assert player.message.kind == "success"
    assert f"{max_epochs:,} epochs are done" in player.message.text


@pytest.mark.parametrize("speed", [1, 12, 1000])
def test_it_stops_at_the_first_epoch_below_the_target_loss_and_says_so(speed):
    player = Player(Experiment(speed=speed, target_loss=0.1))
    play_to_end(player)
    losses = trained(1000).trainer.history.losses
    first = int(np.argmax(losses < 0.1))
    assert player.trainer.epoch == first
    assert player.frames[-1].loss == losses[first] < 0.1 <= losses[first - 1]
    assert player.message == ("success", f"The loss is below 0.1, at epoch {first:,}.")


@pytest.mark.parametrize("changes", [{"max_epochs": 20}, {"target_loss": 0.3}, DIVERGING], ids=str)
def test_a_finished_run_says_why_it_does_not_go_on_and_stays_where_it_is(changes):
    player = Player(Experiment(**changes))
    play_to_end(player)
    message, epoch, parameters = player.message, player.trainer.epoch, player.trainer.network.parameters.copy()
    for act in (player.play, player.train_one_frame, player.tick, player.pause):
        act()
        assert not player.playing
        assert player.message == message
        assert player.trainer.epoch == epoch
        assert [frame.epoch for frame in player.frames[-1:]] == [epoch]
    np.testing.assert_array_equal(player.trainer.network.parameters, parameters)


def test_a_single_frame_that_finishes_says_so_at_once():
    player = Player(Experiment(max_epochs=12))
    player.train_one_frame()
    assert "12 epochs are done" in player.message.text


def test_a_limit_below_the_present_epoch_stops_it_where_it_is():
    player = Player(Experiment())
    player.play()
    epoch = player.trainer.epoch
    player.change(player.experiment.changed(max_epochs=1))
    player.tick()
    assert (player.trainer.epoch, player.playing) == (epoch, False)
    assert f"{epoch:,} epochs are done" in player.message.text


@pytest.mark.parametrize(
    ("changes", "further"),
    [
        ({"max_epochs": 20}, {"max_epochs": 20_000}),
        ({"target_loss": 0.3}, {"target_loss": 0.0}),
        (DIVERGING, {"learning_rate": 0.01}),
    ],
    ids=str,
)
def test_when_the_reason_to_stop_is_gone_so_is_the_message_and_training_continues(changes, further):
    player = Player(Experiment(**changes))
    play_to_end(player)
    epoch = player.trainer.epoch
    player.change(player.experiment.changed(**further))
    assert player.message is None
    player.play()
    assert player.playing
    assert player.trainer.epoch > epoch


def test_a_pause_drops_no_frame():
    player = Player(Experiment())
    player.play()
    last, version = player.frames[-1], player.frame_version
    player.pause()
    assert not player.playing
    assert player.frames == [last]
    assert player.frame_version == version + 1
    np.testing.assert_array_equal(last.parameters, player.trainer.network.parameters)
    player.tick()  # a request of the browser that was still on its way
    assert player.frames == [last]
    assert last.epoch == player.trainer.epoch


# --- Divergence -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [0, 30])
@pytest.mark.parametrize("learning_rate", [1.0, 3.0, 100.0])
@pytest.mark.parametrize("layers", [(20,), (64, 64, 64, 64)], ids=str)
def test_a_divergence_is_reported_and_leaves_the_last_finite_state(layers, learning_rate, batch_size):
    activations = ("sigmoid",) if len(layers) == 1 else ("relu",) * 4
    changes = {"layers": layers, "activations": activations, "learning_rate": learning_rate, "batch_size": batch_size}
    player = Player(Experiment(**changes))
    frames = play_to_end(player)
    epoch, quantity = player.trainer.diverged
    assert not player.playing
    assert player.message.kind == "error"
    for words in (f"epoch {epoch:,}", str(quantity), f"last finite state, epoch {epoch - 1:,}.", "learning rate"):
        assert words in player.message.text
    assert frames[-1].epoch == player.trainer.epoch == epoch - 1
    assert np.isfinite([frame.loss for frame in frames]).all()
    assert all(np.isfinite(frame.parameters).all() for frame in frames)


def test_after_a_divergence_a_smaller_learning_rate_continues_from_there():
    player = diverged(**DIVERGING)
    epoch, loss = player.trainer.epoch, player.trainer.loss
    player.change(player.experiment.changed(learning_rate=1e-6))
    player.train_one_frame()
    assert player.trainer.epoch == epoch + 12
    assert player.trainer.diverged is None
    assert player.frames[-1].loss < loss


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov"])
@pytest.mark.parametrize("batch_size", [0, 30])
def test_after_a_divergence_parameters_repaired_by_hand_train_again(optimizer, batch_size):
    player = diverged(optimizer=optimizer, learning_rate=3.0, batch_size=batch_size)
    start = player.recording.checkpoints[0].parameters
    for index, value in enumerate(start):
        player.set_parameter(index, value)
    player.change(player.experiment.changed(learning_rate=0.01))
    epoch, loss = player.trainer.epoch, player.trainer.loss
    for _ in range(5):
        player.train_one_frame()
    assert player.trainer.epoch == epoch + 5 * 12
    assert player.trainer.diverged is None
    assert player.trainer.loss < loss

    fresh = Player(player.experiment)  # with full batches, it is the same run from its start
    fresh.trainer.network.parameters[:] = start
    for _ in range(5):
        fresh.train_one_frame()
    if not batch_size:
        np.testing.assert_array_equal(player.trainer.network.parameters, fresh.trainer.network.parameters)


def test_after_a_divergence_an_invalid_value_leaves_it_diverged():
    player = diverged(optimizer="momentum", **DIVERGING)
    before, state = player.trainer.diverged, player.trainer.optimizer.state
    with pytest.raises(ValueError, match="loss is"):
        player.set_parameter(0, np.nan)
    assert player.trainer.diverged == before
    np.testing.assert_array_equal(player.trainer.optimizer.state["v"], state["v"])


def test_after_a_divergence_reset_goes_back_to_the_start():
    player = diverged(**DIVERGING)
    player.reset()
    assert (player.trainer.epoch, player.trainer.diverged, player.message) == (0, None, None)


def test_a_restart_replaces_the_message_about_the_run_before():
    player = diverged(**DIVERGING)
    player.change(player.experiment.changed(layers=(10,)))
    assert player.message.kind == "info"
    assert player.trainer.diverged is None


def test_a_run_that_diverged_in_its_very_first_step_leaves_no_message_after_a_restart(monkeypatch):
    player = Player(Experiment())
    monkeypatch.setattr(player.trainer.optimizer, "step", lambda parameters, *_: parameters.fill(np.inf))
    player.play()
    assert (player.trainer.epoch, player.message.kind) == (0, "error")
    player.change(player.experiment.changed(layers=(10,)))
    assert player.message is None
