"""The page as AppTest sees it: every control, the transport, and that nothing a visitor sends breaks it.

AppTest draws the page and runs callbacks, without a browser: what that asks for by itself, `player.tick` does here.
"""

import math

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nn import ACTIVATIONS, OPTIMIZERS
from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.panels.fields import label_of
from playground.settings import SPEEDS
from tests.support.page import ALONE, APP, Page

SOMETIMES = ("momentum", "decay", "beta1", "beta2", "epsilon", "formula", "own", "period")
ALWAYS = [name for name in ALONE if name not in SOMETIMES]


@pytest.fixture
def page():
    return Page()


# --- The address ------------------------------------------------------------------------------------------------------


def test_the_address_opens_an_experiment_and_its_controls_say_so():
    page = Page(target="step", layers="5,4", activations="tanh,relu", learning_rate="0.3", l2="0.001", view="network")
    assert page.experiment == Experiment(
        target="step", layers=(5, 4), activations=("tanh", "relu"), learning_rate=0.3, l2=0.001
    )
    assert page.widget("target").value == "step"
    assert page.widget("layers_1").value == 4
    assert page.widget("learning_rate").value == 0.3
    page.click("step")
    assert page.epoch == 12


def test_the_address_says_what_the_controls_say():
    page = Page(view="units")
    page.set(learning_rate=0.3, layer_count=2).set(activations_1="tanh").click("new_start")
    assert dict(page.app.query_params) == {
        "view": "units", "learning_rate": "0.3", "layers": "20,20", "activations": "sigmoid,tanh", "seed": "1",
    }  # fmt: skip
    page.set(learning_rate=0.1)
    assert "learning_rate" not in page.app.query_params


def test_what_an_address_cannot_ask_for_is_named_once():
    app = AppTest.from_file(APP, default_timeout=20)
    for name, value in {"learning_rate": "-1", "target": "<b>nothing</b>", "points": "50", "nonsense": "1"}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    (warning,) = app.warning
    assert "Learning rate must be" in warning.value
    assert "Target" in warning.value
    assert r"\<b\>nothing" in warning.value
    assert app.session_state["visit"].player.experiment == Experiment(points=50)
    app.button(key="step").click().run()
    assert not app.warning


# --- The controls -----------------------------------------------------------------------------------------------------


def test_the_page_opens_on_the_posts_example_and_waits(page):
    assert page.experiment == Experiment()
    assert (page.epoch, page.player.playing) == (0, False)
    assert page.said("caption")
    assert "Press Train" in page.message
    assert page.widget("live")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_control_has_a_widget_with_its_words_its_default_and_its_limits(page, optimizer):
    page.set(optimizer=optimizer)
    for name in {*ALWAYS, *OPTIMIZERS[optimizer].constraints}:
        widget, control = page.widget(name), CONTROLS[name]
        assert control.label in widget.label
        assert widget.help == control.help
        assert widget.value == (optimizer if name == "optimizer" else DEFAULTS[name])
        if control.choices:
            offered = [choice for choice in control.choices if choice != "cross_entropy"]  # no class is told here
            assert widget.options == [label_of(name, choice) for choice in offered]
        else:
            assert (widget.min, widget.max) == (control.low, control.high)
            assert control.step in (None, widget.step)


def test_every_choice_is_worded_for_its_field_alone():
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


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_optimizer_brings_its_own_hyperparameters_and_no_others(page, optimizer):
    page.set(optimizer=optimizer)
    found = {widget.key for widget in page.app.number_input}
    wanted = set(OPTIMIZERS[optimizer].constraints)
    assert found & (set(ALONE) - set(ALWAYS)) == wanted - {"learning_rate"}
    assert type(page.player.trainer.optimizer) is OPTIMIZERS[optimizer]
    for name in wanted:
        page.set(**{name: 0.01})
        assert page.player.trainer.optimizer.hyperparameters[name] == 0.01


def test_what_was_set_for_a_layer_or_an_optimizer_is_there_again_when_it_comes_back(page):
    page.set(layer_count=2, optimizer="momentum").set(layers_1=5, momentum=0.5)
    page.set(layer_count=1, optimizer="adam").set(layer_count=2, optimizer="nesterov")
    assert page.experiment.layers == (20, 5)
    assert (page.widget("layers_1").value, page.widget("momentum").value) == (5, 0.5)
    assert page.experiment.momentum == 0.5


# --- The transport ----------------------------------------------------------------------------------------------------


def test_train_and_pause_take_turns(page):
    page.click("train")
    assert page.player.playing
    assert page.epoch > 0
    assert page.said("caption")
    assert "Training" in page.message
    epoch = page.epoch
    page.click("pause")
    assert (page.player.playing, page.epoch) == (False, epoch)
    assert page.message == f"Paused at epoch {epoch:,}."
    page.click("train")
    assert page.epoch > epoch


def test_a_step_is_as_many_epochs_as_the_speed_says(page):
    for speed in (SPEEDS[0], DEFAULTS["speed"], SPEEDS[-1]):
        page.click("reset").set(speed=speed)
        for epoch in (speed, 2 * speed):
            page.click("step")
            assert page.epoch == epoch
            assert page.message == f"Paused at epoch {epoch:,}."


def test_a_step_pauses_what_trains(page):
    page.click("train").click("step")
    assert not page.player.playing


def test_reset_goes_back_to_epoch_0_with_the_same_parameters(page):
    start = page.player.trainer.network.parameters.copy()
    for act in ("step", "train"):
        page.click(act).click("reset")
        assert (page.epoch, page.player.playing) == (0, False)
        np.testing.assert_array_equal(page.player.trainer.network.parameters, start)
        assert "Press Train" in page.message


def test_new_start_is_another_seed_which_its_control_shows(page):
    start = page.player.trainer.network.parameters.copy()
    page.click("step").click("new_start")
    assert (page.epoch, page.player.playing) == (0, False)
    assert page.widget("seed").value == page.experiment.seed == 1
    assert (page.player.trainer.network.parameters != start).any()
    page.set(seed=0)
    np.testing.assert_array_equal(page.player.trainer.network.parameters, start)


def test_after_the_last_epoch_it_stops_and_says_so(page):
    page.set(max_epochs=100).play_to_the_end()
    assert (page.epoch, page.player.playing) == (100, False)
    assert page.said("success")
    assert "100 epochs are done" in page.message
    page.click("train")
    assert page.epoch == 100
    assert "100 epochs are done" in page.message
    page.set(max_epochs=200)
    assert page.message == "Paused at epoch 100."
    page.play_to_the_end()
    assert page.epoch == 200


def test_below_the_wanted_loss_it_stops_and_says_so(page):
    page.set(target_loss=0.2).play_to_the_end()
    assert page.player.trainer.loss < 0.2 <= page.player.trainer.history.losses[-2]
    assert page.said("success")
    assert "The loss is below 0.2" in page.message


# --- Changes ----------------------------------------------------------------------------------------------------------

LIVE = [
    {"learning_rate": 0.05},
    {"optimizer": "adam"},
    {"batch_size": 30},
    {"speed": 100},
    {"max_epochs": 30_000},
    {"target_loss": 1e-9},
]
RESTARTING = [
    {"target": "cosine"},
    {"low": -4.0},
    {"high": 4.0},
    {"points": 50},
    {"noise": 0.1},
    {"data_seed": 1},
    {"layer_count": 2},
    {"layers_0": 10},
    {"activations_0": "tanh"},
    {"output_activation": "tanh"},
    {"initializer": "he"},
    {"seed": 1},
]


def test_training_goes_on_with_what_can_change_at_once(page):
    page.click("train")
    run = page.player.run_id
    for playing in (True, False):
        for values in LIVE:
            epoch = page.epoch
            page.set(**values)
            assert (page.epoch, page.player.run_id, page.player.playing) == (epoch, run, playing)
            assert page.said("caption")
            page.set(**{name: DEFAULTS[name] for name in values})
        page.player.playing = False


@pytest.mark.parametrize("values", RESTARTING, ids=str)
def test_another_network_or_other_data_start_again_and_the_page_says_so(page, values):
    before = {name: page.widget(name).value for name in values}
    page.click("train").set(**values)
    assert (page.epoch, page.player.playing) == (0, True)
    assert page.said("info")
    assert "starts again at epoch 0" in page.message
    page.click("step").set(**before)
    assert (page.epoch, page.player.playing) == (0, False)
    assert "starts again at epoch 0" in page.message


def test_before_the_first_epoch_nothing_starts_again(page):
    page.set(points=50)
    assert "Press Train" in page.message


# --- What cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [{"low": 5.0}, {"low": 19.0}, {"high": -5.0}, {"high": -19.0}], ids=str)
def test_a_range_that_is_none_is_refused_and_the_run_goes_on(page, values):
    for act in ("train", "pause"):
        page.click(act)
        before = page.experiment, page.epoch, page.player.run_id, page.player.playing
        page.set(**values)
        assert (page.experiment, page.epoch, page.player.run_id, page.player.playing) == before
        assert page.said("error")
        assert "x must go from a lower to a higher value" in page.message
        page.player.tick()
        assert (page.epoch > before[1]) == page.player.playing
        page.set(**{name: DEFAULTS[name] for name in values})
        assert page.said("caption")
        assert page.experiment == Experiment()


def test_from_one_range_to_another_by_way_of_none(page):
    page.set(low=6.0)
    assert page.said("error")
    page.set(high=10.0)
    assert (page.experiment.low, page.experiment.high) == (6, 10)
    assert "Press Train" in page.message


def test_what_was_refused_does_not_hide_what_happens_next(page):
    page.set(learning_rate=100.0).set(low=6.0).play_to_the_end()
    assert "diverged" in page.message


def test_what_ends_a_run_is_told_although_a_range_was_refused_on_the_way(page):
    page.set(max_epochs=2000).click("train").set(low=6.0)
    assert page.said("error")
    while page.player.playing:
        page.player.tick()
    page.run()
    assert "2,000 epochs are done" in page.message


@pytest.mark.parametrize("values", [*LIVE, {"layers_0": 10}], ids=str)
def test_while_a_range_is_none_all_else_can_be_changed(page, values):
    page.click("train").set(low=6.0).set(**values)
    assert page.said("error")
    assert "x must go from a lower to a higher value" in page.message
    wanted = {"layers": (10,)} if "layers_0" in values else values
    assert page.experiment == Experiment(**wanted)
    page.set(low=-4.0)
    assert page.experiment == Experiment(low=-4.0, **wanted)


def test_what_has_happened_does_not_hide_what_is_refused(page):
    page.set(max_epochs=24).play_to_the_end().set(low=6.0)
    assert page.said("error")
    assert "x must go from a lower to a higher value" in page.message


NUMBERS = [name for name in ALWAYS if not CONTROLS[name].choices] + ["layers_0"]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_beyond_its_limits_sent_past_the_browser_becomes_the_default(page, name):
    field = name.removesuffix("_0")
    control, default = CONTROLS[field], np.ravel(DEFAULTS[field])[0]
    # Of a whole number Streamlit itself fails on nan and inf, before anything of ours is asked
    never = [] if isinstance(page.widget(name).value, int) else [math.nan, math.inf, -math.inf]
    for value in [control.low - 1, control.high + 1, -1e15, 1e15, *never]:
        page.set(**{name: 0.0 if field == "low" else control.high}).set(**{name: value})
        assert page.app.session_state[name] == page.widget(name).value == default
        assert page.experiment == Experiment()  # and `run` has seen no exception


@pytest.mark.parametrize("name", [name for name in NUMBERS if name not in ("points", "noise", "layers_0")])
def test_a_number_that_is_left_empty_is_its_default_again(page, name):
    page.set(**{name: {"low": 0.0, "high": 0.0}.get(name, 1)}).set(**{name: None})
    assert page.experiment == Experiment()


def test_a_number_of_layers_that_is_not_offered_leaves_the_page_whole(page):
    for value in (None, 0, 5, "x", None):
        page.widget("layer_count").set_value(value)
        page.app.run()
        assert not page.app.exception
        assert page.experiment == Experiment()


@pytest.mark.parametrize("name", sorted(set(ALONE) - set(ALWAYS) - {"formula", "own", "period"}))
def test_a_value_that_no_widget_has_looked_at_is_refused_by_name_and_the_run_goes_on(page, name):
    page.click("train")
    for i, value in enumerate([7.0, -1, math.nan, math.inf, None, "many", [1], {}, 10**400, True], start=1):
        page.app.session_state[name] = value
        page.set(learning_rate=0.1 + i / 100)
        assert page.said("error")
        assert page.message.startswith(CONTROLS[name].label)
        assert page.message.endswith("The run continues unchanged.")
        assert page.experiment == Experiment()
        assert page.player.playing


def test_the_seed_that_a_message_on_its_way_brings_back_is_not_taken_for_a_change(page):
    page.click("train")
    before = page.experiment.seed
    page.click("new_start")
    assert page.experiment.seed == before + 1
    page.set(seed=before)  # as a wish for more frames would, which left the browser before the answer came
    assert page.experiment.seed == page.widget("seed").value == before + 1
    page.set(seed=before + 5)
    assert page.experiment.seed == before + 5


# --- Divergence -------------------------------------------------------------------------------------------------------


def test_divergence_is_told_with_epoch_and_quantity_and_the_last_finite_state_stays(page):
    page.set(learning_rate=100.0).play_to_the_end()
    epoch, quantity = page.player.trainer.diverged
    assert not page.player.playing
    assert page.said("error")
    for words in (
        "Training diverged",
        f"epoch {epoch:,}",
        str(quantity),
        f"epoch {epoch - 1:,}",
        "learning rate",
        "Reset",
    ):
        assert words in page.message
    assert page.epoch == epoch - 1
    assert np.isfinite(page.player.frames[-1].loss)
    for act in ("train", "step"):
        page.click(act)
        assert page.epoch == epoch - 1
        assert "Training diverged" in page.message


def test_after_divergence_a_smaller_learning_rate_or_a_reset_goes_on(page):
    page.set(learning_rate=100.0).play_to_the_end()
    epoch = page.epoch
    page.set(learning_rate=1e-6).click("step")
    assert page.epoch == epoch + 12
    page.click("reset")
    assert page.epoch == 0
    assert "Press Train" in page.message


def test_the_post_mortem_offers_a_way_back_that_trains(page):
    page.set(learning_rate=5.0).play_to_the_end()
    assert page.player.trainer.diverged
    assert "What happened" in page.text
    page.click("recover")
    assert page.player.trainer.diverged is None
    assert page.experiment.learning_rate < 0.33
    assert page.widget("learning_rate").value == page.experiment.learning_rate
    assert "What happened" not in page.text
    page.click("step")
    assert page.epoch > 0


def test_another_speed_does_not_undo_a_divergence(page):
    page.set(learning_rate=5.0).play_to_the_end()
    page.set(speed=100)
    assert page.player.trainer.diverged
    assert "Training diverged" in page.message


# --- Visitors ---------------------------------------------------------------------------------------------------------


def test_two_visitors_share_nothing(page):
    other = Page()
    page.set(layers_0=3, learning_rate=0.01).click("train")
    other.run()
    assert other.experiment == Experiment()
    assert (other.epoch, other.player.playing) == (0, False)
    other.click("step").click("step")
    assert page.player is not other.player
    assert not np.shares_memory(page.player.trainer.network.parameters, other.player.trainer.network.parameters)
    fresh = Page().click("step").click("step")
    assert other.player.trainer.loss == fresh.player.trainer.loss


def test_the_charts_are_sent_once_a_run(page):
    def size():
        return len(page.widget("live").proto.bytes)

    first = size()
    for _ in range(2):
        page.run()
        assert size() < first / 3
    page.click("reset")
    assert size() == pytest.approx(first, rel=0.01)
