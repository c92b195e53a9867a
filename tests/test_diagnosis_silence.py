"""The silence of the diagnosis: a run that goes well, or cannot do better, shows no pattern."""

import numpy as np
import pytest

from playground.analysis.diagnosis.facts import Facts
from playground.experiment import Experiment
from playground.player import Player
from playground.problems.problems_2d import PROBLEMS_2D
from tests.support.diagnosis import names, trained_player, unexplained
from tests.support.diagnosis_cases import EACH
from tests.support.problems import LEARNED, experiment_of


@pytest.mark.parametrize("seed", [0, 1])
def test_the_posts_run_shows_nothing_while_it_learns(seed):
    player = Player(Experiment(seed=seed))
    for epochs in (1000, 500, 500, 1000, 2000, 3000):
        player.trainer.train(epochs)
        assert names(player) == []


@pytest.mark.parametrize(("name", "epochs"), [row[:2] for row in LEARNED])
def test_recommended_settings_show_nothing(name, epochs):
    experiment = experiment_of(
        name, speed=100, max_epochs=epochs, test_fraction=0.3 * (name in PROBLEMS_2D)
    ).with_recommended_settings()
    player = Player(experiment)
    while player.trainer.epoch < epochs:
        player.train_one_frame()
    assert names(player) == []


@EACH
def test_before_training_only_patterns_of_the_start_show(case):
    expected = [case.pattern] if case.pattern in ("symmetric", "out_of_range") else []
    assert names(Player(Experiment(**case.changes))) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"noise": 1.0},
        {"problem": "gaussians", "noise": 1.0, "loss": "cross_entropy", "points": 300},
        {"problem": "xor", "features": ("x1",), "loss": "cross_entropy", "points": 300},
    ],
)
def test_noise_is_not_counted_as_unexplained(changes):
    player = trained_player(2000, **changes)
    assert unexplained(player) > 0.3
    assert names(player) == []


@pytest.mark.parametrize("batch_size", [0, 1])
def test_the_rounding_of_a_constant_is_no_pattern(batch_size):
    own = "x,y\n0,0.1\n1,0.1\n2.5,0.1\n"
    player = trained_player(3000, target="points", own=own, learning_rate=0.5, batch_size=batch_size)
    assert player.trainer.loss < 1e-4
    assert names(player) == []


def test_a_constant_has_no_variance_to_explain():
    facts = Facts(Player(Experiment(target="points", own="x,y\n0,0.1\n1,0.1\n2.5,0.1\n")))
    assert np.isnan(facts.unexplained)
    assert not facts.underfits


def test_of_few_points_only_those_at_one_place_can_disagree():
    for own, noise in (("0,0\n1,1\n2,0\n3,1\n", 0), ("0,0\n0,1\n2,0\n2,1\n", 1)):
        player = Player(Experiment(target="points", own=f"x,y\n{own}"))
        assert Facts(player).noise == pytest.approx(2 * noise)  # half of (0 - 1)^2, in units of the variance 1/4


def test_the_noise_estimated_from_neighbours_is_that_of_the_data():
    for noise in (0.0, 0.3, 1.0):
        player = Player(Experiment(noise=noise, points=1000))
        y = player.problem.samples[-1]
        assert Facts(player).noise == pytest.approx(noise**2 / y.var(), abs=0.05)
