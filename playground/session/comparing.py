"""The runs that a visitor has pinned."""

import streamlit as st

from playground.compare import comparison
from playground.session import controls
from playground.session.visitor import player

LETTERS = "ABCDEF"  # as many as there may be


def pins():
    """The pinned runs, a list of Pinned."""
    return st.session_state.setdefault("pins", [])


def runs():
    """The pinned runs and, last, the present one."""
    return [*pins(), comparison.pin(player(), "now")]


def can_pin():
    """Whether there is something to pin, and room for it."""
    return player().trainer.epoch > 0 and len(pins()) < comparison.MAX_PINNED


def pin():
    """Pins the present run."""
    if can_pin():
        used = {run.name for run in pins()}
        pins().append(comparison.pin(player(), next(letter for letter in LETTERS if letter not in used)))


def unpin(run):
    """Takes a run off."""
    st.session_state.pins = [other for other in pins() if other is not run]


def open_again(run):
    """Goes on with the experiment of a pinned run, from its start."""
    controls.take(run.experiment)
