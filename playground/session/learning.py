"""The lesson that a visitor is in: what was predicted, whether it is revealed, and whether the goal is reached."""

import streamlit as st

from playground.analysis.walk import walk
from playground.lessons import LESSONS
from playground.session import controls
from playground.session.views import open_more
from playground.session.visitor import act, player
from playground.session.visitor import tick as visitor_tick

NAMES = tuple(LESSONS)


def lesson():
    """The Lesson, as the address says; None outside lessons."""
    return LESSONS.get(st.query_params.get("lesson"))


def place():
    """The number of the lesson, from 0."""
    return NAMES.index(lesson().name)


def begin(name):
    """Begins a lesson, with its experiment."""

    def open_it():
        st.query_params.lesson = name
        for key in ("predicted", "revealed", "reached"):
            st.session_state.pop(key, None)
        player().playing = False
        controls.take(LESSONS[name].experiment)
        player().reset()
        open_more(lesson().views)
        st.session_state.lessons = False  # the menu has done its work

    act(open_it)


def leave():
    """Leaves the lesson; the run stays."""

    def close():
        st.query_params.pop("lesson", None)

    act(close)


def predict(answer):
    """Keeps what was predicted, the number of an answer: it cannot be changed once it is revealed."""
    if not revealed():
        st.session_state.predicted = answer


def predicted():
    """The number of the predicted answer, or None."""
    answer = st.session_state.get("predicted")
    return answer if isinstance(answer, int) and answer in range(len(lesson().choices)) else None


def reveal():
    """Shows what was right and why."""

    def show():
        st.session_state.revealed = True

    act(show)


def revealed():
    """Whether the answer is shown."""
    return st.session_state.get("revealed", False)


def look_at_stage():
    """Turns the walk through back-propagation to the lesson's stage, and opens it."""

    def show():
        names = [stage.name for stage in walk(player().trainer)]
        st.session_state.walk_stage = next(
            (place for place, name in enumerate(names) if name.startswith(lesson().stage)), 0
        )
        open_more(("backprop",))

    act(show)


def reached():
    """Whether the goal has been reached, once it is revealed."""
    if lesson() is not None and revealed() and not st.session_state.get("reached"):
        st.session_state.reached = bool(lesson().reached(player()))
        if st.session_state.reached:
            done().add(lesson().name)
    return st.session_state.get("reached", False)


def done():
    """The names of the lessons whose goals were reached, a set."""
    return st.session_state.setdefault("lessons_done", set())


def tick(run):
    """The browser wants more frames, as in visitor.tick; a goal that is reached is told at once."""
    before = reached()
    visitor_tick(run)
    if reached() and not before:
        st.rerun()
