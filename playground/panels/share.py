"""Keep and share: the link, the run as a file, as code, as a replay, and its numbers."""

from functools import partial

import streamlit as st

from playground.components.component import copy_link
from playground.panels.words import plain
from playground.session import sharing, visitor
from playground.sharing.export import numpy_script, prediction_script, torch_script
from playground.sharing.links import fits
from playground.sharing.repeatable import repeatability
from playground.sharing.replay import replay_page
from playground.sharing.saved import write_run
from playground.sharing.tables import data_file, history_file


@st.fragment
def share_panel():
    """A popover, drawn once it is opened; what it downloads is made when it is asked for."""
    player = visitor.player()
    menu = st.popover("Keep and share", icon=":material/ios_share:", key="share", on_change=sharing.forget_wrong_run)
    if not menu.open:
        return
    with menu:
        copy_link(key="copy_link")
        if fits(player.experiment):
            st.caption("The address of this page always holds the experiment.")
        else:
            st.caption("Your own points are too many for a link: save the run as a file instead.")
        st.caption(
            _elsewhere(player.experiment),
            help="Processors round differently. Measured with a twin run that is changed in its last bits again and "
            "again: where its losses part from this run's, roundings are magnified.",
        )
        _download(
            "Save the run", partial(write_run, player), "run.json", "application/json", "save",
            "The run as it stands, to be opened here again and to go on exactly from there.",
        )  # fmt: skip
        st.file_uploader(
            "Open a saved run", "json", key=sharing.uploader_key(), on_change=sharing.open_run, max_upload_size=5,
            help="A file that was saved here.",
        )  # fmt: skip
        if sharing.wrong_run():
            st.error(plain(sharing.wrong_run()))
        _code(player)
        _download(
            "Replay", partial(replay_page, player), "replay.html", "text/html", "movie",
            "The run so far, as a page that plays it with these charts, without a server.",
        )  # fmt: skip
        _download(
            "Loss by epoch", partial(history_file, player), "loss.csv", "text/csv", "show_chart",
            "CSV: epoch, loss, and what else there is: the objective, the test loss.",
        )  # fmt: skip
        _download(
            "Points and fit", partial(data_file, player), "points.csv", "text/csv", "scatter_plot",
            "CSV: the inputs, y and the network's output at every point, and whether it is a test point.",
        )  # fmt: skip
        st.caption("A chart as a picture, PNG or SVG: ⤓ on the chart.")


def _elsewhere(experiment):
    """What the run is on other machines, in a sentence."""
    epochs, differs_at = repeatability(experiment)
    if differs_at is None:
        return f"The same losses on any machine, to 1e-9, over the first {epochs:,} epochs."
    return f"From about epoch {differs_at:,} on, other kinds of machine may give other losses: they round differently."


def _code(player):
    epochs = max(player.trainer.epoch, 1)
    experiment, network = player.experiment, player.trainer.network
    _download(
        "Code: NumPy", partial(numpy_script, experiment, epochs), "run.py", "text/x-python", "code",
        f"The run as one file that needs NumPy alone: the same start, {epochs:,} epochs, the same losses.",
    )  # fmt: skip
    _download(
        "Code: PyTorch", partial(torch_script, experiment, epochs), "run_torch.py", "text/x-python", "code",
        "The same with PyTorch.",
    )  # fmt: skip
    _download(
        "Code: the trained network", partial(prediction_script, experiment, network), "predict.py", "text/x-python",
        "code", "The weights as they are now, and what evaluates them.",
    )  # fmt: skip


def _download(label, data, name, kind, icon, help):
    st.download_button(
        label, data, name, kind, key=f"download_{name.replace('.', '_')}", icon=f":material/{icon}:", help=help,
        on_click="ignore", width="stretch",
    )  # fmt: skip
