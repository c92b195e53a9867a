"""The diagnosis: it names what a run shows and nothing else, and the change it suggests helps."""

import re

import numpy as np
import pytest

from playground.analysis.diagnosis import diagnose
from playground.experiment import Experiment
from playground.lessons import LESSONS
from playground.player import Player
from tests.support.diagnosis import diagnosed, finding_of, names, player_of, trained_player, unexplained
from tests.support.diagnosis_cases import CASES, EACH
from tests.support.runs import play_to_end


@EACH
def test_a_run_that_has_the_pattern_shows_it_first(case):
    assert names(player_of(case))[0] == case.pattern


@EACH
def test_a_close_relative_without_it_does_not(case):
    assert case.pattern not in names(trained_player(case.epochs, **case.changes | case.otherwise))


@EACH
def test_the_suggested_change_is_better_from_the_same_start_after_as_many_epochs(case):
    player, finding = player_of(case), finding_of(case)
    other = trained_player(case.epochs, **case.changes | finding.suggested_changes)
    assert not other.trainer.diverged
    if finding.name == "overfitting":
        assert other.frames[-1].test_loss < player.frames[-1].test_loss
    elif finding.name == "oscillation":  # where the loss of one epoch is chance
        assert other.trainer.history.losses[-50:].mean() < player.trainer.history.losses[-50:].mean()
    else:
        assert unexplained(other) < unexplained(player)


@pytest.mark.parametrize(
    ("case", "lesson", "change"),
    [
        ("momentum swings", "momentum", {"momentum": 0.9}),
        ("died far out", "relu", {"scaling": "standard"}),
        ("born dead", "relu", {"activations": ("leaky_relu",) * 4}),
        ("far inputs and Adam", "saturation", {"scaling": "standard"}),
        ("large start", "saturation", {"scale": 1.0}),
        ("hasty Adam", "saturation", {"learning_rate": 0.1}),
        ("line", "twenty_units", {"activations": ("tanh",)}),
        ("line and classes", "exclusive_or", {"activations": ("tanh",)}),
        ("L1", "l2", {"l1": 0.0005}),
        ("halved away", "learning_rate", {"schedule": "constant"}),
        ("clipped away", "learning_rate", {"clip": 0.0}),
        ("short steps of Adam", "learning_rate", {"learning_rate": 0.02}),
        ("deep sigmoids", "plateau", {"optimizer": "adam", "learning_rate": 0.02}),
        ("one unit", "one_unit", {"layers": (20,)}),
        ("two units", "twenty_units", {"layers": (20,)}),
        ("one unit at zero", "zeros", {"initializer": "normal", "scale": 1.0}),
        ("frozen", "twenty_units", {"freeze": 0}),
        ("dropped", "noise", {"dropout": 0.0}),
        ("off centre", "plateau", {"scaling": "standard"}),
        ("Adam too fast", "saturation", {"activations": ("tanh",) * 2, "initializer": "xavier"}),
        ("Adam and sigmoids", "saturation", {"activations": ("tanh",) * 4, "initializer": "xavier"}),
        ("few tanh units", "twenty_units", {"layers": (20,)}),
    ],
)
def test_the_suggested_change_removes_the_cause(case, lesson, change):
    _, finding = diagnosed(case)
    assert (finding.lesson, finding.suggested_changes) == (lesson, change)


@EACH
def test_a_finding_is_complete(case):
    player, finding = player_of(case), finding_of(case)
    assert finding.lesson in LESSONS
    assert player.experiment.changed(**finding.suggested_changes) != player.experiment
    assert finding.offer.label.startswith(("Try ", "Go back to epoch "))
    assert finding.evidence.endswith(".")
    assert not re.search(r"\bnan\b|\binf\b|None", finding.evidence)


# --- Any run ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"target": "points", "own": "x,y\n1e90,1e60\n-1e95,3\n", "activations": ("relu",)},
        {"target": "points", "own": "x,y\n1e90,1e60\n-1e95,3\n", "learning_rate": 1e-6},
        {"target": "points", "own": "x,y\n0,3\n1,3\n2,3\n", "learning_rate": 0.9},
        {"target": "points", "own": "x,y\n1,2\n3,2\n", "test_fraction": 0.5},
        {"points": 2, "test_fraction": 0.5},
        {"learning_rate": 5.0, "dtype": "float32"},
        {"learning_rate": 100.0, "scale": 10.0, "activations": ("swish",), "clip": 1e-6},
        {"loss": "absolute_error", "l1": 10.0, "l2": 10.0, "dropout": 0.9, "freeze": 1},
        {"problem": "rings", "loss": "cross_entropy", "learning_rate": 100.0, "optimizer": "rmsprop"},
    ],
)
def test_it_never_raises_and_every_change_can_be_made(changes):
    player = Player(Experiment(**changes))
    for epochs in (0, 1, 60, 300):
        player.trainer.train(epochs)
        for finding in diagnose(player):
            player.experiment.changed(**finding.suggested_changes)


def test_a_diagnosis_changes_nothing():
    _, changes, epochs, _ = CASES["deep sigmoids"]
    player = Player(Experiment(**changes, batch_size=30))
    player.trainer.train(epochs // 3)
    twin = player.experiment.make_trainer(player.problem)
    twin.train(epochs // 3)
    diagnose(player)
    player.trainer.train(10)
    twin.train(10)
    np.testing.assert_array_equal(player.trainer.network.parameters, twin.network.parameters)


def test_an_earlier_checkpoint_is_diagnosed_as_it_was_then():
    player = Player(Experiment(learning_rate=5.0))
    play_to_end(player)
    assert player.trainer.diverged
    assert names(player) == []  # what is known of it is in the post-mortem
    player.go_to(0)
    assert names(player) == []
