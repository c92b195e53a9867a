"""The run to take away, and to open again."""

import streamlit as st

from playground.session import controls
from playground.session.visitor import MOST_CHARACTERS, act, player
from playground.sharing.saved import read_run


def uploader_key():
    """The key of the uploader of saved runs: another one, and so an empty uploader, when a file was taken from it."""
    return f"saved_run_{st.session_state.get('opened_runs', 0)}"


def wrong_run():
    """What is wrong with the last file that was to be opened, a sentence; None once another was, or the menu closed."""
    return st.session_state.get("wrong_run")


def forget_wrong_run():
    """The menu was opened or closed."""
    st.session_state.wrong_run = None


def open_run():
    """Opens a saved run that was uploaded and closes the menu, or has the menu say what is wrong with it."""
    file = st.session_state[uploader_key()]
    if file is None:
        return

    def take():
        st.session_state.opened_runs = st.session_state.get("opened_runs", 0) + 1
        try:
            player().open(read_run(file.getvalue()))
        except ValueError as error:
            st.session_state.wrong_run = f"{file.name[:MOST_CHARACTERS]}: {error} The run goes on as it was."
        else:
            st.session_state.wrong_run, st.session_state.share = None, False
            controls.show()

    act(take)
