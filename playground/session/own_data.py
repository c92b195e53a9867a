"""The visitor's own points: from a file, a table or the fit chart, and the data to take away."""

import math
from collections.abc import Mapping

import numpy as np
import streamlit as st

from playground.experiment import DEFAULTS, Experiment
from playground.player import Message
from playground.problems.described import CURVE
from playground.problems.table import NAMES, read_table, write_table
from playground.session.controls import apply_controls, asked
from playground.session.visitor import act, player

STARTS = {1: DEFAULTS["own"], 2: "x1,x2,y\n-1,-1,1\n-1,1,0\n1,-1,0\n1,1,1\n"}  # by inputs, what there is at first


def own_table():
    """The own points, a Table."""
    return read_table(st.session_state.own.encode())


def own_points():
    """Whether own points are what is asked for."""
    return asked("problem") == CURVE and asked("target") == "points"


def own_names():
    """The names of their columns."""
    return NAMES[1 + len(own_table().Xs)]


def own_rows():
    """The own points, a list of lists: the inputs, and y."""
    table = own_table()
    return np.vstack([table.Xs, table.Ys]).T.tolist()


def prepare_inputs():
    """Has the choice of how many inputs own points have say how many they have."""
    st.session_state.own_inputs = len(own_table().Xs)


def editor_key():
    """The key of the table of own points: another one when they were changed elsewhere."""
    return f"own_points_{st.session_state.get('own_version', 0)}"


def take_file():
    """Takes the points of an uploaded file, or says what is wrong with it."""
    file = st.session_state.own_file
    if file is not None:
        try:
            _take_points(read_table(file.getvalue()))
        except ValueError as error:
            st.session_state.refused = Message("error", f"{file.name[:40]}: {error} The run goes on as it was.")


def take_edits():
    """Takes the points as they were edited in their table; a row that is not whole yet waits."""
    changes, names, rows = st.session_state[editor_key()], own_names(), own_rows()
    for place, cells in changes["edited_rows"].items():
        for name, value in cells.items():
            rows[int(place)][names.index(name)] = value
    gone = set(changes["deleted_rows"])
    rows = [row for place, row in enumerate(rows) if place not in gone]
    rows += [[row.get(name) for name in names] for row in changes["added_rows"]]
    if any(value is None for row in rows for value in row):
        return
    try:
        _take_points(_table_of(rows))
    except ValueError as error:
        st.session_state.own_version = st.session_state.get("own_version", 0) + 1
        st.session_state.refused = Message("error", f"{error} The points stay as they were.")


def change_point(change):
    """Puts, moves or removes an own point, as the fit chart says: {"from", "to"}, each a row of numbers or None."""
    if not own_points() or not isinstance(change, Mapping):
        return
    rows, width = own_rows(), len(own_names())
    old, new = (_point(change.get(end), width) for end in ("from", "to"))
    if old in rows:
        rows.remove(old)
    if new is not None:
        rows.append(new)

    def take():
        try:
            _take_points(_table_of(rows))
        except ValueError as error:
            player().invalidate_charts()  # with the point where it was
            st.session_state.refused = Message("error", f"{error} The points stay as they were.")

    act(take)


def take_inputs():
    """Begins own points with another number of inputs."""
    if st.session_state.own_inputs in STARTS:
        _take_points(read_table(STARTS[st.session_state.own_inputs].encode()))


def _table_of(rows):
    names = own_names()
    return read_table(write_table(names, list(zip(*rows, strict=True)) or [()] * len(names)).encode())


def _point(value, width):
    """A list of so many finite numbers from what a browser sent, or None."""
    numbers = value if isinstance(value, list | tuple) and len(value) == width else ()
    good = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n)]
    return list(map(float, good)) if len(good) == width else None


def _take_points(table):
    """Has the run learn other own points; they can be undone."""
    state = st.session_state
    text = write_table(NAMES[1 + len(table.Xs)], [*table.Xs, *table.Ys])
    Experiment(target="points", own=text)  # or its ValueError
    if text != state.own:
        state.setdefault("own_before", []).append(state.own)
        del state.own_before[:-20]
        state.own, state.own_version = text, state.get("own_version", 0) + 1
        apply_controls()


def can_undo_points():
    """Whether own points were changed."""
    return bool(st.session_state.get("own_before"))


def undo_points():
    """Goes back to the own points before the last change."""
    state = st.session_state
    if can_undo_points():
        state.own, state.own_version = state.own_before.pop(), state.own_version + 1
        apply_controls()
