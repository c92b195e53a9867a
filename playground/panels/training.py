"""The training panel: transport, message, live board and timeline, redrawn while the rest of the page stands."""

import streamlit as st

from playground.components.board import board_payload
from playground.components.component import live_board
from playground.panels.post_mortem import post_mortem_panel
from playground.panels.timeline import timeline_panel
from playground.panels.transport import message_panel, transport_panel
from playground.session import learning, own_data, selecting, views, visitor


@st.fragment
def training_panel():
    """All of it, as after a click."""
    transport_panel()
    with st.container():  # one place, however much there is to say: the board below must not be mounted anew
        message_panel()
        post_mortem_panel()
    _board()
    timeline_panel()


@st.fragment
def _board():
    """What moves. While it trains, the browser's wish for more frames redraws this and nothing else."""
    payload = board_payload(
        visitor.player(),
        with_figures=visitor.send_charts(),
        stability=visitor.stability(),
        units_of=views.units_layer() if "units" in views.open_views() else None,
        selected=selecting.selected(),
    )
    live_board(payload, key="live", on_tick=learning.tick, on_select=selecting.select, on_point=own_data.change_point)
