"""Values of widgets that are out of date are recognised by the time that the browser's messages tell."""

import pytest

from playground.session.widget_values import MAIN, MAX_REPLACED, SIDEBAR, WidgetValues


def drawn(widgets, *clocks):
    for clock in clocks or (SIDEBAR, MAIN):
        widgets.show_time(clock)


def test_the_replaced_value_is_stale_in_a_message_of_before_and_the_visitors_own_in_any_other():
    state = {"seed": 0}
    widgets = WidgetValues(state)
    drawn(widgets)
    widgets.set_widget("seed", 1)
    assert state == {"seed": 1, SIDEBAR: 0, MAIN: 0}
    state["seed"] = 0  # late: with the clock as it was
    assert widgets.is_stale("seed")
    assert widgets.is_stale("seed")  # asking changes nothing
    drawn(widgets)
    assert state[SIDEBAR] == 1  # the browser takes up both
    state["seed"] = 0
    assert not widgets.is_stale("seed")


def test_a_late_message_does_not_turn_back_the_clock():
    state = {"seed": 0}
    widgets = WidgetValues(state)
    widgets.set_widget("seed", 1)
    drawn(widgets)
    state |= {"seed": 0, SIDEBAR: 0}
    assert widgets.is_stale("seed")
    widgets.restore_stale({"seed": 1})
    drawn(widgets)
    assert (state["seed"], state[SIDEBAR]) == (1, 1)


def test_every_value_that_the_browser_may_still_send_is_stale_and_a_new_one_is_not():
    state = {"seed": 0}
    widgets = WidgetValues(state)
    drawn(widgets)
    for seed in (1, 2):
        widgets.set_widget("seed", seed)
    for seed, stale in ((0, True), (1, True), (2, False), (5, False)):
        state["seed"] = seed
        assert widgets.is_stale("seed") == stale
    state |= {"seed": 0, SIDEBAR: 1}  # the browser knows the first of the two
    assert not widgets.is_stale("seed")
    state["seed"] = 1
    assert widgets.is_stale("seed")


def test_a_value_to_which_the_server_goes_back_is_not_stale_and_those_in_between_are():
    state = {"own": "five points"}
    widgets = WidgetValues(state)
    drawn(widgets)
    for own in ("six points", "six, one moved", "six points"):  # the last by an undo, in a message of before
        widgets.set_widget("own", own)
    for own, stale in (("six points", False), ("six, one moved", True), ("five points", True)):
        state["own"] = own
        assert widgets.is_stale("own") == stale


def test_each_part_of_the_page_has_a_clock_of_its_own():
    state = {"seed": 0, "select_unit": 0}
    widgets = WidgetValues(state)
    drawn(widgets)
    widgets.set_widget("seed", 1)
    widgets.set_widget("select_unit", 1, MAIN)
    drawn(widgets, MAIN)
    state |= {"seed": 0, "select_unit": 0}
    assert widgets.is_stale("seed")
    assert not widgets.is_stale("select_unit")


@pytest.mark.parametrize("sent", [None, "x", -1, 10**30, 1.5, [], True])
def test_a_clock_that_tells_no_time_is_taken_for_the_present_one(sent):
    state = {"seed": 0}
    widgets = WidgetValues(state)
    for seed in (1, 2, 3):
        widgets.set_widget("seed", seed)
    state |= {"seed": 2, SIDEBAR: sent}
    assert not widgets.is_stale("seed")
    drawn(widgets)
    assert state[SIDEBAR] == 3


def test_a_value_that_is_shown_already_is_not_sent_again_and_never_stale():
    class Noting(dict):
        def __setitem__(self, key, value):
            raise AssertionError(f"{key} is set")

    widgets = WidgetValues(Noting(seed=0))
    widgets.set_widget("seed", 0)
    assert not widgets.is_stale("seed")


def test_only_stale_values_are_restored():
    state = {"seed": 0, "points": 100}
    widgets = WidgetValues(state)
    drawn(widgets)
    widgets.set_widget("seed", 1)
    state |= {"seed": 0, "points": 50}
    widgets.restore_stale({"seed": 1, "points": 100})
    assert (state["seed"], state["points"]) == (1, 50)


def test_what_may_come_back_is_bounded():
    widgets = WidgetValues({"seed": 0})
    for seed in range(10 * MAX_REPLACED):
        widgets.set_widget("seed", seed)
    assert len(widgets._replaced["seed"]) == MAX_REPLACED


def test_a_first_value_does_not_replace_one_that_is_there():
    state = {"seed": 3}
    WidgetValues(state).initialize({"seed": 0, "points": 100})
    assert state == {"seed": 3, "points": 100}
