"""The experiment: what a run may be, what is refused and in which words, and what it makes."""

import dataclasses
import inspect
import math

import numpy as np
import pytest

from nn import OPTIMIZERS
from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.settings import SPEEDS

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
NETWORK = {"layers", "activations", "output_activation", "initializer", "scale", "seed", "dtype", "loss"}


def default(name):
    """The default of a field; of the first layer where there is one for each."""
    value = DEFAULTS[name]
    return value[0] if isinstance(value, tuple) else value


TEXTS = {"formula": "x ** 2", "own": "x,y\n0,1\n2,3\n"}
NUMBERS = [name for name, control in CONTROLS.items() if not control.choices and name not in TEXTS]
CHOICES = [name for name, control in CONTROLS.items() if control.choices]
WHOLE = [name for name in NUMBERS if isinstance(default(name), int)]


def like(name, value):
    """`value` as the field takes it: in a tuple where there is one for each layer."""
    return (value,) if isinstance(DEFAULTS[name], tuple) else value


def another(name):
    """A good value of the field that is not its default."""
    control = CONTROLS[name]
    if name in TEXTS:
        return TEXTS[name]
    if control.choices:
        return like(name, next(choice for choice in control.choices if choice not in ("cross_entropy", default(name))))
    if name in WHOLE:
        return like(name, 7)
    return next(value for value in (0.5, 0.05) if control.low <= value <= control.high)


def refused(name, value):
    """What is said on refusing a value."""
    with pytest.raises(ValueError, match=r"\.$") as caught:
        Experiment(**{name: value})
    return str(caught.value)


# --- The controls -----------------------------------------------------------------------------------------------------


def test_the_defaults_are_the_posts_example():
    experiment = Experiment()
    assert (experiment.target, experiment.low, experiment.high, experiment.points) == ("sine", -5, 5, 100)
    assert (experiment.layers, experiment.activations) == ((20,), ("sigmoid",))
    assert (experiment.output_activation, experiment.initializer, experiment.seed) == ("identity", "normal", 0)
    assert (experiment.optimizer, experiment.learning_rate, experiment.batch_size) == ("gradient_descent", 0.1, 0)
    assert (experiment.noise, experiment.max_epochs) == (0, 20_000)


def test_every_field_has_a_control_in_words():
    assert list(CONTROLS) == list(DEFAULTS) == [field.name for field in dataclasses.fields(Experiment)]
    labels = [control.label for control in CONTROLS.values()]
    assert len(set(labels)) == len(labels)
    for control in CONTROLS.values():
        assert control.label == control.label.strip() != ""
        assert control.help.endswith(".")


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_has_either_choices_or_limits_or_is_a_text(name):
    control = CONTROLS[name]
    assert bool(control.max_length) == (name in TEXTS)
    if control.max_length:
        return
    assert bool(control.choices) == math.isinf(control.low) == math.isinf(control.high)
    assert control.choices or control.low < control.high
    assert control.step is None or control.step > 0


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_may_be_its_default_and_either_limit(name):
    control = CONTROLS[name]
    for value in (default(name), control.low, control.high):
        assert control.low <= value <= control.high
        if name not in ("low", "high"):  # which limit each other
            assert getattr(Experiment(**{name: like(name, value)}), name) == like(name, value)


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_can_be_chosen(name):
    for choice in CONTROLS[name].choices:
        classes = {"problem": "circle"} if choice == "cross_entropy" else {}
        assert getattr(Experiment(**{name: like(name, choice)} | classes), name) == like(name, choice)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_hyperparameter_of_an_optimizer_has_a_control_within_its_limits(optimizer):
    kind = OPTIMIZERS[optimizer]
    for name, (_, holds) in kind.constraints.items():
        assert holds(CONTROLS[name].low)
        assert holds(CONTROLS[name].high)
        if name != "learning_rate":  # the page opens with that of the posts, whatever the optimizer
            assert DEFAULTS[name] == inspect.signature(kind).parameters[name].default


# --- What is refused --------------------------------------------------------------------------------------------------

NEVER = [math.nan, math.inf, -math.inf, None, "many", "", [1], [], {}, {1}, 10**400, -(10**400), True, 1j, object()]


@pytest.mark.parametrize("value", NEVER, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize("name", CONTROLS)
def test_what_no_field_can_be_is_refused_by_name(name, value):
    if name in TEXTS and isinstance(value, str):
        return  # what it says is asked for when it is the target
    said = refused(name, like(name, value))
    assert said.startswith(CONTROLS[name].label)
    assert len(said) < 300


@pytest.mark.parametrize("name", NUMBERS)
def test_a_step_beyond_a_limit_is_refused_with_the_limits(name):
    control = CONTROLS[name]
    if control.step:
        beyond = control.low - control.step, control.high + control.step
    else:
        beyond = math.nextafter(control.low, -math.inf), math.nextafter(control.high, math.inf)
    kind = "a whole number" if name in WHOLE else "a number"
    for value in beyond:
        said = refused(name, like(name, value))
        assert said.startswith(f"{control.label} must be {kind} from ")
        low, high = said.split(" from ")[1].split(", not ")[0].split(" to ")
        assert (float(low.replace(",", "")), float(high.replace(",", ""))) == (control.low, control.high)


@pytest.mark.parametrize("name", WHOLE)
def test_a_limit_of_a_whole_number_is_written_out(name):
    control = CONTROLS[name]
    assert "e+" not in refused(name, like(name, control.low - 1))


@pytest.mark.parametrize("name", WHOLE)
def test_a_fraction_of_a_whole_number_is_refused(name):
    assert "must be a whole number" in refused(name, like(name, 7.5))


@pytest.mark.parametrize("name", CHOICES)
def test_a_wrong_choice_is_answered_with_the_right_ones(name):
    said = refused(name, like(name, "best"))
    assert said.startswith(f"{CONTROLS[name].label} must be one of ")
    assert said.endswith(", not 'best'.")
    assert all(str(choice) in said for choice in CONTROLS[name].choices)


@pytest.mark.parametrize("value", [None, 20, 20.0, True])
@pytest.mark.parametrize("name", ["layers", "activations"])
def test_what_is_wanted_for_each_layer_must_be_a_list(name, value):
    refused(name, value)


@pytest.mark.parametrize("count", [0, 5, 100])
def test_there_are_1_to_4_hidden_layers(count):
    with pytest.raises(ValueError, match=f"There can be 1 to 4 hidden layers, not {count}"):
        Experiment(layers=(20,) * count, activations=("tanh",) * count)


@pytest.mark.parametrize("count", [1, 3])
def test_every_hidden_layer_needs_an_activation(count):
    with pytest.raises(ValueError, match=f"Each hidden layer needs an activation: 2 of them, not {count}"):
        Experiment(layers=(20, 20), activations=("tanh",) * count)


@pytest.mark.parametrize(("low", "high"), [(5, 5), (6, 5), (4.75, 5), (4.50000001, 5), (19, -19)])
def test_a_range_goes_from_low_to_high(low, high):
    with pytest.raises(ValueError, match=f"from a lower to a higher value, at least 0.5 apart, not {low} to {high}"):
        Experiment(low=low, high=high)


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
def test_it_cannot_be_changed_but_another_can_be_made_of_it(name):
    experiment = Experiment()
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(experiment, name, another(name))
    changed = experiment.changed(**{name: another(name)})
    assert getattr(changed, name) == another(name)
    assert changed != experiment == Experiment()
    assert changed.changed(**{name: DEFAULTS[name]}) == experiment


def test_a_number_too_long_to_be_written_is_refused_too():
    assert refused("points", 10**5000).startswith("Points must be a whole number from 2 to 1,000")


def test_a_change_is_checked_as_well():
    with pytest.raises(ValueError, match="Points must be"):
        Experiment().changed(points=1)


def test_equal_experiments_have_equal_hashes_lists_or_not():
    one, same = Experiment(layers=(3, 4), activations=("tanh", "relu")), Experiment(
        layers=[3.0, 4], activations=["tanh", "relu"]
    )  # fmt: skip
    assert one == same
    assert len({one, same, Experiment()}) == 2


@pytest.mark.parametrize("name", CONTROLS)
def test_another_network_or_other_data_restart_a_run_and_nothing_else_does(name):
    changed = Experiment().changed(**{name: another(name)})
    assert changed.restarts_from(Experiment()) == Experiment().restarts_from(changed) == (name in DATA | NETWORK)
    assert not changed.restarts_from(changed)


def test_one_more_layer_restarts_a_run():
    assert Experiment(layers=(20, 20), activations=("tanh", "tanh")).restarts_from(Experiment())


# --- One's own data ---------------------------------------------------------------------------------------------------


def test_a_formula_is_the_target():
    problem = Experiment(target="formula", formula="x ** 2 - 1").make_problem()
    x, y = problem.samples
    np.testing.assert_array_equal(x, Experiment().make_problem().samples[0])
    np.testing.assert_allclose(y, x**2 - 1)
    np.testing.assert_allclose(problem.target(np.array([3.0])), [8.0])


@pytest.mark.parametrize(
    ("formula", "said"),
    [("", "no formula yet"), ("x +", "A value is missing"), ("__import__('os')", "Character 1"), ("2x", "2\\*x")],
)
def test_a_text_that_is_no_formula_is_refused_where_it_goes_wrong(formula, said):
    with pytest.raises(ValueError, match=said):
        Experiment(target="formula", formula=formula)
    Experiment(formula=formula)  # nobody asks what it says while another target is learnt


@pytest.mark.parametrize("formula", ["1 / x", "log(x + 5.001) / (x - 2.017) * 0 + sqrt(4.9 - x)", "exp(exp(x ** 2))"])
def test_a_formula_without_a_finite_value_on_the_range_is_told_where(formula):
    with pytest.raises(ValueError, match=r"The formula has no finite value at x = -?\d"):
        Experiment(target="formula", formula=formula).make_problem()


def test_a_formula_that_ends_beyond_the_range_is_fine():
    problem = Experiment(target="formula", formula="sqrt(x)", low=0.0).make_problem()
    assert np.isfinite(problem.samples).all()
    assert np.isnan(problem.target(np.array([-1.0])))


def test_own_points_are_learnt_in_order():
    experiment = Experiment(target="points", own="x,y\n2,1\n-3,5\n0.5,7\n")
    problem = experiment.make_problem()
    np.testing.assert_array_equal(problem.samples, [[-3, 0.5, 2], [5, 7, 1]])
    assert problem.ranges == ((-3, 2),)
    assert np.isnan(problem.target(np.zeros(3))).all()
    assert experiment.make_trainer(problem).batch_size == 3


@pytest.mark.parametrize(
    "own", ["", "x,y", "x,y\n1,2\n", "a,b,c,d\n1,2,3,4\n4,5,6,7\n", "x,y\n1,2\n1,3\n", "x,y\n1,nan\n2,3\n"]
)
def test_what_is_no_table_of_points_is_refused(own):
    with pytest.raises(ValueError, match=r"\."):
        Experiment(target="points", own=own)


@pytest.mark.parametrize("fraction", [0.0, 0.05, 0.5, 0.9])
@pytest.mark.parametrize("points", [2, 3, 100])
def test_test_points_are_kept_apart(points, fraction):
    experiment = Experiment(points=points, test_fraction=fraction, noise=0.1)
    whole, problem = Experiment(points=points, noise=0.1).make_problem().samples, experiment.make_problem()
    learnt, tested = problem.samples, problem.test_samples
    assert tested.shape[1] == min(round(fraction * points), points - 1)
    assert sorted(map(tuple, np.hstack([learnt, tested]).T)) == sorted(map(tuple, whole.T))
    assert (np.diff(learnt[0]) > 0).all()
    again = Experiment(points=points, test_fraction=fraction, noise=0.1, data_seed=1).make_problem()
    assert problem.ranges == again.ranges


def test_standardised_the_network_sees_mean_0_and_deviation_1():
    experiment = Experiment(
        target="formula", formula="1000 + 50 * x", low=10.0, high=20.0, scaling="standard", test_fraction=0.3
    )
    problem = experiment.make_problem()
    for seen in (problem.Xs, problem.Ys):
        assert seen.mean() == pytest.approx(0, abs=1e-12)
        assert seen.std() == pytest.approx(1)
    np.testing.assert_allclose(problem.y.inverse_transform(problem.Ys)[0], problem.samples[1])
    Xs, Ys = problem.test_set
    np.testing.assert_allclose(problem.x.inverse_transform(Xs)[0], problem.test_samples[0])
    np.testing.assert_allclose(problem.y.inverse_transform(Ys)[0], problem.test_samples[1])


def test_as_they_are_the_network_sees_the_points_to_the_last_bit():
    problem = Experiment().make_problem()
    np.testing.assert_array_equal(np.vstack([problem.Xs, problem.Ys]), problem.samples)


def test_a_target_that_is_the_same_everywhere_can_be_standardised():
    problem = Experiment(target="formula", formula="3", scaling="standard").make_problem()
    np.testing.assert_array_equal(problem.Ys, np.zeros((1, 100)))


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
def test_another_seed_gives_another_run(seed):
    losses = []
    for value in (0, 1):
        experiment = Experiment(noise=0.1, **{seed: value})
        losses.append(experiment.start().trainer.loss)
    assert losses[0] != losses[1]
