"""A change of a control takes effect at once or restarts the run; an invalid one is reported and changes nothing."""

import math

import numpy as np
import pytest

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.numerals import written
from playground.session.typed_numbers import SLIDERS, TYPED
from playground.session.widget_values import SIDEBAR
from tests.support.page import ALONE, ALWAYS

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


def test_training_continues_with_settings_that_can_change_at_once(page):
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
def test_another_network_or_other_data_restart_the_run_and_the_page_says_so(page, values):
    before = {name: page.widget(name).value for name in values}
    page.click("train").set(**values)
    assert (page.epoch, page.player.playing) == (0, True)
    assert page.said("info")
    assert "starts again at epoch 0" in page.message
    page.click("step").set(**before)
    assert (page.epoch, page.player.playing) == (0, False)
    assert "starts again at epoch 0" in page.message


def test_before_the_first_epoch_no_restart_is_reported(page):
    page.set(points=50)
    assert "Press Train" in page.message


# --- Invalid values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [{"low": 5.0}, {"low": 19.0}, {"high": -5.0}, {"high": -19.0}], ids=str)
def test_a_reversed_range_is_rejected_and_the_run_continues(page, values):
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


def test_a_range_can_be_changed_by_way_of_a_reversed_one(page):
    page.set(low=6.0)
    assert page.said("error")
    page.set(high=10.0)
    assert (page.experiment.low, page.experiment.high) == (6, 10)
    assert "Press Train" in page.message


def test_a_rejected_change_does_not_hide_a_later_divergence(page):
    page.set(learning_rate=100.0).set(low=6.0).play_to_the_end()
    assert "diverged" in page.message


def test_a_rejected_range_does_not_hide_the_end_of_the_run(page):
    page.set(max_epochs=2000).click("train").set(low=6.0)
    assert page.said("error")
    while page.player.playing:
        page.player.tick()
    page.run()
    assert "2,000 epochs are done" in page.message


@pytest.mark.parametrize("values", [*LIVE, {"layers_0": 10}], ids=str)
def test_while_a_range_is_reversed_everything_else_can_be_changed(page, values):
    page.click("train").set(low=6.0).set(**values)
    assert page.said("error")
    assert "x must go from a lower to a higher value" in page.message
    changes = {"layers": (10,)} if "layers_0" in values else values
    assert page.experiment == Experiment(**changes)
    page.set(low=-4.0)
    assert page.experiment == Experiment(low=-4.0, **changes)


def test_a_finished_run_does_not_hide_a_rejected_change(page):
    page.set(max_epochs=24).play_to_the_end().set(low=6.0)
    assert page.said("error")
    assert "x must go from a lower to a higher value" in page.message


NUMBERS = [name for name in ALWAYS if not CONTROLS[name].choices]


@pytest.mark.parametrize("name", [*SLIDERS[1:], "layers_0"])
def test_a_number_outside_its_limits_sent_past_the_browser_changes_nothing(page, name):
    field = name.removesuffix("_0")
    control = CONTROLS[field]
    # Of a whole number Streamlit itself fails on nan and inf, before anything of ours is asked
    never = [] if isinstance(page.widget(name).value, int) else [math.nan, math.inf, -math.inf]
    for value in [control.low - 1, control.high + 1, -1e15, 1e15, *never]:
        last = 0.0 if field == "low" else control.high
        page.set(**{name: last}).set(**{name: value})
        assert page.app.session_state[name] == page.widget(name).value == last
        assert np.ravel(getattr(page.experiment, field))[0] == last  # and `run` has seen no exception


def refusal_of(control, typed):
    """What is said of a number that is refused; "20.000" is asked about where both that it can be are within limits."""
    readings = [number for number in (20, 20_000) if control.low <= number <= control.high and typed == "20.000"]
    if len(readings) == 2:
        return f'{control.label}: "20.000" can be 20 or 20000: write one of these.'
    return f"{control.label} must be {control.limits}, not {typed!r}" + "".join(f": write {n}" for n in readings) + "."


@pytest.mark.parametrize("name", [name for name in NUMBERS if name in TYPED])
def test_a_refused_number_is_answered_with_its_limits_and_the_field_shows_again_what_is_in_use(page, name):
    control = CONTROLS[name]
    page.set(**{name: 1.0 if control.kind is float else 7})
    in_use = page.experiment
    for typed in (written(control.low - 1), "1e15", "-1e999", "", "many", "nan", "20.000"):
        page.set(**{name: typed})
        assert page.widget(name).value == written(getattr(in_use, name))
        assert page.said("error")
        assert refusal_of(control, typed) in page.message
        assert page.message.endswith("The run continues unchanged.")
        assert page.experiment == in_use


def test_a_number_is_taken_as_meant_and_shown_as_the_page_writes_it(page):
    typed = {"learning_rate": "0,05", "low": "−2,5", "max_epochs": "2e4", "seed": "1 234", "l2": "1·10⁻³"}
    for name, text in typed.items():
        page.set(**{name: text})
    assert page.experiment == Experiment(learning_rate=0.05, low=-2.5, max_epochs=20_000, seed=1234, l2=0.001)
    shown = {name: page.widget(name).value for name in typed}
    assert shown == {"learning_rate": "0.05", "low": "-2.5", "max_epochs": "20000", "seed": "1234", "l2": "0.001"}
    assert not page.said("error")


def test_an_invalid_number_of_layers_is_ignored(page):
    for value in (None, -1, 5, "x", None):
        page.widget("layer_count").set_value(value)
        page.app.run()
        assert not page.app.exception
        assert page.experiment == Experiment()


@pytest.mark.parametrize("name", sorted(set(ALONE) - set(ALWAYS) - {"formula", "own", "period"}))
def test_an_invalid_value_without_a_widget_is_rejected_by_name_and_all_else_is_taken(page, name):
    page.click("train")
    for i, value in enumerate([7.0, -1, math.nan, math.inf, None, "many", [1], {}, 10**400, True], start=1):
        page.app.session_state[name] = value
        page.set(learning_rate=0.1 + i / 100)
        assert page.said("error")
        assert page.message.startswith(f"{CONTROLS[name].label} must be {CONTROLS[name].limits}, not ")
        assert page.app.session_state[name] == written(DEFAULTS[name])
        assert page.experiment == Experiment(learning_rate=0.1 + i / 100)
        assert page.player.playing


def test_the_old_seed_in_a_late_message_is_not_taken_for_a_change(page):
    page.click("train")
    before, time = page.experiment.seed, page.widget(SIDEBAR).value
    page.click("new_start")
    assert page.experiment.seed == before + 1
    late = {"seed": before, SIDEBAR: time}  # of a wish for more frames that left the browser before the answer came
    page.set(**late)
    assert (page.experiment.seed, page.widget("seed").value) == (before + 1, str(before + 1))
    page.set(seed=before)  # by the visitor, who has seen the new one, however soon
    assert (page.experiment.seed, page.widget("seed").value) == (before, str(before))
