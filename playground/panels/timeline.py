"""The timeline: back to any recorded moment of the run, and on from there."""

import streamlit as st

from playground.state import views, visitor


def timeline_panel():
    """A slider over the recorded moments. While it trains there is nothing to choose from, and no work spent on it."""
    player = visitor.player()
    epochs = [] if player.playing else [moment.epoch for moment in player.recording.moments]
    with st.container(key="timeline", height=96, border=False):
        if len(epochs) < 2:
            st.caption("Timeline: once the run stands still, any moment of it can be gone back to, here.")
            return
        here, last = player.trainer.epoch, epochs[-1]
        st.select_slider(
            "Timeline" if here == last else f"Timeline: at epoch {here:,} of {last:,}. What follows starts from here",
            epochs, here, key=views.timeline_key(), on_change=views.look_back, format_func="{:,}".format,
            help="Every chart and panel shows that moment, bit for bit. With the arrow keys it goes moment by moment.",
        )  # fmt: skip
