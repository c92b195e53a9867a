"""The head of the page: what it is, and the lessons."""

import streamlit as st

from playground.panels.lesson import lesson_menu


def header_panel():
    """Title, a sentence, and the menu of lessons."""
    st.title("See a neural network learn", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            "A small network, written from scratch in NumPy, bends its curve onto the target, weight by weight."
        )
        lesson_menu()
