"""The data's part of the sidebar: a target, a formula, or points of one's own; and the data to take away."""

import streamlit as st

from playground.panels.fields import choice, choices, number, slider, text
from playground.problems.described import CURVE, formula_of
from playground.problems.formula import CONSTANTS, FUNCTIONS, FormulaError
from playground.problems.planes import PLANES
from playground.problems.table import MAX_BYTES, MAX_ROWS
from playground.session import controls, own_data, visitor
from playground.sharing.links import fits


def data_controls():
    """What is learnt, from how many points, and which of them are kept apart."""
    st.subheader("Data", anchor=False, help="A change here starts the run again, at epoch 0.")
    choice("problem")
    plane = PLANES[controls.asked("problem")] if controls.asked("problem") != CURVE else None
    if plane:
        st.caption(plane.help)
    else:
        choice("target")
    experiment = visitor.player().experiment
    st.button(
        "Settings that suit it", key="suit", icon=":material/auto_fix_high:", type="tertiary", on_click=controls.suit,
        disabled=experiment.with_recommended_settings() == experiment,
        help="A network and a training that learn this within seconds. Problem, noise and seeds stay as they are.",
    )  # fmt: skip
    if own_data.own_points():
        _own_points()
    else:
        if not plane:
            _curve()
        slider("points")
        slider("noise")
    if visitor.player().problem.n_inputs == 2:
        choices("features")
    slider("test_fraction")
    choice("scaling")
    number("data_seed")


def _curve():
    if controls.asked("target") == "formula":
        _formula()
    left, right = st.columns(2)
    with left:
        number("low")
    with right:
        number("high")


def _formula():
    text("formula")
    try:
        formula_of(controls.asked("formula") or "")
    except FormulaError as error:
        st.code(error.pointed, language=None)
    with st.popover("What may be in it", type="tertiary", icon=":material/function:"):
        st.markdown(
            "Numbers, `x` (for a plane `x1` and `x2`), `+ - * / ** %`, brackets, comparisons such as `x < 0` (1 or 0), "
            "and"
        )
        st.code("\n".join([*FUNCTIONS.values(), *(f"{name}: {words}" for name, words in CONSTANTS.items())]), None)


def _own_points():
    own_data.prepare_inputs()
    st.segmented_control(
        "Own points have", (1, 2), key="own_inputs", required=True, on_change=own_data.take_inputs,
        format_func=lambda count: "One input" if count == 1 else "Two inputs",
        help="Another number begins with other points; Undo brings these back.",
    )  # fmt: skip
    st.file_uploader(
        "CSV file", ("csv", "tsv", "txt"), key="own_file", on_change=own_data.take_file, max_upload_size=1,
        help=f"Columns x and y, or x1, x2 and y, by commas, semicolons or tabs; at most {MAX_BYTES / 1e6:g} MB and "
        f"{MAX_ROWS:,} rows. A first row of names is left out. Of two inputs, a y of 0 and 1 (and 2) is a class.",
    )  # fmt: skip
    names, rows = own_data.own_names(), own_data.own_rows()
    st.data_editor(
        {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}, num_rows="dynamic",
        height=240, key=own_data.editor_key(), on_change=own_data.take_edits,
        column_config={name: st.column_config.NumberColumn(name, required=True) for name in names},
    )  # fmt: skip
    if not fits(visitor.player().experiment):
        st.caption("These points are too many for a link: the address of this page does not hold them.")
    st.caption("On the fit chart: click to add a point, drag to move it, click it and press Delete to remove it.")
    st.button(
        "Undo the last change of points", key="undo_points", icon=":material/undo:", type="tertiary",
        on_click=visitor.act, args=(own_data.undo_points,), disabled=not own_data.can_undo_points(),
    )  # fmt: skip
