"""Every problem is learned with its recommended settings, whatever the seeds."""

import numpy as np
import pytest

from playground.experiment import DEFAULTS, Experiment
from playground.problems.data_settings import CURVE, OWN
from playground.problems.problems_2d import PROBLEMS_2D
from playground.problems.recommended import RECOMMENDED
from playground.problems.targets import TARGETS
from tests.support.problems import LEARNED, experiment_of

pytestmark = pytest.mark.slow

THE_VISITORS = {  # what recommended settings leave as it is, but for the number of points
    "problem", "target", "formula", "own", "low", "high", "points", "noise", "test_fraction", "data_seed", "seed",
    "speed", "max_epochs",
}  # fmt: skip
SEEDS = pytest.mark.parametrize("seed", [0, 1, 2])
EVERY = pytest.mark.parametrize("name", [*PROBLEMS_2D, *TARGETS])


def learned(problem, network):
    """How well: the accuracy on the test points of classes, R^2 on those of a plane or along a curve, without noise."""
    if problem.classes:
        return problem.accuracy(network, problem.test_samples)
    X = (problem.samples if problem.n_inputs == 1 else problem.test_samples)[:-1]
    truth = problem.target(*X)
    predicted = network.evaluate(problem.network_inputs(X))[-1].A[0]
    return 1 - np.mean((predicted - truth) ** 2) / np.var(truth)


# --- What is learned --------------------------------------------------------------------------------------------------


@SEEDS
@pytest.mark.parametrize(("name", "epochs", "least"), LEARNED, ids=[name for name, _, _ in LEARNED])
def test_a_problem_is_learned_with_its_recommended_settings(name, epochs, least, seed):
    apart = 0.3 if name in PROBLEMS_2D else 0.0
    experiment = experiment_of(name, test_fraction=apart, data_seed=seed, seed=seed).with_recommended_settings()
    _, problem, trainer = experiment.start()
    assert trainer.train(epochs) == epochs
    assert learned(problem, trainer.network) >= least


@SEEDS
def test_the_posts_sine_reaches_its_loss_before_training_stops(seed):
    experiment = Experiment(seed=seed).with_recommended_settings()
    trainer = experiment.start().trainer
    assert trainer.train(16_500, stop_below=0.005) < experiment.max_epochs
    assert trainer.loss < 0.005


@pytest.mark.parametrize("name", ["spiral", "multi_gaussian", "sawtooth"])
def test_an_untrained_network_has_learned_nothing(name):
    experiment = experiment_of(name, test_fraction=0.3).with_recommended_settings()
    problem = experiment.make_problem()
    assert learned(problem, experiment.make_trainer(problem).network) < 0.7


def test_every_problem_is_in_the_list_and_the_sine_needs_only_the_defaults():
    assert {name for name, _, _ in LEARNED} | {"sine"} == set(RECOMMENDED)
    assert Experiment().with_recommended_settings() == Experiment()


# --- The settings -----------------------------------------------------------------------------------------------------


def test_every_problem_and_target_has_recommended_settings():
    assert list(RECOMMENDED) == [*PROBLEMS_2D, *TARGETS]


@EVERY
def test_data_seeds_and_pace_stay_as_they_were(name):
    values = {"noise": 0.2, "test_fraction": 0.4, "data_seed": 3, "seed": 4, "speed": 50, "max_epochs": 700}
    values |= {"low": -3.0, "high": 4.0, "points": 90, "formula": "x"}
    before, after = experiment_of(name, **values), experiment_of(name, **values).with_recommended_settings()
    changed = {field for field in THE_VISITORS if getattr(after, field) != getattr(before, field)}
    assert changed == ({"points"} & set(RECOMMENDED[name]))


@EVERY
def test_everything_else_is_replaced(name):
    spoilt = {
        "layers": (2, 2),
        "activations": ("relu", "relu"),
        "features": ("x1",),
        "dropout": 0.9,
        "freeze": 1,
        "clip": 1e-3,
        "schedule": "cosine",
        "scale": 0.0,
        "scaling": "standard",
        "l1": 1.0,
        "target_loss": 10.0,
    }
    assert experiment_of(name, **spoilt).with_recommended_settings() == experiment_of(name).with_recommended_settings()


@EVERY
def test_recommended_settings_are_recommended_again(name):
    once = experiment_of(name).with_recommended_settings()
    assert once.with_recommended_settings() == once


def test_recommended_settings_name_fields_of_an_experiment():
    assert THE_VISITORS | set().union(*RECOMMENDED.values()) <= set(DEFAULTS)


@pytest.mark.parametrize("target", OWN)
def test_own_data_have_no_recommended_settings(target):
    experiment = Experiment(problem=CURVE, target=target, layers=(3,), learning_rate=0.7)
    assert experiment.with_recommended_settings() is experiment
