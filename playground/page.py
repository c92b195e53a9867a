"""The page: a small neural network, written in NumPy, learns a curve while you watch."""

from pathlib import Path

import streamlit as st

from playground.components.routes import has_routes
from playground.panels.clock import clock
from playground.panels.controls import controls_panel, has_controls
from playground.panels.exercise import exercise_panel
from playground.panels.failure import fragment, guarded
from playground.panels.header import header_panel
from playground.panels.inside import PANELS, inside_panel
from playground.panels.keeper import keeper_panel
from playground.panels.lesson import lesson_panel
from playground.panels.training import film_answer, first_board, training_panel
from playground.session import widget_values
from playground.session.current import MAIN, is_embedded, keep_address, prepare_main, prepare_page
from playground.session.widget_values import SIDEBAR

__all__ = ["PANELS", "draw_page", "film_answer", "first_board"]

STYLE = Path(__file__).with_name("page.css")


def draw_page() -> None:
    """Draws everything, the sidebar last; an embedded page shows the exercise and the training alone."""
    st.set_page_config("Neural network playground", page_icon="playground/icon.svg", layout="wide")
    if not has_routes():  # the first page has it
        st.html(STYLE)
    _page()


@guarded("The page")
def _page() -> None:
    prepare_page(PANELS)
    keeper_panel()
    if is_embedded():
        _main()
    else:
        header_panel()
        if not has_controls():  # an exercise leaves none in sight
            _main()
            keep_address()
            return
        controls = st.sidebar.container()  # takes its room at once, and is filled when the charts are on their way
        _main()
        with controls:
            controls_panel()
            clock(SIDEBAR)
    keep_address()


@fragment("The main part", key=MAIN)
def _main() -> None:
    """Lesson, exercise, training and panels; a click that leaves the experiment as it is redraws no sidebar."""
    prepare_main()
    if is_embedded():
        exercise_panel()
        training_panel()
    else:
        lesson_panel()
        exercise_panel()
        training_panel()
        inside_panel()
        clock(widget_values.MAIN)
