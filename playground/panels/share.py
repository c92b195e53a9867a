"""Keep and share: the link, the run as a file, as code, as a replay, and its numbers."""

from functools import partial

import streamlit as st

from playground.links import fits
from playground.live.component import copy_link
from playground.live.replay import replay_page
from playground.state import own_data, sharing, visitor


def share_panel():
    """A popover; what it downloads is made when it is asked for."""
    player = visitor.player()
    with st.popover("Keep and share", icon=":material/ios_share:", key="share"):
        copy_link(key="copy_link")
        if fits(player.experiment):
            st.caption("The address of this page always holds the experiment.")
        else:
            st.caption("Your own points are too many for a link: save the run as a file instead.")
        _download(
            "Replay", partial(replay_page, player), "replay.html", "text/html", "movie",
            "The run so far, as a page that plays it with these charts, without a server.",
        )  # fmt: skip
        _download(
            "Loss by epoch", partial(sharing.history_file, player), "loss.csv", "text/csv", "show_chart",
            "CSV: epoch, loss, and what else there is: the objective, the test loss.",
        )  # fmt: skip
        _download(
            "Points and fit", partial(own_data.data_file, player), "points.csv", "text/csv", "scatter_plot",
            "CSV: the inputs, y and the network's output at every point, and whether it is a test point.",
        )  # fmt: skip
        st.caption("A chart as a picture, PNG or SVG: ⤓ on the chart.")


def _download(label, data, name, kind, icon, help):
    st.download_button(
        label, data, name, kind, key=f"download_{name.replace('.', '_')}", icon=f":material/{icon}:", help=help,
        on_click="ignore", width="stretch",
    )  # fmt: skip
