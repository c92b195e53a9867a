"""The network panel: the diagram, live, and a weight or bias set by hand."""

import streamlit as st

from playground import state
from playground.figures.base import round_up
from playground.figures.network import network_diagram
from playground.figures.palette import PALETTES
from playground.live.component import network_view


def network_panel():
    """The diagram of the network on screen; under it the selected parameter."""
    player = state.player()
    network = player.trainer.network
    diagram = network_diagram(network, state.selected(), PALETTES) | {"run": player.run}
    network_view(diagram, key="network_view", on_select=state.select)
    _choice(network)
    _by_hand(player)


def _choice(network):
    """The same selection without a mouse, and of units that are folded away."""
    layer, _, _ = state.prepare_selection()
    rows, columns = network.layers[layer - 1].Wb.shape
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Layer", range(1, len(network.layers) + 1), key="select_layer", on_change=state.select_by_widget, width=140,
            format_func=lambda number: "Output" if number == len(network.layers) else f"Layer {number}",
        )  # fmt: skip
        st.selectbox("Unit", range(rows), key="select_unit", on_change=state.select_by_widget, width=110)
        below = "x" if layer == 1 else "unit {}"
        st.selectbox(
            "Weight or bias", range(columns), key="select_input", on_change=state.select_by_widget, width=170,
            format_func=lambda place: "bias b" if place == columns - 1 else f"weight of {below.format(place)}",
        )  # fmt: skip


def _by_hand(player):
    """The selected parameter's value, to be set by number or slider."""
    value = state.prepare_hand()
    layer = player.trainer.network.layers[state.selection()[0] - 1]
    limit = round_up(max(2.0, 1.2 * abs(value), 1.2 * float(abs(layer.Wb).max())))
    name = state.selection_name()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            f"Set {name} by hand", value=value, step=limit / 50, format="%.9g", key="hand_number",
            on_change=state.set_by_hand, args=("hand_number",), disabled=player.playing, width=220,
            help="The fit follows at once, and the run says that it was changed by hand. Pause the training first.",
        )  # fmt: skip
        st.slider(
            f"{name}, from {-limit:g} to {limit:g}", -limit, limit, value, step=limit / 200, format="%.3g",
            key="hand_slider", on_change=state.set_by_hand, args=("hand_slider",), disabled=player.playing, width=340,
        )  # fmt: skip
        st.button(
            "Undo", key="undo", icon=":material/undo:", on_click=state.act, args=(player.undo,),
            disabled=player.playing or not player.recording.can_undo, help="Takes back what was set by hand last.",
        )  # fmt: skip
