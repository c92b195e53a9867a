"""Stale values of widgets are recognised for a while, and only where the server has replaced them."""

import pytest

from playground.session import widget_values
from playground.session.widget_values import STALE_SECONDS, WidgetValues


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is set: a list of one number."""
    now = [100.0]
    monkeypatch.setattr(widget_values.time, "monotonic", lambda: now[0])
    return now


def test_the_replaced_value_is_stale_until_its_time_is_over(clock):
    state = {"seed": 0}
    widgets = WidgetValues(state)
    widgets.set_widget("seed", 1)
    assert not widgets.is_stale("seed")
    state["seed"] = 0
    assert widgets.is_stale("seed")
    assert widgets.is_stale("seed")  # asking changes nothing
    clock[0] += STALE_SECONDS
    assert not widgets.is_stale("seed")


def test_every_value_that_was_replaced_lately_is_stale_and_a_new_one_is_not(clock):
    state = {"seed": 0}
    widgets = WidgetValues(state)
    for seed in (1, 2):
        widgets.set_widget("seed", seed)
    for seed, stale in ((0, True), (1, True), (2, False), (5, False)):
        state["seed"] = seed
        assert widgets.is_stale("seed") == stale


def test_a_value_that_is_set_again_or_set_directly_is_never_stale(clock):
    state = {"seed": 0}
    widgets = WidgetValues(state)
    widgets.set_widget("seed", 0)
    widgets["seed"] = 1
    widgets["seed"] = 0
    assert not widgets.is_stale("seed")


def test_only_stale_values_are_restored(clock):
    state = {"seed": 0, "points": 100}
    widgets = WidgetValues(state)
    widgets.set_widget("seed", 1)
    state |= {"seed": 0, "points": 50}
    widgets.restore_stale({"seed": 1, "points": 100})
    assert state == {"seed": 1, "points": 50}


def test_a_first_value_does_not_replace_one_that_is_there():
    state = {"seed": 3}
    WidgetValues(state).initialize({"seed": 0, "points": 100})
    assert state == {"seed": 3, "points": 100}
