"""The run to take away, and to open again."""

import numpy as np
import streamlit as st

from playground.player import Message
from playground.problems.table import write_table
from playground.sharing.saved import read_run
from playground.state import controls
from playground.state.visitor import act, player


def uploader_key():
    """The key of the uploader of saved runs: another one, and so an empty uploader, when a file was taken from it."""
    return f"saved_run_{st.session_state.get('opened_runs', 0)}"


def open_run():
    """Opens a saved run that was uploaded, or says what is wrong with it."""
    file = st.session_state[uploader_key()]
    if file is None:
        return

    def take():
        st.session_state.opened_runs = st.session_state.get("opened_runs", 0) + 1
        try:
            player().open(read_run(file.getvalue()))
        except ValueError as error:
            st.session_state.refused = Message("error", f"{file.name[:40]}: {error} The run goes on as it was.")
        else:
            controls.show()

    act(take)


def history_file(run):
    """The loss of a Player's run by epoch, as CSV, with the objective and the test loss where there are any.

    A test loss is measured with a picture: it stands at the epoch of the last one.
    """
    history = run.trainer.history
    columns = {"epoch": history.epochs, "loss": history.losses}
    if np.isfinite(history.objectives).any():
        columns["objective"] = history.objectives
    tested = run.held_out.until(run.trainer.epoch)
    if len(tested):
        places = np.searchsorted(tested[:, 0], history.epochs, side="right") - 1
        columns["test loss"] = tested[np.maximum(places, 0), 1]
    return write_table(tuple(columns), list(columns.values()))
