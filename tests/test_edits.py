"""A parameter set by hand: the run continues from it, counts as edited, and the edit can be undone."""

import numpy as np
import pytest

from nn import squared_error
from playground.experiment import Experiment
from playground.player import Player
from tests.support.runs import diverged, stepped
from tests.support.visits import trained

PLACE = 3


def test_network_loss_and_frame_are_those_of_the_new_value():
    player = stepped()
    player.set_parameter(PLACE, 2.5)
    network, problem = player.trainer.network, player.problem
    assert network.parameters[PLACE] == 2.5
    assert player.trainer.loss == squared_error(network.evaluate(problem.Xs)[-1].A, problem.Ys)
    frame = player.frames[-1]
    assert (frame.epoch, frame.loss) == (player.trainer.epoch, player.trainer.loss)
    np.testing.assert_array_equal(frame.parameters, network.parameters)
    assert player.recording.edited_since == player.trainer.epoch


@pytest.mark.parametrize("batch_size", [0, 30])
def test_training_continues_from_the_value(batch_size):
    player = stepped(batch_size=batch_size)
    player.set_parameter(PLACE, -1.25)
    player.train_one_frame()

    straight = player.experiment.make_trainer(player.problem)
    straight.train(3 * player.experiment.speed)
    straight.network.parameters[PLACE] = -1.25
    straight.train(player.experiment.speed)
    np.testing.assert_array_equal(player.trainer.network.parameters, straight.network.parameters)
    assert player.recording.edited_since == 3 * player.experiment.speed


def test_undo_restores_the_state_before_the_edit():
    player = stepped()
    before, loss = player.trainer.network.parameters.copy(), player.trainer.loss
    for value in (1.0, 2.0, 3.0):  # a slider on its way: one edit
        player.set_parameter(PLACE, value)
    player.set_parameter(PLACE + 1, 4.0)
    assert len(player.recording.edits) == 2
    player.undo()
    assert player.trainer.network.parameters[PLACE] == 3.0
    player.undo()
    np.testing.assert_array_equal(player.trainer.network.parameters, before)
    assert player.trainer.loss == loss
    assert player.recording.edited_since is None
    player.undo()  # nothing is left to take back
    np.testing.assert_array_equal(player.trainer.network.parameters, before)


def test_an_edit_cannot_be_undone_after_further_training():
    player = stepped()
    player.set_parameter(PLACE, 1.0)
    player.train_one_frame()
    assert not player.recording.can_undo
    after = player.trainer.network.parameters.copy()
    player.undo()
    np.testing.assert_array_equal(player.trainer.network.parameters, after)


def test_a_run_counts_as_edited_from_the_epoch_of_the_edit_on():
    player = stepped()
    early, here = player.recording.checkpoints[1].epoch, player.trainer.epoch
    player.set_parameter(PLACE, 1.0)
    player.train_one_frame()
    player.go_to(early)
    assert player.recording.edited_since is None
    player.go_to(here)
    assert player.trainer.network.parameters[PLACE] == 1.0
    assert player.recording.edited_since == here
    player.go_to(early)
    player.train_one_frame()
    assert player.recording.edits == []
    straight = player.experiment.make_trainer(player.problem)
    straight.train(early + player.experiment.speed)
    np.testing.assert_array_equal(player.trainer.network.parameters, straight.network.parameters)


def test_an_edit_at_an_earlier_checkpoint_makes_it_the_present():
    player = stepped()
    early = player.recording.checkpoints[1].epoch
    player.go_to(early)
    player.set_parameter(PLACE, 1.0)
    assert [moment.epoch for moment in player.recording.checkpoints][-1] == early
    assert player.recording.checkpoints[-1].parameters[PLACE] == 1.0


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e308])
def test_a_value_without_a_finite_loss_is_an_error_and_changes_nothing(value):
    player = stepped()
    place = len(player.trainer.network.parameters) - 2  # the last weight of the output
    before, loss = player.trainer.network.parameters.copy(), player.trainer.loss
    with pytest.raises(ValueError, match="the loss is"):
        player.set_parameter(place, value)
    np.testing.assert_array_equal(player.trainer.network.parameters, before)
    assert player.trainer.loss == loss
    assert player.recording.edited_since is None
    player.train_one_frame()
    straight = stepped(4)
    np.testing.assert_array_equal(player.trainer.network.parameters, straight.trainer.network.parameters)


def test_what_was_refused_is_not_said_any_more_after_an_undo():
    visit = trained().visit
    visit.player.set_parameter(PLACE, 1.0)
    visit.controls.reject("W is unchanged.")
    visit.unit_switch.undo()
    assert visit.controls.message is None
    assert visit.player.recording.edits == []


def test_a_diverged_run_can_be_repaired_by_hand():
    player = diverged(learning_rate=50.0)
    for place in range(len(player.trainer.network.parameters)):
        player.set_parameter(place, 0.1)
    assert player.trainer.diverged is None
    assert player.message is None


def test_a_reset_forgets_the_edits():
    player = stepped()
    player.set_parameter(PLACE, 1.0)
    player.reset()
    assert player.recording.edited_since is None
    np.testing.assert_array_equal(player.trainer.network.parameters, Player(Experiment()).trainer.network.parameters)
