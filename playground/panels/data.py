"""The data's part of the sidebar: a target, a formula, or points of one's own; and the data to take away."""

from functools import partial

import streamlit as st

from playground.formula import CONSTANTS, FUNCTIONS, Formula, FormulaError
from playground.links import fits
from playground.panels.fields import choice, number, slider, text
from playground.state import controls, visitor
from playground.table import MAX_BYTES, MAX_ROWS


def data_controls():
    """What is learnt, from how many points, and which of them are kept apart."""
    st.subheader("Data", anchor=False, help="A change here starts the run again, at epoch 0.")
    choice("target")
    target = controls.asked_target()
    if target == "points":
        _own_points()
    else:
        if target == "formula":
            _formula()
        left, right = st.columns(2)
        with left:
            number("low")
        with right:
            number("high")
        slider("points")
        slider("noise")
    slider("test_fraction")
    choice("scaling")
    number("data_seed")
    st.download_button(
        "Download points and fit", partial(controls.data_file, visitor.player()), "points.csv", "text/csv",
        key="download_data", type="tertiary",
        icon=":material/download:", on_click="ignore",
        help="CSV: x, y and the network's output at every point, and whether it is a test point.",
    )  # fmt: skip


def _formula():
    text("formula")
    try:
        Formula(controls.asked_formula())
    except FormulaError as error:
        st.code(error.pointed, language=None)
    with st.popover("What may be in it", type="tertiary", icon=":material/function:"):
        st.markdown("Numbers, `x`, `+ - * / ** %`, brackets, comparisons such as `x < 0` (1 or 0), and")
        st.code("\n".join([*FUNCTIONS.values(), *(f"{name}: {words}" for name, words in CONSTANTS.items())]), None)


def _own_points():
    table = controls.own_table()
    st.file_uploader(
        "CSV file", ("csv", "tsv", "txt"), key="own_file", on_change=controls.take_file, max_upload_size=1,
        help=f"Two columns, x and y, by commas, semicolons or tabs; at most {MAX_BYTES / 1e6:g} MB and {MAX_ROWS:,} "
        "rows. A first row of names is left out.",
    )  # fmt: skip
    st.data_editor(
        {"x": table.Xs[0].tolist(), "y": table.Ys[0].tolist()}, num_rows="dynamic", height=240,
        key=controls.editor_key(), on_change=controls.take_edits,
        column_config={name: st.column_config.NumberColumn(name, required=True) for name in ("x", "y")},
    )  # fmt: skip
    if not fits(visitor.player().experiment):
        st.caption("These points are too many for a link: the address of this page does not hold them.")
    st.caption("On the fit chart: click to add a point, drag to move it, click it and press Delete to remove it.")
    st.button(
        "Undo the last change of points", key="undo_points", icon=":material/undo:", type="tertiary",
        on_click=visitor.act, args=(controls.undo_points,), disabled=not controls.can_undo_points(),
    )  # fmt: skip
