"""Tests of units that are switched off in a run: text, links, player, timeline, saved runs."""

import numpy as np
import pytest

from playground.compare.result import train
from playground.compare.settings import with_values
from playground.compare.sweep import SweepPlan
from playground.experiment import Experiment
from playground.player import Player
from playground.sharing.export.prediction import prediction_script
from playground.sharing.links import from_query, to_query
from playground.sharing.replay import _frames
from playground.sharing.saved import read_run, write_run
from playground.units_off import in_words, read_units, those_in, written_units
from tests.support.exports import run
from tests.support.runs import stepped

TWO = {"layers": (5, 4), "activations": ("tanh", "relu")}
OFF = "1.3,2.0"


def loss_without(player: Player, off: str) -> float:
    """The loss of the player's network with 0 for the weights that leave some of its units."""
    network, problem = player.trainer.network.copy(), player.problem
    network.off = ()
    for layer, unit in read_units(off, player.experiment.layers):
        network.layers[layer].W[:, unit] = 0
    return player.trainer.loss_function(network.evaluate(problem.Xs)[-1].A, problem.Ys)


@pytest.mark.parametrize(
    ("text", "units"),
    [("", ()), ("1.3", ((1, 3),)), (" 2.0 1.3;1.3 ", ((1, 3), (2, 0))), ("1.10,1.1", ((1, 1), (1, 10)))],
)
def test_units_are_written_as_the_drawing_names_them(text, units):
    assert read_units(text, (20, 4)) == units
    assert read_units(written_units(units), (20, 4)) == units


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x", '"x" is not a unit, which is written LAYER.UNIT'),
        ("1", '"1" is not a unit'),
        ("1.5.2", "is not a unit"),
        ("0.1", "is not a unit"),
        ("1.-1", "is not a unit"),
        ("1.²", "is not a unit"),
        ("1." + "9" * 500, "is not a unit"),
        ("1.5", "there is no unit 5 in layer 1: its units are 0 to 4"),
        ("2.1", "there is no unit 1 in layer 2: its one unit is 0"),
        ("3.0", "3.0 is of layer 3, and there are 2 hidden layers"),
    ],
)
def test_what_is_no_hidden_unit_is_answered_in_words(text, words):
    with pytest.raises(ValueError, match="Units off: ") as caught:
        read_units(text, (5, 1))
    assert words in str(caught.value)
    _, errors = from_query({"layers": "5,1", "off": text})
    assert len(errors) == 1
    assert words in errors[0]
    assert errors[0].endswith("Used instead: Units off none.")


def test_units_in_words():
    assert in_words([(1, 3)]) == "unit 3 of layer 1"
    assert in_words([(1, 3), (1, 4), (2, 0)]) == "unit 3 of layer 1, unit 4 of layer 1 and unit 0 of layer 2"
    assert those_in("1.3,1.10,2.0", (4,)) == "1.3"


def test_the_link_has_the_units_and_the_run_starts_without_them():
    experiment = Experiment(**TWO, off="2.0, 1.3, 1.3")
    assert to_query(experiment)["off"] == OFF
    start, errors = from_query(to_query(experiment))
    assert not errors
    assert start.experiment == experiment
    assert start.trainer.network.off == ((1, 3), (2, 0))


def test_a_change_of_the_layers_leaves_out_the_units_that_are_gone():
    experiment = Experiment(**TWO, off=OFF)
    assert experiment.changed(layers=(5,), activations=("tanh",)).off == "1.3"
    assert experiment.changed(layers=(3, 1)).off == "2.0"
    assert experiment.changed(layers=(), activations=()).off == ""
    assert experiment.with_recommended_settings().off == ""


def test_a_unit_is_switched_off_and_on_at_once():
    player = stepped(**TWO)
    loss, output, parameters = player.trainer.loss, player.frames[-1].output, player.trainer.network.parameters.copy()
    player.change(player.experiment.changed(off=OFF))
    assert player.trainer.loss == player.frames[-1].loss == pytest.approx(loss_without(player, OFF), rel=1e-12)
    assert player.trainer.loss != loss
    assert not np.array_equal(player.frames[-1].output, output)
    player.change(player.experiment.changed(off=""))
    assert player.frames[-1].loss == loss
    np.testing.assert_array_equal(player.frames[-1].output, output)
    np.testing.assert_array_equal(player.trainer.network.parameters, parameters)
    assert not player.recording.changes


def test_it_is_switched_while_the_run_trains_from_what_is_on_screen():
    player = Player(Experiment(**TWO))
    player.play()
    on_screen = player.frames[3].epoch
    player.change(player.experiment.changed(off="1.3"), on_screen)
    assert player.playing
    assert player.frames[0].epoch > on_screen
    assert [change.epoch for change in player.recording.changes] == [on_screen]
    twin = Player(Experiment(**TWO)).trainer
    twin.train(on_screen)
    twin.network.off = ((1, 3),)
    twin.train(player.trainer.epoch - on_screen)
    np.testing.assert_array_equal(twin.network.parameters, player.trainer.network.parameters)
    player.pause(on_screen)  # as if it had not been trained any further
    assert player.trainer.epoch == on_screen
    assert player.trainer.network.off == ((1, 3),)


def test_the_timeline_has_the_units_of_each_time():
    player = stepped(**TWO)
    switched, loss_before = player.trainer.epoch, player.trainer.loss
    player.change(player.experiment.changed(off="1.3"))
    player.train_one_frame()
    end, loss = player.trainer.epoch, player.trainer.loss
    player.go_to(0)
    assert player.experiment.off == ""
    assert player.trainer.network.off == ()
    player.change(player.experiment.changed(learning_rate=0.2))  # is of the end
    player.go_to(end)
    assert (player.experiment.off, player.trainer.network.off, player.trainer.loss) == ("1.3", ((1, 3),), loss)
    assert [change.before.off for change in player.recording.changes] == ["", "1.3"]
    player.go_to(switched)
    assert player.experiment.off == "1.3"
    assert player.trainer.loss != loss_before
    player.go_to(0)
    player.train_one_frame()
    assert player.trainer.network.off == ()
    assert not player.recording.changes


def test_a_unit_that_is_switched_at_an_earlier_moment_makes_it_the_present():
    player = stepped(**TWO)
    player.change(player.experiment.changed(off="1.3"))
    player.train_one_frame()
    moment = player.recording.checkpoints[2].epoch
    player.go_to(moment)
    player.change(player.experiment.changed(off="2.0"))
    assert player.recording.at_present
    assert player.recording.checkpoints[-1].epoch == moment
    assert [(change.epoch, change.before.off) for change in player.recording.changes] == [(moment, "")]
    assert player.trainer.loss == pytest.approx(loss_without(player, "2.0"), rel=1e-12)


def test_the_test_loss_and_the_lowest_are_those_of_the_network_as_it_is():
    player = stepped(**TWO, points=60, noise=0.3, test_fraction=0.3)
    player.change(player.experiment.changed(off=OFF))
    epoch, test_loss = player.test_losses.measurements[-1]
    assert epoch == player.trainer.epoch
    assert test_loss == player.frames[-1].test_loss == player.test_losses.loss_of(player.trainer.network)
    player.change(player.experiment.changed(off=""))
    assert player.test_losses.measurements[-1] == (epoch, player.frames[-1].test_loss)
    assert player.frames[-1].test_loss != test_loss


@pytest.mark.parametrize("optimizer", ["gradient_descent", "adam"])
def test_a_saved_run_goes_on_with_its_units(optimizer):
    player = stepped(**TWO, optimizer=optimizer, learning_rate=0.01)
    player.change(player.experiment.changed(off="1.3"))
    player.train_one_frame()
    player.change(player.experiment.changed(off=OFF))
    saved = read_run(write_run(player))
    assert saved.experiment.off == OFF
    assert [change.before.off for change in saved.changes] == ["", "1.3"]
    twin = Player(Experiment())
    twin.open(saved)
    assert twin.trainer.loss == player.trainer.loss
    for each in (player, twin):
        each.train_one_frame()
    np.testing.assert_array_equal(twin.trainer.network.parameters, player.trainer.network.parameters)
    twin.go_to(0)
    assert twin.trainer.network.off == ()


def test_the_exported_network_is_the_one_on_screen(tmp_path):
    player = stepped(**TWO)
    player.change(player.experiment.changed(off=OFF))
    printed = float(run(prediction_script(player.experiment, player.trainer.network), tmp_path, "0.5"))
    inputs = player.problem.network_inputs(np.array([[0.5]]))
    assert printed == pytest.approx(player.trainer.network.evaluate(inputs)[-1].A[0, 0], rel=1e-12)
    player.change(player.experiment.changed(off=""))
    assert printed != pytest.approx(player.trainer.network.evaluate(inputs)[-1].A[0, 0], rel=1e-3)


def test_a_replay_shows_each_moment_with_its_units():
    player = stepped(**TWO)
    player.change(player.experiment.changed(off=OFF))
    player.train_one_frame()
    for frame in _frames(player, 10):
        recorded = next(each for each in player.recording.checkpoints if each.epoch == frame.epoch)
        network = recorded.network(player.trainer.network)
        output = player.problem.y.inverse_transform(network.evaluate(player.problem.network_inputs(player.grid))[-1].A)
        np.testing.assert_array_equal(frame.output, output)
        assert frame.loss == pytest.approx(
            player.trainer.loss_function(network.evaluate(player.problem.Xs)[-1].A, player.problem.Ys), rel=1e-9
        )
    assert player.recording.checkpoints[0].off == ()


def test_a_sweep_keeps_them_off_whatever_else_it_varies():
    experiment = Experiment(**TWO, off=OFF, test_fraction=0.2)
    for name, values in (("learning_rate", (0.05, 0.2)), ("activation", ("tanh", "sigmoid")), ("noise", (0.0, 0.1))):
        plan = SweepPlan(experiment, ((name, values),), seeds=2, epochs=20)
        for cell in plan.runs().values():
            assert cell.off == OFF
            trained = train(cell, 20)
            trainer = cell.start().trainer
            assert trainer.network.off == ((1, 3), (2, 0))
            trainer.train(20)
            assert trained.loss == trainer.loss != train(cell.changed(off=""), 20).loss


def test_a_sweep_over_the_layers_leaves_out_the_units_that_are_gone():
    assert with_values(Experiment(**TWO, off=OFF), {"units": 3}).off == "2.0"
