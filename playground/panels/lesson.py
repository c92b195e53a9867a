"""The lessons: a menu of them, and the open one, above the transport."""

import streamlit as st

from playground.lessons import LESSONS
from playground.lessons.lesson import Lesson
from playground.panels.failure import fragment, guarded
from playground.session.current import current_visit, safely, then_rerun

NAMES = tuple(LESSONS)
MENU_PX = 560
DONE = ":material/check:"
CHOSEN, OTHER = ":material/radio_button_checked:", ":material/radio_button_unchecked:"
RIGHT, WRONG = ":green[:material/check_circle:]", ":red[:material/cancel:]"


@guarded("The lesson")
def lesson_panel() -> None:
    """The open lesson, if there is one: predict, watch, reveal, reach the goal."""
    lesson = current_visit().lesson.lesson
    if lesson is None:
        return
    with st.container(border=True, key="lesson"):
        _head(lesson)
        left, right = st.columns(2)
        with left:
            _question(lesson)
        with right:
            if current_visit().lesson.revealed:
                _answer(lesson)
            else:
                _instructions(lesson)


@fragment("The menu of lessons")
def lesson_menu() -> None:
    """All lessons, to choose from; drawn once the menu is opened."""
    menu = st.popover("Lessons", icon=":material/school:", key="lessons", on_change="rerun")
    if not menu.open:
        return
    lessons = list(enumerate(LESSONS.values(), start=1))
    half = -(-len(lessons) // 2)
    with menu:
        for column, part in zip(st.columns(2, width=MENU_PX), (lessons[:half], lessons[half:]), strict=True):
            with column, st.container(gap=None):
                for number, lesson in part:
                    _entry(number, lesson)
        _progress()


def _progress() -> None:
    """What of it this browser keeps, and the way to have it forgotten."""
    progress = current_visit().progress
    if progress.in_words:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Kept in this browser: {progress.in_words}.", width="content")
            st.button("Forget my progress", key="forget", type="tertiary", on_click=then_rerun(progress.forget))


def _entry(number: int, lesson: Lesson) -> None:
    progress = current_visit().lesson
    st.button(
        f"{number}. {lesson.title}",
        key=f"lesson_{lesson.name}",
        type="tertiary",
        on_click=then_rerun(progress.begin),
        args=(lesson.name,),
        icon=DONE if lesson.name in progress.done else None,
        icon_position="right",
    )


def _head(lesson: Lesson) -> None:
    progress, place, last = current_visit().lesson, NAMES.index(lesson.name), len(NAMES) - 1
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Lesson {place + 1} of {len(NAMES)} · {lesson.title}**")
        st.button(
            "Previous lesson",
            key="lesson_before",
            icon=":material/chevron_left:",
            type="tertiary",
            disabled=place == 0,
            on_click=safely(progress.begin),
            args=(NAMES[max(place - 1, 0)],),
        )
        st.button(
            "Next lesson",
            key="lesson_next",
            icon=":material/chevron_right:",
            type="tertiary",
            disabled=place == last,
            on_click=safely(progress.begin),
            args=(NAMES[min(place + 1, last)],),
        )
        st.button(
            "Leave the lesson",
            key="lesson_leave",
            icon=":material/close:",
            type="tertiary",
            on_click=safely(progress.leave),
        )


def _question(lesson: Lesson) -> None:
    """The question, with its answers as buttons: a focused radio button would take the page's own keys."""
    progress = current_visit().lesson
    st.markdown(lesson.question)
    with st.container(gap=None):
        for answer, choice in enumerate(lesson.choices):
            chosen = answer == progress.predicted
            if progress.revealed:
                verdict = RIGHT if answer == lesson.right else WRONG if chosen else OTHER
                st.markdown(f"{verdict} {choice}{' (your prediction)' if chosen else ''}")
            else:
                st.button(
                    choice,
                    key=f"answer_{answer}",
                    type="tertiary",
                    icon=CHOSEN if chosen else OTHER,
                    on_click=safely(progress.predict),
                    args=(answer,),
                )


def _instructions(lesson: Lesson) -> None:
    """What to do before the answer is revealed."""
    visit = current_visit()
    start = "Predict first; then" if visit.lesson.predicted is None else "Now"
    st.markdown(f"{start} press Train, and watch. {lesson.look}")
    st.button(
        "Reveal",
        key="lesson_reveal",
        icon=":material/visibility:",
        on_click=safely(visit.lesson.reveal),
        disabled=visit.player.trainer.epoch == 0,
        help="Available once the network has trained.",
    )


def _answer(lesson: Lesson) -> None:
    """The right answer and why it is right; then the goal."""
    visit = current_visit()
    right, predicted = lesson.choices[lesson.right], visit.lesson.predicted
    if predicted is None:
        st.markdown(f"**{right}.**")
    else:
        st.markdown(f"**{'Right' if predicted == lesson.right else 'Not quite; the answer is'}: {right}.**")
    st.markdown(lesson.explanation)
    if lesson.stage:
        st.button(
            f"Show {lesson.stage} in the walk",
            key="lesson_stage",
            icon=":material/functions:",
            type="tertiary",
            on_click=safely(visit.show_lesson_stage),
        )
    if visit.lesson.reached:
        st.success(f"Goal reached. {lesson.goal}", icon=":material/flag:")
    else:
        st.info(f"Goal: {lesson.goal}", icon=":material/flag:")
