"""The lessons: a menu of them, and the one that is open, above the transport."""

import streamlit as st

from playground.lessons import LESSONS
from playground.session import learning, visitor

DONE = ":material/check:"
CHOSEN, OTHER = ":material/radio_button_checked:", ":material/radio_button_unchecked:"
RIGHT, WRONG = ":green[:material/check_circle:]", ":red[:material/cancel:]"


def lesson_panel():
    """The open lesson, if there is one: predict, watch, reveal, reach the goal."""
    lesson = learning.lesson()
    if lesson is None:
        return
    with st.container(border=True, key="lesson"):
        _head(lesson)
        left, right = st.columns(2)
        with left:
            _question(lesson)
        with right:
            _answer(lesson)


@st.fragment
def lesson_menu():
    """All lessons, to choose from; drawn once it is opened."""
    menu = st.popover("Lessons", icon=":material/school:", key="lessons", on_change="rerun")
    if not menu.open:
        return
    lessons = list(enumerate(LESSONS.values(), start=1))
    half = -(-len(lessons) // 2)
    with menu:
        for column, part in zip(st.columns(2, width=560), (lessons[:half], lessons[half:]), strict=True):
            with column, st.container(gap=None):
                for number, lesson in part:
                    _entry(number, lesson)


def _entry(number, lesson):
    done = lesson.name in learning.done()
    st.button(
        f"{number}. {lesson.title}", key=f"lesson_{lesson.name}", type="tertiary", on_click=learning.begin,
        args=(lesson.name,), icon=DONE if done else None, icon_position="right",
    )  # fmt: skip


def _head(lesson):
    place, names = learning.place(), learning.NAMES
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Lesson {place + 1} of {len(names)} · {lesson.title}**")
        st.button(
            "Lesson before", key="lesson_before", icon=":material/chevron_left:", type="tertiary", disabled=place == 0,
            on_click=learning.begin, args=(names[max(place - 1, 0)],),
        )  # fmt: skip
        st.button(
            "Next lesson", key="lesson_next", icon=":material/chevron_right:", type="tertiary",
            disabled=place == len(names) - 1, on_click=learning.begin, args=(names[min(place + 1, len(names) - 1)],),
        )  # fmt: skip
        st.button(
            "Leave the lesson", key="lesson_leave", icon=":material/close:", type="tertiary", on_click=learning.leave
        )  # fmt: skip


def _question(lesson):
    """Its answers are buttons: where a radio button has the focus, the page's own keys would be its."""
    predicted = learning.predicted()
    st.markdown(lesson.question)
    with st.container(gap=None):
        for answer, choice in enumerate(lesson.choices):
            chosen = answer == predicted
            if learning.revealed():
                verdict = RIGHT if answer == lesson.right else WRONG if chosen else OTHER
                st.markdown(f"{verdict} {choice}{' (your prediction)' if chosen else ''}")
            else:
                st.button(
                    choice, key=f"answer_{answer}", type="tertiary", icon=CHOSEN if chosen else OTHER,
                    on_click=learning.predict, args=(answer,),
                )  # fmt: skip


def _answer(lesson):
    if not learning.revealed():
        said = "Predict first; then" if learning.predicted() is None else "Now"
        st.markdown(f"{said} press Train, and watch. {lesson.look}")
        st.button(
            "Reveal", key="lesson_reveal", icon=":material/visibility:", on_click=learning.reveal,
            disabled=visitor.player().trainer.epoch == 0, help="Once it has trained.",
        )  # fmt: skip
        return
    right = lesson.choices[lesson.right]
    answer = learning.predicted()
    if answer is None:
        st.markdown(f"**{right}.**")
    else:
        st.markdown(f"**{'Right' if answer == lesson.right else 'Not quite; the answer is'}: {right}.**")
    st.markdown(lesson.explanation)
    if lesson.stage:
        st.button(
            f"Show {lesson.stage} in the walk", key="lesson_stage", icon=":material/functions:", type="tertiary",
            on_click=learning.look_at_stage,
        )  # fmt: skip
    if learning.reached():
        st.success(f"Goal reached. {lesson.goal}", icon=":material/flag:")
    else:
        st.info(f"Goal: {lesson.goal}", icon=":material/flag:")
