"""The run to take away, and to open again."""

import numpy as np
import streamlit as st

from playground.problems.table import write_table
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


def history_file(run):
    """The loss of a Player's run by epoch, as CSV, with the objective and the test loss where there are any.

    A test loss is measured with a picture, and of a long run not every loss is kept: what is not known is left empty.
    """
    history, tested = run.trainer.history, run.test_losses.up_to(run.trainer.epoch)
    known = {"loss": (history.epochs, history.losses)}
    if np.isfinite(history.objectives).any():
        known["objective"] = history.epochs, history.objectives
    if len(tested):
        known["test loss"] = tested[:, 0].astype(int), tested[:, 1]
    epochs = np.union1d(history.epochs, known.get("test loss", known["loss"])[0])
    columns = np.full((len(known), len(epochs)), np.nan)
    for column, (places, values) in zip(columns, known.values(), strict=True):
        column[np.searchsorted(epochs, places)] = values
    return write_table(("epoch", *known), [epochs, *columns])
