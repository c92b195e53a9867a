"""The head of the page: its title, and the menus of lessons and of sharing."""

import streamlit as st

from playground.panels.lesson import lesson_menu
from playground.panels.share import share_panel
from playground.session.current import MENUS


@st.fragment(key=MENUS)
def header_panel() -> None:
    """Title, the two menus, and a sentence."""
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.title("See a neural network learn", anchor=False)
        with st.container(horizontal=True, width="content"):  # stay together where they need a line of their own
            for menu in (lesson_menu, share_panel):
                with st.container(width="content"):
                    menu()
    st.markdown("A small network, written from scratch in NumPy, bends its curve onto the target, weight by weight.")
