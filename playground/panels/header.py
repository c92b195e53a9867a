"""The head of the page: what it is, and the lessons."""

import streamlit as st

from playground.panels.lesson import lesson_menu


def header_panel():
    """Title, the menu of lessons, and a sentence."""
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.title("See a neural network learn", anchor=False)
        lesson_menu()
    st.markdown("A small network, written from scratch in NumPy, bends its curve onto the target, weight by weight.")
