"""The training panel: transport, message and the live board, redrawn by itself while the rest of the page stands."""

import streamlit as st

from playground import state
from playground.live.board import board_payload
from playground.live.component import live_board
from playground.panels.timeline import timeline_panel
from playground.panels.transport import message_panel, transport_panel


@st.fragment
def training_panel():
    """Everything that moves. The browser's wish for more frames reruns this and nothing else.

    One fragment, not two: a click and a wish in the same moment would otherwise be answered for one of them alone.
    """
    transport_panel()
    message_panel()
    payload = board_payload(state.player(), with_figures=state.send_charts())
    live_board(payload, key="live", on_tick=state.tick)
    timeline_panel()
