"""Every field of an experiment has its control on the page, with its label, default and limits."""

import pytest

from nn import ACTIVATIONS, OPTIMIZERS
from playground.experiment import CONTROLS, DEFAULTS
from playground.numerals import written
from playground.panels.fields import label_of
from playground.session.typed_numbers import TYPED
from tests.support.page import ALONE, ALWAYS


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_control_has_a_widget_with_its_label_default_and_limits(page, optimizer):
    page.set(optimizer=optimizer)
    for name in {*ALWAYS, *OPTIMIZERS[optimizer].constraints}:
        widget, control = page.widget(name), CONTROLS[name]
        assert control.label in widget.label
        assert widget.help.startswith(control.help)
        default = optimizer if name == "optimizer" else DEFAULTS[name]
        assert widget.value == (written(default) if name in TYPED else default)
        if control.choices:
            offered = [choice for choice in control.choices if choice != "cross_entropy"]  # a curve has no classes
            assert widget.options == [label_of(name, choice) for choice in offered]
        elif name in TYPED:
            assert widget.help.lower().endswith(f" {control.limits}.")
        elif control.max_length:
            assert widget.proto.max_chars == control.max_length
        else:
            assert (widget.min, widget.max) == (control.low, control.high)
            assert control.step in (None, widget.step)


def test_every_choice_has_a_label_of_its_own_per_field():
    for name, control in CONTROLS.items():
        words = [label_of(name, choice) for choice in control.choices]
        assert len(set(words)) == len(words)
    assert label_of("target", "step") == "Step"
    assert label_of("schedule", "step") == "Halved in steps"
    assert label_of("freeze", 0) == "None"


def test_every_field_of_an_experiment_has_its_control():
    hyperparameters = {name for kind in OPTIMIZERS.values() for name in kind.constraints}
    elsewhere = {"layers", "activations", "features", "formula", "own", "period"}
    assert {*ALWAYS} | hyperparameters | elsewhere == set(CONTROLS)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_hidden_layer_has_its_own_units_and_activation(page, count):
    page.set(layer_count=count)
    for layer in range(count):
        units, activation = page.widget(f"layers_{layer}"), page.widget(f"activations_{layer}")
        assert (units.label, units.value) == (f"Units {layer + 1}", 20)
        assert (units.min, units.max, units.help) == (1, 64, CONTROLS["layers"].help)
        assert (activation.label, activation.value) == (f"Activation {layer + 1}", "sigmoid")
        assert activation.options == [thing.label for thing in ACTIVATIONS.values()]
    for layer in range(count, 4):
        with pytest.raises(KeyError):
            page.widget(f"layers_{layer}")
    last = count - 1
    page.set(**{f"layers_{last}": 7, f"activations_{last}": "tanh"})
    assert page.experiment.layers == (20,) * last + (7,)
    assert page.experiment.activations == ("sigmoid",) * last + ("tanh",)
    assert [len(layer.W) for layer in page.player.trainer.network.layers] == [20] * last + [7, 1]


def test_without_a_hidden_layer_there_is_none_to_set_and_what_was_set_comes_back(page):
    page.set(layers_0=7, activations_0="tanh").set(layer_count=0)
    assert (page.experiment.layers, page.experiment.activations) == ((), ())
    assert page.player.trainer.network.parameters.size == 2
    assert "**1 input → 1 output**, learns 2 weights and biases" in "".join(each.value for each in page.app.caption)
    for name in ("layers_0", "activations_0"):
        with pytest.raises(KeyError):
            page.widget(name)
    assert page.app.query_params["layers"] == ""
    page.set(layer_count=1)
    assert (page.experiment.layers, page.experiment.activations) == ((7,), ("tanh",))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_optimizer_is_explained_and_shows_its_own_hyperparameters_and_no_others(page, optimizer):
    page.set(optimizer=optimizer)
    found = {widget.key for widget in page.app.text_input}
    expected = set(OPTIMIZERS[optimizer].constraints)
    assert found & (set(ALONE) - set(ALWAYS)) == expected - {"learning_rate"}
    assert type(page.player.trainer.optimizer) is OPTIMIZERS[optimizer]
    assert OPTIMIZERS[optimizer].description in page.widget("optimizer").help
    for name in expected:
        page.set(**{name: 0.01})
        assert page.player.trainer.optimizer.hyperparameters[name] == 0.01


def test_the_settings_of_a_layer_or_an_optimizer_are_kept_while_it_is_not_shown(page):
    page.set(layer_count=2, optimizer="momentum").set(layers_1=5, momentum=0.5)
    page.set(layer_count=1, optimizer="adam").set(layer_count=2, optimizer="nesterov")
    assert page.experiment.layers == (20, 5)
    assert (page.widget("layers_1").value, page.widget("momentum").value) == (5, "0.5")
    assert page.experiment.momentum == 0.5
