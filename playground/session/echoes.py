"""Echoes: the value that a widget had before the server gave it another, still on its way from the browser.

Whatever the browser sends brings the values of all widgets along, as it knows them. When the server has just changed
one, a message that left earlier, such as the wish for more frames, brings the old value back, and Streamlit takes that
for a change by the visitor.
"""

import time

import streamlit as st

SECONDS = 2.0  # after which a return to the old value is the visitor's own


def put(key, value):
    """Gives a widget another value."""
    state = st.session_state
    if key in state and state[key] != value:
        state.setdefault("echoes", {}).setdefault(key, []).append((time.monotonic() + SECONDS, state[key]))
    state[key] = value


def is_echo(key):
    """Whether the value that a widget has now is one that the server has just replaced."""
    now, echoes = time.monotonic(), st.session_state.get("echoes", {})
    if key in echoes:
        echoes[key] = [(end, value) for end, value in echoes[key] if end > now]
    return any(value == st.session_state[key] for _, value in echoes.get(key, ()))


def drop_echoes(values):
    """Of {key: the value it should have}, gives those widgets theirs back that an echo has changed."""
    for key, value in values.items():
        if is_echo(key):
            st.session_state[key] = value
