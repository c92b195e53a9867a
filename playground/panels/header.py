"""The head of the page: what it is, the lessons, and what to take away."""

import streamlit as st

from playground.panels.lesson import lesson_menu
from playground.panels.share import share_panel


def header_panel():
    """Title, the two menus, and a sentence."""
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.title("See a neural network learn", anchor=False)
        with st.container(horizontal=True, width="content"):  # together on a line of their own where there is no room
            for menu in (lesson_menu, share_panel):
                with st.container(width="content"):
                    menu()
    st.markdown("A small network, written from scratch in NumPy, bends its curve onto the target, weight by weight.")
