"""Why did this happen: one known pattern of a run that stands still, its evidence, and what could be done."""

import streamlit as st

from playground.lessons import LESSONS
from playground.panels.words import plain
from playground.session import diagnosing, learning


def finding_panel(found, beside=None):
    """A Finding and its offers; what `beside` draws stands on their left."""
    *left, said, offered = st.columns([2, 7, 3] if beside else [7, 3], vertical_alignment="center")
    if beside:
        with left[0]:
            beside()
    with said:
        st.markdown(f":small[:material/lightbulb: **{plain(found.title)}.** {plain(found.evidence)}]")
    with offered, st.container(horizontal=True, horizontal_alignment="right"):
        _offers(found)


def _offers(found):
    open_lesson = learning.lesson()
    if open_lesson is None or learning.reached():  # a change could put the lesson's goal out of reach
        st.button(
            found.action_label, key="why_change", type="tertiary", icon=":material/auto_fix_high:",
            on_click=diagnosing.try_change, args=(found.suggested_changes,),
        )  # fmt: skip
    if found.lesson in LESSONS and (open_lesson is None or open_lesson.name != found.lesson):
        st.button(
            "Lesson", key="why_lesson", type="tertiary", icon=":material/school:", on_click=learning.begin,
            args=(found.lesson,), help=LESSONS[found.lesson].title,
        )  # fmt: skip
