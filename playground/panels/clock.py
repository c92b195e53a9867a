"""The hidden widget that ends a part of the page: with it the browser says which of the server's values it knows."""

import streamlit as st

from playground.session.current import current_visit

MAX_TIME = 2**31


def clock(key: str) -> None:
    """Draws a clock of WidgetValues; page.css hides it, from everybody."""
    current_visit().controls.widgets.show_time(key)
    with st.container(key=f"clock_{key}"):
        st.slider("Values seen", 0, MAX_TIME, key=key, label_visibility="collapsed")
