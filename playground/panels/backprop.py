"""The back-propagation panel: one step of training, one equation at a time."""

from functools import partial

import streamlit as st

from playground.analysis.walk import walk
from playground.analysis.walk.stage import Stage
from playground.analysis.walk.sums import Entry, written_out
from playground.components.component import still_chart
from playground.components.still import still_payload
from playground.control import Control
from playground.figures.matrix import matrix_figure
from playground.panels.fields import noted, typed_number
from playground.panels.text import with_minus_sign
from playground.session.current import current_visit, safely
from playground.session.kept_fields import WALK_COLUMN, WALK_EXAMPLE, WALK_SCOPE, WALK_STAGE, WALK_UNIT
from playground.sharing.answer_sheet import answer_sheet

SCOPES = ("the whole batch", "one example")


def backprop_panel() -> None:
    """A walk through the step that training would take next, by buttons or arrow keys."""
    visit = current_visit()
    trainer = visit.player.trainer
    examples = trainer.batch_size
    scope = st.segmented_control(
        "Numbers of", SCOPES, default=SCOPES[0], required=True, **noted(WALK_SCOPE, lambda value: value in SCOPES)
    )
    example = None
    if scope == SCOPES[1]:
        noting = noted(WALK_EXAMPLE, lambda value: type(value) is int and 0 <= value < examples)
        example = st.slider("Example", 0, examples - 1, **noting) if examples > 1 else 0
    stages = walk(trainer, example)
    number = min(visit.fields.number(WALK_STAGE), len(stages) - 1)
    stage = stages[number]

    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Back",
            key="walk_back",
            icon=":material/arrow_back:",
            shortcut="Left",
            disabled=number == 0,
            on_click=safely(visit.turn_walk),
            args=(number - 1,),
        )
        st.button(
            "Next",
            key="walk_next",
            icon=":material/arrow_forward:",
            shortcut="Right",
            disabled=number == len(stages) - 1,
            on_click=safely(visit.turn_walk),
            args=(number + 1,),
        )
        with st.container(key="backprop-stage"):
            st.markdown(f"**{number + 1} of {len(stages)} · {stage.name}**")
    left, right = st.columns(2)
    with left:
        st.latex(stage.equation)
        st.markdown(stage.why)
    with right:
        st.code(stage.source, language="python", wrap_lines=True)
    _matrices(stage)
    if stage.entry is not None:
        _arithmetic(stage, stage.entry)
    st.download_button(
        "Answer sheet, to print",
        partial(answer_sheet, visit.player, example),
        "step.html",
        "text/html",
        key="answer_sheet",
        icon=":material/print:",
        help="Every stage of this step with its equation, its code and its matrices, on one page.",
        on_click="ignore",
    )


def _matrices(stage: Stage) -> None:
    """The matrices of a stage, up to four in a row."""
    selected = current_visit().selected
    for column, matrix in zip(st.columns(len(stage.matrices[:4])) * 4, stage.matrices, strict=False):
        rows, columns = matrix.values.shape
        with column:
            st.markdown(f"**{matrix.name}** ({rows}, {columns})")
            draw = partial(matrix_figure, values=matrix.values, cell=selected.cell_in(matrix))
            still_chart(still_payload(draw, f"{matrix.name}, {rows} by {columns}"), key=f"matrix {matrix.name}")
            st.caption(" × ".join(filter(None, (matrix.rows, matrix.columns))))


def _place(label: str, count: int) -> Control:
    """One of so many units or examples."""
    return Control(int, "pace", label, f"From 0 to {count - 1:,}.", low=0, high=count - 1)


def _arithmetic(stage: Stage, entry: Entry) -> None:
    """The sum behind one entry, written out with its numbers."""
    values = next(matrix.values for matrix in stage.matrices if matrix.name == entry(0, 0).name)
    unit = j = 0
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(values) > 1:
            unit = typed_number(WALK_UNIT, _place("Show the sum for unit", len(values)), 0, width=220)
        if values.shape[1] > 1:
            label = "and example" if len(values) > 1 else "Show the sum for example"
            j = typed_number(WALK_COLUMN, _place(label, values.shape[1]), 0, width=220)
    total = entry(unit, j)
    place = f"unit {unit}" + (f", example {j}" if values.shape[1] > 1 else "")
    st.code(f"{total.name} at {place}:\n{with_minus_sign(written_out(total))}", language=None, wrap_lines=True)
