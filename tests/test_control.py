"""Controls: which values each field of an experiment can have, and what is said of the others."""

import dataclasses
import inspect
import math

import pytest

from nn import OPTIMIZERS
from playground.experiment import CONTROLS, DEFAULTS, Experiment
from tests.support.fields import CHOICES, NUMBERS, TEXTS, WHOLE, default, like, refused

# --- The controls -----------------------------------------------------------------------------------------------------


def test_the_defaults_are_the_posts_example():
    experiment = Experiment()
    assert (experiment.target, experiment.low, experiment.high, experiment.points) == ("sine", -5, 5, 100)
    assert (experiment.layers, experiment.activations) == ((20,), ("sigmoid",))
    assert (experiment.output_activation, experiment.initializer, experiment.seed) == ("identity", "normal", 0)
    assert (experiment.optimizer, experiment.learning_rate, experiment.batch_size) == ("gradient_descent", 0.1, 0)
    assert (experiment.noise, experiment.max_epochs) == (0, 20_000)


def test_every_field_has_a_control_with_label_and_help():
    assert list(CONTROLS) == list(DEFAULTS) == [field.name for field in dataclasses.fields(Experiment)]
    labels = [control.label for control in CONTROLS.values()]
    assert len(set(labels)) == len(labels)
    for control in CONTROLS.values():
        assert control.label == control.label.strip() != ""
        assert control.help.endswith(".")


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_has_choices_or_limits_or_a_maximum_length(name):
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


@pytest.mark.parametrize("name", CONTROLS)
def test_an_invalid_value_is_refused_by_label(name):
    for value in NEVER:
        if name in TEXTS and isinstance(value, str):
            continue  # what it says is asked for when it is the target
        said = refused(name, like(name, value))
        assert said.startswith(CONTROLS[name].label), value
        assert len(said) < 300, value


@pytest.mark.parametrize("name", NUMBERS)
def test_a_value_beyond_a_limit_is_refused_with_the_limits(name):
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
def test_an_invalid_choice_is_refused_with_the_valid_ones(name):
    said = refused(name, like(name, "best"))
    assert said.startswith(f"{CONTROLS[name].label} must be one of ")
    assert said.endswith(", not 'best'.")
    assert all(str(choice) in said for choice in CONTROLS[name].choices)


@pytest.mark.parametrize("value", [None, 20, 20.0, True])
@pytest.mark.parametrize("name", ["layers", "activations"])
def test_a_value_per_layer_must_be_a_list(name, value):
    refused(name, value)


@pytest.mark.parametrize("count", [5, 100])
def test_there_are_0_to_4_hidden_layers(count):
    with pytest.raises(ValueError, match=f"There can be 0 to 4 hidden layers, not {count}"):
        Experiment(layers=(20,) * count, activations=("tanh",) * count)


@pytest.mark.parametrize("count", [1, 3])
def test_every_hidden_layer_needs_an_activation(count):
    with pytest.raises(ValueError, match=f"Each hidden layer needs an activation: 2 of them, not {count}"):
        Experiment(layers=(20, 20), activations=("tanh",) * count)


@pytest.mark.parametrize(("low", "high"), [(5, 5), (6, 5), (4.75, 5), (4.50000001, 5), (19, -19)])
def test_a_range_goes_from_low_to_high(low, high):
    with pytest.raises(ValueError, match=f"from a lower to a higher value, at least 0.5 apart, not {low} to {high}"):
        Experiment(low=low, high=high)
