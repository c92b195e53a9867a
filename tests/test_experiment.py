"""The experiment: what it is, and the network, trainer and losses that it makes."""

import dataclasses
import pickle

import numpy as np
import pytest

from nn import OPTIMIZERS, Trainer
from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.player import Player
from playground.problems.problem import Problem
from playground.settings import SPEEDS
from playground.sharing.links import from_query
from tests.support.fields import another, default, like, refused

DATA = {
    "problem",
    "target",
    "features",
    "low",
    "high",
    "points",
    "noise",
    "data_seed",
    "formula",
    "own",
    "test_fraction",
    "scaling",
}
NETWORK = {"layers", "activations", "output_activation", "initializer", "scale", "seed", "dtype", "given", "loss"}


# --- What it is -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CONTROLS)
def test_a_field_is_always_of_the_type_of_its_default(name):
    for value in (7, 7.0, np.float64(7), np.int64(7), *SPEEDS, 12.0):
        try:
            experiment = Experiment(**{name: like(name, value)})
        except ValueError:
            continue
        found = getattr(experiment, name)
        assert type(found) is type(DEFAULTS[name])
        assert type(found[0] if isinstance(found, tuple) else found) is type(default(name))


@pytest.mark.parametrize("name", CONTROLS)
def test_an_experiment_is_frozen_and_a_changed_copy_can_be_made(name):
    experiment = Experiment()
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(experiment, name, another(name))
    changed = experiment.changed(**{name: another(name)})
    assert getattr(changed, name) == another(name)
    assert changed != experiment == Experiment()
    assert changed.changed(**{name: DEFAULTS[name]}) == experiment


def test_a_number_of_thousands_of_digits_is_refused():
    assert refused("points", 10**5000).startswith("Points must be a whole number from 2 to 1,000")


def test_another_process_gets_the_fields_of_an_experiment_and_checks_them_again():
    experiment = Experiment(target="formula", formula="2x sin x", layers=(3, 4), activations=("tanh", "relu"))
    experiment.make_problem()
    copied = pickle.loads(pickle.dumps(experiment))
    assert copied == experiment
    assert vars(copied).keys() - {"_problem"} == set(CONTROLS)
    object.__setattr__(experiment, "points", -1)
    with pytest.raises(ValueError, match="-1"):
        pickle.loads(pickle.dumps(experiment))


def test_a_changed_copy_is_checked_too():
    with pytest.raises(ValueError, match="Points must be"):
        Experiment().changed(points=1)


def test_equal_experiments_have_equal_hashes_whether_made_of_lists_or_tuples():
    one, same = Experiment(layers=(3, 4), activations=("tanh", "relu")), Experiment(
        layers=[3.0, 4], activations=["tanh", "relu"]
    )  # fmt: skip
    assert one == same
    assert len({one, same, Experiment()}) == 2


@pytest.mark.parametrize("name", CONTROLS)
def test_only_a_change_of_network_or_data_restarts_a_run(name):
    changed = Experiment().changed(**{name: another(name)})
    assert changed.restarts_from(Experiment()) == Experiment().restarts_from(changed) == (name in DATA | NETWORK)
    assert not changed.restarts_from(changed)


def test_one_more_layer_restarts_a_run():
    assert Experiment(layers=(20, 20), activations=("tanh", "tanh")).restarts_from(Experiment())


# --- What it makes ----------------------------------------------------------------------------------------------------


def test_the_network_is_as_described():
    experiment = Experiment(layers=(3, 4), activations=("tanh", "relu"), output_activation="sine", initializer="zeros")
    network = experiment.start().trainer.network
    assert [layer.W.shape for layer in network.layers] == [(3, 1), (4, 3), (1, 4)]
    assert [layer.g.name for layer in network.layers] == ["tanh", "relu", "sine"]
    assert not network.parameters.any()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_optimizer_has_the_hyperparameters_of_the_controls(optimizer):
    values = {"learning_rate": 0.25, "momentum": 0.5, "decay": 0.625, "beta1": 0.125, "beta2": 0.75, "epsilon": 0.0625}
    made = Experiment(optimizer=optimizer, **values).make_optimizer()
    assert type(made) is OPTIMIZERS[optimizer]
    assert made.hyperparameters == {name: values[name] for name in OPTIMIZERS[optimizer].constraints}


@pytest.mark.parametrize(("batch_size", "used"), [(0, 100), (30, 30), (1000, 100)])
def test_batch_size_0_means_all_examples(batch_size, used):
    experiment = Experiment(batch_size=batch_size)
    assert experiment.start().trainer.batch_size == used


@pytest.mark.parametrize("changes", [{}, {"batch_size": 30, "noise": 0.5, "seed": 3}, {"optimizer": "adam"}], ids=str)
def test_the_same_experiment_always_gives_the_same_losses(changes):
    runs = []
    for _ in range(2):
        experiment = Experiment(**changes)
        trainer = experiment.start().trainer
        trainer.train(20)
        runs.append(trainer.history.losses)
    np.testing.assert_array_equal(*runs)


@pytest.mark.parametrize("seed", ["seed", "data_seed"])
def test_a_different_seed_gives_a_different_run(seed):
    losses = []
    for value in (0, 1):
        experiment = Experiment(noise=0.1, **{seed: value})
        losses.append(experiment.start().trainer.loss)
    assert losses[0] != losses[1]


@pytest.mark.parametrize(
    "query", [{}, {"problem": "spiral", "loss": "cross_entropy"}, {"target": "points"}, {"formula": "x +", "seed": "3"}]
)
def test_opening_an_address_makes_one_problem_and_one_trainer(query, monkeypatch):
    made = []

    def counted(function):
        def counting(*args, **options):
            made.append(function.__qualname__)
            return function(*args, **options)

        return counting

    monkeypatch.setattr(Problem, "of_samples", counted(Problem.of_samples))
    monkeypatch.setattr(Trainer, "__init__", counted(Trainer.__init__))
    Player(from_query(query).start)
    assert made == ["Problem.of_samples", "Trainer.__init__"]


def test_each_field_is_in_its_group():
    groups = {name: control.group for name, control in CONTROLS.items()}
    assert {name for name, group in groups.items() if group in ("data", "network", "seed")} == DATA | NETWORK
    limits = {"max_epochs", "target_loss", "patience", "stall_epochs", "stall_share"}
    assert {name for name, group in groups.items() if group == "pace"} == {"speed", *limits}
    assert [name for name, group in groups.items() if group == "seed"] == ["seed"]


def test_hyperparameters_that_are_not_in_use_change_no_step():
    descent, momentum = Experiment(), Experiment(optimizer="momentum")
    assert descent.changed(momentum=0.5, beta1=0.5).trains_like(descent)
    assert not momentum.changed(momentum=0.5).trains_like(momentum)
    assert not descent.changed(period=7).trains_like(descent)
    assert descent.changed(speed=50, target_loss=0.5).trains_like(descent)
