"""Saved runs: opened, a run continues bit for bit as if it had never been saved."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn import OPTIMIZERS
from playground.compare.comparison import pin
from playground.experiment import Experiment
from playground.player import Player
from playground.sharing.saved import SavedError, read_run, write_run
from tests.support.saved_files import (
    SMALL,
    assert_same,
    opened,
    packed,
    small_run,
)
from tests.support.strategies import experiments

ALL_AT_ONCE = {
    "dtype": "float32", "dropout": 0.2, "l2": 0.001, "clip": 1.0, "schedule": "cosine", "period": 1500, "noise": 0.1,
    "test_fraction": 0.3,
}  # fmt: skip


@pytest.mark.parametrize("changes", [{}, ALL_AT_ONCE], ids=["plain", "all at once"])
@pytest.mark.parametrize("batch_size", [0, 20])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_saved_at_500_and_continued_to_1000_is_1000_straight(optimizer, batch_size, changes):
    settings = {"optimizer": optimizer, "batch_size": batch_size, "learning_rate": 0.01} | changes
    straight = small_run(10, **settings)
    saved = opened(write_run(straight))
    assert saved.trainer.epoch == 500
    for _ in range(10):
        straight.train_one_frame()
        saved.train_one_frame()
    assert saved.trainer.epoch == 1000
    assert saved.trainer.diverged is None
    assert_same(saved, straight)


@given(experiments(), st.sampled_from((1, 2, 4)), st.integers(0, 3), st.none() | st.integers(0, 10**6))
@settings(max_examples=40)
def test_any_run_comes_back_in_every_field_and_is_saved_again_as_it_was(experiment, speed, frames, edited):
    player = Player(experiment.changed(speed=speed))
    for _ in range(frames):
        player.train_one_frame()
    if edited is not None:
        player.set_parameter(edited % player.trainer.network.parameters.size, 0.125)
        player.train_one_frame()
    player.pause()  # and it says whether there is anything left to train
    data = write_run(player)
    twin = opened(data)
    assert write_run(twin) == data
    assert_same(twin, player)
    player.train_one_frame()
    twin.train_one_frame()
    assert_same(twin, player)


def test_saving_changes_nothing():
    player, other = small_run(3, batch_size=9), small_run(3, batch_size=9)
    write_run(player)
    player.train_one_frame()
    other.train_one_frame()
    assert_same(player, other)


def test_one_file_can_be_opened_twice():
    saved = read_run(write_run(small_run(3, batch_size=9, optimizer="adam")))
    one, other = Player(Experiment()), Player(Experiment())
    one.open(saved)
    one.train_one_frame()
    other.open(saved)
    other.train_one_frame()
    assert_same(one, other)


def test_a_long_run_continues_with_the_thinned_history():
    player = small_run(5, speed=1000, l2=0.01)
    player.change(player.experiment.changed(speed=1))
    player.train_one_frame()  # the last epoch is none of those that stay
    player.set_parameter(3, 0.5)
    data = write_run(player)
    twin, history = opened(data), read_run(data).history
    assert write_run(twin) == data
    assert twin.trainer.history.stride == 2
    assert twin.trainer.history.objectives[-1] == player.trainer.objective
    assert history.epochs[-1] % 2 == 1
    assert (history.losses[-1], history.objectives[-1]) == (player.trainer.loss, player.trainer.objective)
    for _ in range(2):
        player.train_one_frame()
        twin.train_one_frame()
    assert_same(twin, player)


def test_the_checkpoint_on_screen_is_what_is_saved():
    player = small_run(6, batch_size=9, test_fraction=0.3)
    player.set_parameter(3, 0.5)
    player.go_to(player.recording.checkpoints[2].epoch)
    twin = opened(write_run(player))
    assert twin.trainer.epoch == player.trainer.epoch == 100
    player.train_one_frame()
    twin.train_one_frame()
    assert_same(twin, player)


def test_an_opened_run_can_be_gone_back_in_to_its_start():
    player, twin = small_run(4), opened(write_run(small_run(4)))
    assert [moment.epoch for moment in twin.recording.checkpoints] == [0, 50, 100, 150, 200]
    for one in (player, twin):
        one.go_to(0)
        one.train_one_frame()
    assert_same(twin, player)


@pytest.mark.parametrize("steps", [0, 2])
def test_a_start_by_hand_is_the_start(steps):
    player = Player(Experiment(**SMALL))
    player.set_parameter(3, 1.5)
    player.set_parameter(5, -0.1)
    for _ in range(steps):
        player.train_one_frame()
    twin = opened(write_run(player))
    assert twin.recording.edited_since == 0
    twin.go_to(0)
    player.go_to(0)
    assert_same(twin, player)
    assert twin.trainer.network.parameters[3] == 1.5


def test_an_edit_of_an_opened_run_can_be_taken_back():
    player = small_run(2)
    loss = player.trainer.loss
    player.set_parameter(3, 1.5)
    twin = opened(write_run(player))
    twin.undo()
    assert twin.trainer.loss == loss
    assert twin.recording.edits == []


@pytest.mark.parametrize(
    "changes",
    [{"learning_rate": 50.0}, {"learning_rate": 50.0, "optimizer": "momentum"}, {"optimizer": "adam", "scale": 10.0}],
    ids=str,
)
def test_a_run_that_diverged_is_saved_with_its_divergence(changes):
    player = small_run(
        60, **{"activations": ("relu",), "learning_rate": 100.0, "speed": 1, "dtype": "float32"} | changes
    )
    if "scale" not in changes:  # the squares of Adam's gradients leave the finite numbers, and the run does not
        assert player.trainer.diverged
    data = write_run(player)
    assert b"NaN" not in data
    assert b"Infinity" not in data
    twin = opened(data)
    assert write_run(twin) == data
    assert (twin.trainer.diverged, twin.message) == (player.trainer.diverged, player.message)
    for one in (player, twin):
        one.change(one.experiment.changed(learning_rate=1e-6))
        one.train_one_frame()
    assert_same(twin, player)


def test_an_infinite_mean_of_squares_comes_back():
    player = small_run(2, optimizer="adam")
    player.trainer.optimizer.state["s"][:3] = np.inf  # 1e200 squared: the step there is 0, and the run goes on
    data = write_run(player)
    json.loads(data, parse_constant=pytest.fail)
    twin = opened(data)
    assert_same(twin, player)
    for one in (player, twin):
        one.train_one_frame()
    assert player.trainer.diverged is None
    assert_same(twin, player)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [0, 20])
def test_the_memory_of_a_run_that_diverged_is_finite(optimizer, batch_size):
    player = Player(Experiment(**SMALL | {"optimizer": optimizer, "batch_size": batch_size, "learning_rate": 100.0}))
    player.trainer.network.parameters[-1] = 1e153  # the loss is 5e305, and any step of a descent goes further
    for _ in range(3):
        player.train_one_frame()
    assert player.trainer.diverged or OPTIMIZERS[optimizer].adaptive  # whose steps are short
    for name, value in player.trainer.optimizer.state.items():
        assert np.isfinite(value).all() or name == "s"
    assert_same(opened(write_run(player)), player)


def test_the_clock_continues_where_it_stopped():
    player = small_run(4)
    player.go_to(player.recording.checkpoints[-2].epoch)
    twin, here = opened(write_run(player)), player.trainer.epoch
    np.testing.assert_array_equal(twin.clock.up_to(10**9), player.clock.up_to(here))
    np.testing.assert_array_equal(pin(twin, "A").seconds, pin(player, "A").seconds)
    assert twin.clock.last == player.clock.up_to(here)[-1, 1] > 0
    before = twin.clock.last
    twin.train_one_frame()
    assert twin.clock.last > before


def test_a_missing_field_of_the_experiment_has_its_default():
    document = json.loads(write_run(small_run(2)))
    document["experiment"] = {name: document["experiment"][name] for name in SMALL}
    assert read_run(packed(document)).experiment == Experiment(**SMALL)


def test_a_run_too_large_for_a_file_is_reported():
    with pytest.raises(SavedError, match="at most 5,000,000 bytes"):
        write_run(Player(Experiment(own="\0" * 1_000_000)))
    with pytest.raises(SavedError, match="at most 20,000 lists"):
        write_run(Player(Experiment(own="[" * 1_000_000)))
