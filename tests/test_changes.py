"""Settings that were changed on the way: what a run notes of them, wherever it goes back to or is saved."""

import json

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.player import Player
from playground.player.changes import phases
from playground.sharing.saved import read_run, write_run
from tests.support.runs import diverged, stepped
from tests.support.saved_files import packed, rejection


def phases_of(player):
    return phases(player.recording.changes_up_to(player.experiment), player.experiment)


def rates(player):
    return [(phase.first, phase.experiment.learning_rate) for phase in phases_of(player)]


def change(player, **values):
    player.change(player.experiment.changed(**values))


def test_a_run_without_changes_has_one_phase_however_it_is_looked_at():
    player = stepped(3)
    change(player, speed=50, max_epochs=100, momentum=0.5)  # of no concern to gradient descent
    player.go_to(0)
    assert rates(player) == [(0, 0.1)]
    change(player, learning_rate=0.2)
    assert rates(player) == [(0, 0.2)]  # goes on from the start


def test_each_change_begins_a_phase_and_several_at_one_epoch_count_as_one():
    player = stepped(1)
    for rate in (0.3, 0.2):
        change(player, learning_rate=rate)
    player.train_one_frame()
    change(player, learning_rate=0.05)
    change(player, learning_rate=0.2)  # back again
    assert rates(player) == [(0, 0.1), (12, 0.2)]
    change(player, l2=0.1)
    assert [phase.experiment.l2 for phase in phases_of(player)] == [0.0, 0.0, 0.1]


def test_going_back_has_the_phases_up_to_there_and_going_on_from_there_begins_one():
    player = stepped(2)
    change(player, learning_rate=0.3)
    player.train_one_frame()
    assert rates(player) == [(0, 0.1), (24, 0.3)]
    player.go_to(12)
    assert rates(player) == [(0, 0.1), (12, 0.3)]
    player.go_to(36)
    assert rates(player) == [(0, 0.1), (24, 0.3)]
    player.go_to(12)
    change(player, learning_rate=0.1)
    assert rates(player) == [(0, 0.1)]  # as it was trained up to there
    player.go_to(36)
    assert rates(player) == [(0, 0.1), (24, 0.3), (36, 0.1)]
    player.go_to(12)
    player.train_one_frame()
    assert rates(player) == [(0, 0.1)]


def test_the_phases_of_a_running_training_are_those_of_what_was_on_screen():
    player = Player(Experiment())
    player.play()
    seen, before = player.film.epochs[2], player.film.epochs[1]
    player.change(player.experiment.changed(learning_rate=0.3), seen)
    assert player.trainer.epoch > seen
    assert rates(player) == [(0, 0.1), (seen, 0.3)]
    player.pause(before)
    assert rates(player) == [(0, 0.1), (before, 0.3)]


def test_a_run_replayed_by_its_phases_has_its_losses_to_the_last_bit():
    player = stepped(2, optimizer="momentum", batch_size=7)
    for values in ({"learning_rate": 0.02}, {"batch_size": 30, "l2": 0.01}, {"optimizer": "adam", "dropout": 0.2}):
        change(player, **values)
        player.train_one_frame()
    parts = phases_of(player)
    twin = Player(parts[0].experiment)
    for phase, after in zip(parts, [*parts[1:], None], strict=True):
        twin.change(phase.experiment.changed(speed=1))
        while twin.trainer.epoch < (after.first if after else player.trainer.epoch):
            twin.train_one_frame()
    np.testing.assert_array_equal(twin.trainer.history.losses, player.trainer.history.losses)


def test_a_divergence_that_is_trained_on_from_is_noted_with_the_change():
    player = diverged(learning_rate=5.0)
    epoch = player.trainer.epoch
    change(player, learning_rate=1e-6)
    assert [(each.epoch, each.diverged) for each in player.recording.changes] == [(epoch, True)]


def test_a_saved_run_has_its_phases_and_one_without_is_the_file_of_before():
    player = stepped(2)
    assert b'"changes"' not in write_run(player)
    change(player, learning_rate=0.3, optimizer="momentum")
    player.train_one_frame()
    twin = Player(Experiment())
    twin.open(read_run(write_run(player)))
    assert phases_of(twin) == phases_of(player)
    assert len(phases_of(twin)) == 2
    player.go_to(12)
    twin.open(read_run(write_run(player)))
    assert phases_of(twin) == phases_of(player)


@pytest.mark.parametrize(
    "damage",
    [
        None,
        {"epoch": 24},
        [1],
        [{"epoch": 0, "before": {}, "diverged": False}],
        [{"epoch": 37, "before": {}, "diverged": False}],
        [{"epoch": 24, "before": {"seed": 1}, "diverged": False}],
        [{"epoch": 24, "before": {"learning_rate": "0.1"}, "diverged": False}],
        [{"epoch": 24, "before": {"learning_rate": 1e9}, "diverged": False}],
        [{"epoch": 24, "before": {}, "diverged": 1}],
        2 * [{"epoch": 24, "before": {}, "diverged": False}],
    ],
    ids=str,
)
def test_changes_that_a_run_cannot_have_are_refused(damage):
    rejection(packed(json.loads(write_run(stepped(3))) | {"changes": damage}))
