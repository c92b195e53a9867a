"""The controls of the sidebar, and what they say to the player."""

import math
from collections.abc import Mapping
from contextlib import suppress

import numpy as np
import streamlit as st

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.player import Message
from playground.post_mortem import post_mortem as examine
from playground.state.echoes import drop_echoes, put
from playground.state.visitor import act, player, remembered
from playground.table import NAMES, read_table, write_table

MAX_LAYERS = 4


def key_of(name, layer=None):
    """The key of a control's widget."""
    return name if layer is None else f"{name}_{layer}"


def prepare_controls():
    """Gives every control its first value, before its widget is drawn."""
    experiment = player().experiment
    for name in CONTROLS:
        value = getattr(experiment, name)
        if isinstance(value, tuple):
            for layer in range(MAX_LAYERS):
                st.session_state.setdefault(key_of(name, layer), value[min(layer, len(value) - 1)])
        else:
            st.session_state.setdefault(name, value)
    st.session_state.setdefault("layer_count", len(experiment.layers))


def layer_count():
    """How many hidden layers are asked for; those there are, where what is asked for is none of the choices."""
    asked = st.session_state.get("layer_count")
    return asked if asked in range(1, MAX_LAYERS + 1) else len(player().experiment.layers)


def apply_controls():
    """Takes what the controls say into the player. What cannot be is told, and the run goes on as it was.

    A range that is on its way to another, as yet from a higher to a lower x, does not hold up the other controls.
    """
    state = st.session_state
    drop_echoes({"seed": player().experiment.seed})
    values = {}
    for name, default in DEFAULTS.items():
        if isinstance(default, tuple):
            values[name] = tuple(state[key_of(name, layer)] for layer in range(layer_count()))
        else:
            values[name] = state[name]
    state.refused = None
    run = player()
    try:
        run.change(Experiment(**values))
    except ValueError as error:
        with suppress(ValueError):
            run.change(Experiment(**values | {name: getattr(run.experiment, name) for name in ("low", "high")}))
        run.message = None
        state.refused = Message("error", f"{error} The run goes on as it was.")


def new_start():
    """Another seed, which its control shows as well; that one stands outside what a click on New start redraws."""
    in_flight = player().playing  # then a wish for more frames may be on its way, with the seed as it was
    seed = player().new_start().seed
    if in_flight:
        put("seed", seed)
    else:
        st.session_state.seed = seed
    st.rerun()


def post_mortem():
    """The PostMortem of a training that has diverged, found once; None of any other."""
    run = player()
    if not run.trainer.diverged:
        return None
    return remembered("post_mortem", (run.run, run.version), lambda: examine(run))


def recover():
    """Goes back to the good moment of a post-mortem, with the learning rate that it offers."""
    found, run = post_mortem(), player()

    def go_back():
        if found is not None:
            run.look_at(found.good)
            run.change(run.experiment.changed(learning_rate=found.learning_rate))
            st.session_state.learning_rate = found.learning_rate

    act(go_back)


def asked_target():
    """The target that its control says."""
    return st.session_state.get("target", player().experiment.target)


def asked_schedule():
    """The schedule that its control says."""
    return st.session_state.get("schedule", player().experiment.schedule)


def asked_formula():
    """The formula that its field holds."""
    return st.session_state.get("formula") or ""


def own_table():
    """The own points, a Table."""
    return read_table(st.session_state.own.encode())


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
    changes, table = st.session_state[editor_key()], own_table()
    rows = [[x, y] for x, y in zip(table.Xs[0].tolist(), table.Ys[0].tolist(), strict=True)]
    for place, cells in changes["edited_rows"].items():
        for name, value in cells.items():
            rows[int(place)]["xy".index(name)] = value
    gone = set(changes["deleted_rows"])
    rows = [row for place, row in enumerate(rows) if place not in gone]
    rows += [[row.get("x"), row.get("y")] for row in changes["added_rows"]]
    if any(value is None for row in rows for value in row):
        return
    try:
        _take_points(read_table(write_table(("x", "y"), list(zip(*rows, strict=True))).encode()))
    except ValueError as error:
        st.session_state.own_version = st.session_state.get("own_version", 0) + 1
        st.session_state.refused = Message("error", f"{error} The points stay as they were.")


def change_point(change):
    """Puts, moves or removes an own point, as the fit chart says: {"from", "to"}, each [x, y] or None."""
    if asked_target() != "points" or not isinstance(change, Mapping):
        return
    old, new = (_point(change.get(end)) for end in ("from", "to"))
    table = own_table()
    rows = [*zip(table.Xs[0].tolist(), table.Ys[0].tolist(), strict=True)]
    if old in rows:
        rows.remove(old)
    if new is not None:
        rows.append(new)

    def take():
        try:
            _take_points(read_table(write_table(("x", "y"), list(zip(*rows, strict=True)) or [(), ()]).encode()))
        except ValueError as error:
            player().redraw()  # with the point where it was
            st.session_state.refused = Message("error", f"{error} The points stay as they were.")

    act(take)


def _point(value):
    """An (x, y) of finite numbers from what a browser sent, or None."""
    numbers = value if isinstance(value, list | tuple) and len(value) == 2 else ()
    good = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n)]
    return tuple(map(float, good)) if len(good) == 2 else None


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


def data_file(run):
    """All points of a Player with what its network makes of them, as CSV. It is asked for outside any visit."""
    problem = run.problem
    points = np.hstack([problem.points, problem.test_points])
    output = problem.y.back(run.trainer.network.evaluate(problem.x.of(points[:1]))[-1].A[0])
    tested = np.repeat([0.0, 1.0], [problem.points.shape[1], problem.test_points.shape[1]])
    return write_table(("x", "y", "network", "test point"), [*points, output, tested])
