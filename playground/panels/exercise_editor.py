"""Make an exercise: what stays in sight, the task and the goal, and the link and the frame that come of them."""

import streamlit as st

from playground.exercises.goal import COMPARISONS, MAX_LENGTH, SHOWN
from playground.exercises.quantities import QUANTITIES
from playground.exercises.task import MAX_TASK
from playground.exercises.visibility import PARTS, known_names, panel_name
from playground.experiment import CONTROLS
from playground.panels.fields import noted
from playground.panels.text import escape_markdown, refusal_text
from playground.session.current import current_visit, page_address, safely
from playground.session.exercise_draft import GOAL, LONG_ADDRESS, TASK
from playground.session.kept_fields import PART_MARK, PART_NUMBER, PART_OF, SHOW, SHOW_NOTHING


def exercise_editor(panels: dict[str, str]) -> None:
    """The editor, drawn once it is opened.

    Args:
        panels: the labels of all panels, by name.
    """
    editor = st.expander(
        "Make an exercise of this", icon=":material/assignment:", key="exercise_editor", on_change="rerun"
    )
    if editor.open:
        with editor:
            _choices(panels)
            _goal()
            _links()


def _choices(panels: dict[str, str]) -> None:
    labels = {name: control.label for name, control in CONTROLS.items()} | dict(PARTS)
    labels |= {panel_name(name): f"Panel: {label}" for name, label in panels.items()}
    known = known_names(panels)
    st.multiselect(
        "What stays in sight",
        known,
        format_func=lambda name: labels.get(name, name),
        placeholder="Everything",
        help="All other controls are fixed as they are now, and out of sight. Train, Step and Reset always stay.",
        **noted(SHOW, lambda value: isinstance(value, list) and set(value) <= set(known)),
    )
    if not current_visit().controls.widgets.get(SHOW):
        st.checkbox(
            "Nothing else stays in sight",
            help="Only the task, the goal, the charts, and Train, Step and Reset.",
            **noted(SHOW_NOTHING, lambda value: type(value) is bool),
        )
    st.text_area(
        "Task",
        key=TASK,
        max_chars=MAX_TASK,
        help="Shown above the charts, as plain text.",
        persist_state="session",
    )


def _goal() -> None:
    draft = current_visit().exercise_draft
    st.text_input(
        "Goal",
        key=GOAL,
        max_chars=MAX_LENGTH,
        placeholder="loss<0.01,epoch<=2000",
        help="Parts with commas between them, which must all hold at one moment. They can be about "
        f"{', '.join(QUANTITIES)}.",
        persist_state="session",
    )
    what, mark, number, add = st.columns([3, 2, 2, 2], vertical_alignment="bottom")
    with what:
        noting = noted(PART_OF, lambda value: value in tuple(QUANTITIES))
        st.selectbox("About", list(QUANTITIES), format_func=lambda name: QUANTITIES[name].label, **noting)
    with mark:
        noting = noted(PART_MARK, lambda value: value in tuple(COMPARISONS))
        st.selectbox("is", list(COMPARISONS), format_func=lambda each: SHOWN.get(each, each), **noting)
    with number:
        st.text_input("Number", max_chars=30, **noted(PART_NUMBER, lambda value: isinstance(value, str)))
    with add:
        st.button("Add", key="exercise_add", on_click=safely(draft.add_part), width="stretch")
    if draft.refusal is not None:
        st.markdown(refusal_text(draft.refusal))


def _links() -> None:
    draft, base = current_visit().exercise_draft, page_address()
    try:
        address, frame, goal = draft.address(base), draft.frame(base), draft.goal
    except ValueError as error:
        st.markdown(refusal_text(str(error)))
        return
    if goal is not None:
        st.caption(f"Goal: {escape_markdown(goal.in_words)}.")
    if draft.valueless:
        valueless = ", ".join(draft.valueless)
        st.markdown(refusal_text(f"This run has no value of: {valueless}. Without one, the goal is not reached."))
    st.link_button("Preview in a new tab", address, icon=":material/open_in_new:")
    st.caption("Link")
    st.code(address, language=None, wrap_lines=True, height=96)
    if len(address) > LONG_ADDRESS:
        st.caption(
            f"This link has {len(address):,} characters. Some mail programs cut what is longer than {LONG_ADDRESS:,}."
        )
    st.caption("Frame for a page of your own")
    st.code(frame, language=None, wrap_lines=True, height=96)
