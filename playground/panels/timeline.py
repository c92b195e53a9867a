"""The timeline: back to any recorded moment of the run, and on from there."""

import streamlit as st

from playground.session import views, visitor


def timeline_panel():
    """A slider over the recorded moments. While it trains there is nothing to choose from, and no work spent on it."""
    player = visitor.player()
    epochs = [] if player.playing else [moment.epoch for moment in player.recording.checkpoints]
    with st.container(key="timeline"):  # of one height, by board.css, whatever it shows
        if len(epochs) < 2:
            st.caption("Timeline: once the run stands still, any moment of it can be gone back to, here.")
            return
        here, last = player.trainer.epoch, epochs[-1]
        place = epochs.index(here)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _button("earlier", ":material/chevron_left:", "Earlier", epochs[max(place - 1, 0)], place == 0)
            _button(
                "later",
                ":material/chevron_right:",
                "Later",
                epochs[min(place + 1, len(epochs) - 1)],
                here == last,
            )
            views.prepare_timeline(here)
            moments = {epoch: f"{i} · epoch {epoch:,}" for i, epoch in enumerate(epochs, start=1)}
            st.select_slider(
                f"Timeline: moment {place + 1} of {len(epochs)}", epochs, key=views.timeline_key(),
                on_change=views.look_back, format_func=moments.get,
                help="Every chart and panel shows that moment, bit for bit. With the arrow keys it goes moment by "
                "moment. Moments are evenly spaced here, however many epochs lie between them.",
            )  # fmt: skip
            st.button(
                "Continue from here", key="continue", icon=":material/play_arrow:", on_click=visitor.act,
                args=(player.play,), disabled=here == last, help="What was recorded after this moment is forgotten.",
            )  # fmt: skip


def _button(key, icon, label, epoch, disabled):
    st.button(
        label, key=key, icon=icon, disabled=disabled, on_click=views.look_at, args=(epoch,), type="tertiary",
    )  # fmt: skip
