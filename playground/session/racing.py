"""The race that a visitor has on: which knob and values, and what its buttons do."""

import streamlit as st

from playground.compare.race import Race
from playground.compare.settings import with_values
from playground.player import Message
from playground.session.visitor import act, player


def race():
    """The visitor's Race, or None."""
    return st.session_state.get("race")


def number():
    """Which race it is, counted from 1."""
    return st.session_state.get("race_number", 0)


def start(name, values, words):
    """Starts a race of the present experiment with other values of a knob."""

    def begin():
        try:
            made = Race([with_values(player().experiment, {name: value}) for value in values], words)
        except ValueError as error:
            st.session_state.refused = Message("error", f"{error} No race was started.")
            return
        player().playing = False
        made.playing = True
        st.session_state.race, st.session_state.race_number = made, number() + 1

    act(begin)


def turn(playing):
    """Pauses the race, or goes on with it."""

    def change():
        if race():
            race().playing = playing and not race().over
            if playing:
                player().playing = False

    act(change)


def needs_charts():
    """Whether the browser has to be sent the charts of this race, and not only their frames."""
    return st.session_state.get("race_charts_of") != number()


def tick(run_id):
    """The browser wants more frames; `run_id` says which race's charts it has on screen, None when it has none."""
    st.session_state.race_charts_of = run_id
    run = race()
    if run and run.playing:
        run.tick()
        if not run.playing:
            st.rerun()
