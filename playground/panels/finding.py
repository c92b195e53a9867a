"""The finding: one known pattern of a run that stands still, its evidence, and the change that is offered."""

from collections.abc import Callable

import streamlit as st

from playground.analysis.diagnosis.finding import Finding
from playground.lessons import LESSONS
from playground.panels.text import escape_markdown
from playground.session.current import current_visit, then_rerun


def finding_panel(finding: Finding, beside: Callable[[], None] | None = None) -> None:
    """A finding and its offers; what `beside` draws stands on their left."""
    *left, statement, offers = st.columns([2, 7, 3] if beside else [7, 3], vertical_alignment="center")
    if beside:
        with left[0]:
            beside()
    with statement:
        title, evidence = escape_markdown(finding.title), escape_markdown(finding.evidence)
        st.markdown(f":small[:material/lightbulb: **{title}.** {evidence}]")
    with offers, st.container(horizontal=True, horizontal_alignment="right"):
        _offers(finding)


def _offers(finding: Finding) -> None:
    visit = current_visit()
    lesson = visit.lesson.lesson
    if lesson is None or visit.lesson.reached:  # a change could put the lesson's goal out of reach
        st.button(
            finding.action_label,
            key="why_change",
            type="tertiary",
            icon=":material/auto_fix_high:",
            on_click=then_rerun(visit.diagnosis.try_change),
            args=(finding.suggested_changes,),
        )
    if finding.lesson in LESSONS and (lesson is None or lesson.name != finding.lesson):
        st.button(
            "Lesson",
            key="why_lesson",
            type="tertiary",
            icon=":material/school:",
            on_click=then_rerun(visit.lesson.begin),
            args=(finding.lesson,),
            help=LESSONS[finding.lesson].title,
        )
