"""The finding: one known pattern of a run that stands still, its evidence, and the change that is offered."""

import streamlit as st

from playground.analysis.diagnosis.finding import Finding
from playground.lessons import LESSONS
from playground.panels.text import escape_markdown
from playground.session.current import current_visit, then_rerun


def finding_panel(finding: Finding) -> None:
    """A finding, and on its right what is offered."""
    with st.container(horizontal=True, vertical_alignment="center"):
        title, evidence = escape_markdown(finding.title), escape_markdown(finding.evidence)
        st.markdown(f":small[:material/lightbulb: **{title}.** {evidence}]")
        with st.container(horizontal=True, width="content", gap="small"):
            _offers(finding)


def _offers(finding: Finding) -> None:
    visit = current_visit()
    lesson = visit.lesson.lesson
    offer = finding.offer
    is_free = lesson is None or visit.lesson.reached  # else a change could put the lesson's goal out of reach
    if offer and is_free and not offer.changes.keys() & visit.controls.fixed:
        st.button(
            offer.label,
            key="why_change",
            type="tertiary",
            icon=":material/auto_fix_high:",
            on_click=then_rerun(visit.diagnosis.take),
            args=(offer,),
        )
    is_other = finding.lesson in LESSONS and (lesson is None or lesson.name != finding.lesson)
    if is_other and visit.exercise.visible.has("lessons"):
        st.button(
            "Lesson",
            key="why_lesson",
            type="tertiary",
            icon=":material/school:",
            on_click=then_rerun(visit.lesson.begin),
            args=(finding.lesson,),
            help=LESSONS[finding.lesson].title,
        )
