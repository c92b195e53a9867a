"""The sidebar's controls of what is learnt, a target, a formula or own points, and of its data."""

from collections.abc import Collection

import streamlit as st

from playground.panels.fields import choice, choices, number, slider
from playground.panels.formula import formula_controls
from playground.panels.text import escape_markdown, refusal_text
from playground.problems.data_settings import CURVE
from playground.problems.problems_2d import PROBLEMS_2D
from playground.problems.tables import MAX_BYTES, MAX_ROWS
from playground.session.current import current_visit, safely
from playground.session.own_file import NO_INPUT, PICKERS, OwnFile
from playground.session.typed_start import take_recommended_settings
from playground.sharing.links import left_out


def problem_fields() -> tuple[str, ...]:
    """The fields of what is learnt, and the button with the settings that are recommended for it."""
    return ("problem", "target", "formula", "own", "recommended")


def problem_controls() -> None:
    """What is learnt: a problem and its target, and what belongs to a target that is the visitor's own."""
    visit = current_visit()
    has = visit.exercise.visible.has
    problem = visit.controls.widget_value("problem")
    if has("problem"):
        choice("problem")
    if problem != CURVE and has("problem"):
        st.caption(PROBLEMS_2D[problem].help)
    if problem == CURVE and has("target"):
        choice("target")
    if visit.own_points.chosen and has("own"):
        _own_points()
    elif problem == CURVE and visit.controls.widget_value("target") == "formula" and has("formula"):
        formula_controls()
    if has("recommended"):
        _recommended()


def _recommended() -> None:
    visit = current_visit()
    experiment = visit.player.experiment
    st.button(
        "Recommended settings",
        key="suit",
        icon=":material/auto_fix_high:",
        type="tertiary",
        on_click=safely(take_recommended_settings),
        args=(visit.controls,),
        disabled=experiment.with_recommended_settings() == experiment,
        help="A network and training settings that learn this within seconds. Problem, noise and seeds stay as they "
        "are.",
    )


def data_fields() -> list[str]:
    """The fields of the group Data that the present problem has."""
    visit = current_visit()
    own, is_curve = visit.own_points.chosen, visit.controls.widget_value("problem") == CURVE
    return [
        *([] if own or not is_curve else ["low", "high"]),
        *([] if own else ["points", "noise"]),
        *(["features"] if visit.player.problem.n_inputs == 2 else []),
        *("test_fraction", "scaling", "data_seed"),
    ]


def data_controls(fields: Collection[str]) -> None:
    """From how many points it is learnt, and which of them are kept for testing."""
    limits = [name for name in ("low", "high") if name in fields]
    for name, column in zip(limits, st.columns(len(limits)) if limits else (), strict=True):
        with column:
            number(name)
    for name in ("points", "noise"):
        if name in fields:
            slider(name)
    if "features" in fields:
        choices("features")
    if "test_fraction" in fields:
        slider("test_fraction")
    if "scaling" in fields:
        choice("scaling")
    if "data_seed" in fields:
        number("data_seed")


def _own_points() -> None:
    visit = current_visit()
    own = visit.own_points
    own.initialize_widgets()
    st.segmented_control(
        "Own points have",
        (1, 2),
        key="own_inputs",
        required=True,
        on_change=safely(own.change_input_count),
        format_func=lambda count: "One input" if count == 1 else "Two inputs",
        help="Each has points of its own. Undo brings the present ones back.",
    )
    st.file_uploader(
        "CSV file",
        own.file.kinds,
        key="own_file",
        on_change=safely(own.file.take),
        max_upload_size=1,
        help="Columns x and y, or x1, x2 and y, separated by commas, semicolons, tabs or spaces; at most "
        f"{MAX_BYTES / 1e6:g} MB and {MAX_ROWS:,} rows. A first row of names says which column is which, and stands on "
        "the axes. With two inputs, a y of words, or of 0 and 1 (and 2), is a class.",
    )
    words = own.file.words(visit.controls.widget_value("own"))
    if words is not None:
        st.caption(escape_markdown(words))
    for label, reading in own.file.answers(visit.controls.widget_value("own")).items():
        st.button(label, key=f"file {label}", on_click=safely(own.file.answer), args=(reading,))
    _columns(own.file)
    editor = own.editor
    st.data_editor(
        {name: [row[place] for row in editor.base] for place, name in enumerate(editor.columns)},
        num_rows="dynamic",
        height=240,
        key=editor.key,
        on_change=safely(own.take_edits),
        args=(editor.key,),
        column_config={  # texts: a column of numbers would parse them in the browser, and take 0,5 for 5
            name: st.column_config.TextColumn(name, alignment="right") for name in editor.columns
        },
    )
    if own.refusal is not None:
        st.markdown(refusal_text(own.refusal))
    if editor.question is not None:
        for label, apart in {"Rows of several cells": True, "Numbers with decimal commas": False}.items():
            st.button(label, key=f"block {label}", on_click=safely(own.answer_about_block), args=(apart,))
    if editor.half_rows:
        st.caption("A row that is not complete yet is left out.")
    if "own" in left_out(visit.player.experiment):
        st.caption("There are too many points for a link: the address of this page does not hold them.")
    st.caption(
        "On the fit chart: click to add a point, drag to move it, click it and press Delete to remove it. "
        "With a finger: tap to add a point, hold it and then drag to move it, off the chart to remove it."
    )
    st.button(
        "Undo the last change to the points",
        key="undo_points",
        icon=":material/undo:",
        type="tertiary",
        on_click=safely(own.undo),
        disabled=not own.can_undo,
    )


def _columns(file: OwnFile) -> None:
    """Which columns of the file are learnt."""
    columns = file.columns
    for key, label in zip(PICKERS, ("Input x₁", "Input x₂", "Target y"), strict=True) if columns else ():
        st.selectbox(
            label,
            [*([NO_INPUT] if key.endswith("x2") else []), *range(len(columns))],
            key=key,
            format_func=lambda column: "None" if column == NO_INPUT else columns[column],
            on_change=safely(file.choose),
            args=(key,),
            help="A column of the file. One that is in use elsewhere changes places.",
        )
