"""The sweep that a visitor has on: one at a time."""

import streamlit as st

from playground.compare.settings import SETTINGS
from playground.compare.sweep import SweepPlan
from playground.compare.sweep_runner import SweepRunner
from playground.player import Message
from playground.session import controls
from playground.session.visitor import act, player


def sweep():
    """(SweepRunner, axes) of the visitor's sweep, or None; each axis is (name, values, words)."""
    return st.session_state.get("sweep")


def under_way():
    """Whether there is still something being trained."""
    return sweep() is not None and sweep()[0].poll().ended is None


def start(axes, seeds, epochs):
    """Starts a sweep of the present experiment; one that is under way goes on instead."""

    def begin():
        if under_way():
            return
        try:
            plan = SweepPlan(player().experiment, tuple((name, values) for name, values, _ in axes), seeds, epochs)
        except ValueError as error:
            st.session_state.refused = Message("error", f"{error} No sweep was started.")
            return
        st.session_state.refused = None
        st.session_state.sweep, st.session_state.sweep_runs = (SweepRunner(plan), axes), True
        st.session_state.sweep_chosen = None

    act(begin)


def comes_to_its_end():
    """Whether the sweep had not ended when this was asked last."""
    ended_now = st.session_state.get("sweep_runs", False)
    st.session_state.sweep_runs = False
    return ended_now


def cancel():
    """Ends the sweep; what came of it so far stays."""

    def end():
        if sweep() is not None:
            sweep()[0].cancel()

    act(end)


def labels(axes):
    """The words of the knobs."""
    return [SETTINGS[name].label for name, _, _ in axes]


def choose():
    """The visitor has clicked the chart. It is drawn anew with the choice, and by then has forgotten the click."""
    place = clicked(st.session_state.sweep_chart, sweep()[0].plan.values)
    if place is not None:
        st.session_state.sweep_chosen = place


def chosen():
    """The number of the cell that is chosen, or None."""
    return st.session_state.get("sweep_chosen")


def clicked(event, cells):
    """The number of the cell that was clicked, or None."""
    points = event.selection.points if event else []
    place = points[0].get("point_index") if points else None
    return place if isinstance(place, int) and 0 <= place < len(cells) else None


def cell_in_words(place, axes):
    """A cell by the words of its values."""
    words = []
    for name, values, texts in reversed(axes):
        place, at = divmod(place, len(values))
        words.append(f"{SETTINGS[name].label} {texts[at]}")
    return ", ".join(reversed(words))


def open_cell(place):
    """Goes on with the experiment of a cell."""
    act(lambda: controls.take(sweep()[0].plan.cells()[place]))
