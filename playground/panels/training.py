"""The training panel: transport, message and the live board, redrawn by itself while the rest of the page stands."""

import streamlit as st

from playground import state
from playground.live.board import board_payload
from playground.live.component import live_board
from playground.panels.transport import message_panel, transport_panel


@st.fragment(key="training")
def training_panel():
    """Everything that moves. The browser's wish for more frames reruns this fragment and nothing else."""
    player = state.player()
    transport_panel()
    message_panel()
    live_board(board_payload(player, with_figures=state.send_charts()), key="live", on_tick=state.on_tick)
