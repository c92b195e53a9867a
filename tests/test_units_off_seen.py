"""Tests of what the analyses and panels say of a network with units that are switched off."""

import numpy as np
import pytest

from nn import curvature, gradient_check
from playground.analysis.contributions import unit_reports
from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.units import dead, saturated, symmetric
from playground.analysis.faces import curve_of, face_numbers, numbers_in_words, sum_at, traced_in
from playground.analysis.layers import QUANTITIES, layer_numbers
from playground.analysis.mistakes import MISTAKES
from playground.analysis.stability import StabilityMonitor, measure_stability
from playground.analysis.walk import walk
from playground.experiment import Experiment
from playground.figures.network import drawn_units, network_diagram
from playground.figures.palette import PALETTES
from playground.player import Player
from playground.sharing.answer_sheet import answer_sheet
from tests.support.networks import without_units
from tests.support.runs import stepped

TWO = {"layers": (4, 3), "activations": ("tanh", "identity"), "points": 20}
CASES = {
    "plain": {},
    "penalty": {"l2": 0.1, "l1": 0.01},
    "clipping, momentum": {"clip": 0.01, "optimizer": "momentum"},
    "dropout, batches": {"dropout": 0.3, "batch_size": 7, "optimizer": "adam"},
}


def off_player(off: str = "1.2,2.0", **changes) -> Player:
    """A player that trained with all units on, and then one frame with some off."""
    player = stepped(2, **TWO | changes)
    player.change(player.experiment.changed(off=off))
    player.train_one_frame()
    return player


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
def test_every_number_of_the_walk_adds_up(changes):
    player = off_player(**changes)
    stages = walk(player.trainer)
    for stage in stages:
        if stage.entry is not None:
            result = stage.matrices[-1].values
            for unit in range(len(result)):
                total = stage.entry(unit, 0)
                assert sum(a * b for a, b in total.terms) == pytest.approx(total.value, rel=1e-9, abs=1e-12)
    applied = [stage for stage in stages if stage.name.startswith(("A1: the activations", "A2: the activations"))]
    assert not applied[0].matrices[-1].values[2].any()
    assert not applied[1].matrices[-1].values[0].any()
    assert "Of unit 2, which is off, A is 0." in applied[0].why
    assert "WithUnitsOff" in applied[1].source or "output[self.off] = 0" in applied[1].source
    assert sum_at(applied[0], 2) == "A1[2] = 0, as the unit is off"
    assert sum_at(applied[0], 1).startswith("A1[1] = g(")
    through = next(stage for stage in stages if stage.name.startswith("dZ1"))
    assert "Of unit 2, which is off, the slope is 0." in through.why
    assert not through.matrices[-1].values[2].any()
    step = next(stage for stage in stages if stage.name.startswith("The step"))
    assert "stay as they are" in step.why
    assert any("which is off" in line for line in answer_sheet(player).splitlines())
    assert "unit 2 of layer 1 and unit 0 of layer 2 off" in answer_sheet(player)
    on = stepped(2, **TWO | changes)
    assert not any("off" in stage.why for stage in walk(on.trainer))


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
def test_the_faces_have_the_numbers_of_the_network_as_it_is(changes):
    player = off_player(**changes)
    trainer, drawn = player.trainer, drawn_units(player.trainer.network, None)
    examples = traced_in(player.problem, None, 0).examples(trainer, player.problem)
    forward = face_numbers("forward", trainer, drawn, examples)
    places = [2, 4]  # of the two units, in the order of the drawing
    assert forward["a"][places].tolist() == [0, 0]
    assert forward["z"][places].all()
    backward = face_numbers("backward", trainer, drawn)
    assert backward["dz"][places].tolist() == [0, 0]
    step = face_numbers("step", trainer, drawn)
    np.testing.assert_array_equal(step["b_after"][places], step["b"][places])
    assert (step["b_after"] != step["b"]).sum() > 2
    words = numbers_in_words(forward, drawn, trainer.network.off)
    assert words.count(", off") == 2
    diagram = network_diagram(trainer.network, ["x"], None, PALETTES)
    assert diagram["off"] == [(1, 2), (2, 0)]
    assert diagram["description"].endswith("; switched off: unit 2 of layer 1, unit 0 of layer 2")


def test_the_place_on_the_curve_of_a_unit_that_is_off_is_0():
    network = off_player().trainer.network
    Z = np.array([[1.0], [2.0], [3.0], [4.0]])
    assert curve_of(network.layers[0].g, Z, 2, is_off=True).A == 0
    assert np.tanh(3.0) == curve_of(network.layers[0].g, Z, 2).A


def test_a_unit_that_is_off_is_not_dead():
    player = off_player("1.0,1.1", layers=(4,), activations=("relu",))
    reports = unit_reports(player.trainer, player.problem, 1)
    assert [report.off for report in reports] == [True, True, False, False]
    assert not any(report.dead for report in reports[:2])
    assert [report.gradient == 0 for report in reports[:2]] == [True, True]
    facts = Facts(player)
    facts.underfits = True
    assert dead(facts) is None
    assert saturated(facts) is None
    start = Facts(stepped(1, layers=(4,), activations=("relu",), off="1.0,1.1,1.2,1.3"))
    assert start.dead_at_start(1) == 0


def test_copies_of_which_one_is_off_are_no_copies():
    for off, found in (("", True), ("1.1", False)):
        assert (symmetric(Facts(stepped(0, layers=(3,), initializer="zeros", off=off))) is not None) == found


def test_the_layers_are_measured_over_the_units_that_are_on():
    player = off_player("1.2")
    network, trainer = player.trainer.network, player.trainer
    row = dict(zip(QUANTITIES, layer_numbers(trainer, network.parameters)[0], strict=True))
    A = network.evaluate(trainer.training_set.Xs)[1].A[[0, 1, 3]]
    assert row["dead"] == 0
    assert row["A50"] == pytest.approx(np.median(A))
    assert row["A_spread"] == pytest.approx(A.std())
    start = player.recording.checkpoints[0]
    at_start = layer_numbers(trainer, start.parameters, start.off)
    start_network = start.network(network)
    assert start_network.off == ()
    assert at_start[0, QUANTITIES.index("A_spread")] == pytest.approx(
        start_network.evaluate(trainer.training_set.Xs)[1].A.std()
    )
    player.change(player.experiment.changed(off="1.0,1.1,1.2,1.3"))
    assert np.isfinite(layer_numbers(trainer, network.parameters)).all()


def test_the_stable_rate_is_that_of_what_moves():
    player = off_player("1.0")
    network, problem, found = player.trainer.network, player.problem, measure_stability(player)
    without = without_units(network, network.off)
    assert found.lambda_max == pytest.approx(curvature(without, problem.Xs, problem.Ys).lambda_max, rel=1e-3)
    player.change(player.experiment.changed(off=""))
    assert measure_stability(player).lambda_max != pytest.approx(found.lambda_max, rel=1e-2)


def test_while_it_trains_the_stable_rate_is_at_once_that_of_the_units_in_use():
    player, monitor = Player(Experiment(**TWO)), StabilityMonitor()
    player.play()
    monitor.measure(player)
    player.change(player.experiment.changed(off="1.0"))
    assert player.playing
    assert monitor.measure(player) == measure_stability(player)


@pytest.mark.parametrize("name", MISTAKES)
def test_the_gradient_check_passes_and_finds_every_mistake(name):
    player = off_player("1.1", optimizer="adam")
    network, problem = player.trainer.network, player.problem
    loss = player.trainer.loss_function
    assert gradient_check(network, problem.Xs, problem.Ys, loss=loss).worst < 1e-6
    wrong = gradient_check(network, problem.Xs, problem.Ys, loss=loss, compute_gradient=MISTAKES[name].compute_gradient)
    assert wrong.worst > 1e-4
