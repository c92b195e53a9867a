"""The training panel: transport, message and the live board, redrawn by itself while the rest of the page stands."""

import streamlit as st

from playground import state
from playground.live.board import board_payload
from playground.live.component import live_board
from playground.panels.transport import message_panel, transport_panel


@st.fragment(key="training")
def training_panel():
    """All of it, as after a click."""
    transport_panel()
    message_panel()
    _board()


@st.fragment
def _board():
    """What moves. While it trains, the browser's wish for more frames reruns this and nothing else."""
    payload = board_payload(state.player(), with_figures=state.send_charts())
    live_board(payload, key="live", on_tick=_tick)


def _tick(run):
    player = state.player()
    playing = player.playing
    state.tick(run)
    if playing and not player.playing:  # done, or diverged: the buttons and the message are others now
        st.rerun("training")
