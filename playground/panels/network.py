"""The network panel: the diagram, live, and a weight or bias set by hand."""

import streamlit as st

from playground.components.component import network_view
from playground.figures.base import round_up
from playground.figures.network import network_diagram
from playground.figures.palette import PALETTES
from playground.panels.words import minus
from playground.problems.features import FEATURES
from playground.session import selecting, visitor


def network_panel():
    """The diagram of the network on screen; under it the selected parameter."""
    player = visitor.player()
    network = player.trainer.network
    diagram = network_diagram(network, _inputs(player), selecting.selected(), PALETTES) | {"run_id": player.run_id}
    network_view(diagram, key="network_view", on_select=selecting.select)
    _choice(network, _inputs(player))
    _by_hand(player)


def _inputs(player):
    """The names of what the network is given."""
    return [FEATURES[name].label for name in player.problem.features] or ["x"]


def _choice(network, inputs):
    """The same selection without a mouse, and of units that are folded away."""
    layer, _, _ = selecting.prepare_selection()
    rows, columns = network.layers[layer - 1].Wb.shape
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Layer", range(1, len(network.layers) + 1), key="select_layer", width=140,
            on_change=selecting.select_by_widget,
            format_func=lambda number: "Output" if number == len(network.layers) else f"Layer {number}",
        )  # fmt: skip
        st.selectbox("Unit", range(rows), key="select_unit", on_change=selecting.select_by_widget, width=110)
        below = inputs if layer == 1 else [f"unit {unit}" for unit in range(columns - 1)]
        st.selectbox(
            "Weight or bias", range(columns), key="select_input", on_change=selecting.select_by_widget, width=170,
            format_func=lambda place: "bias b" if place == columns - 1 else f"weight of {below[place]}",
        )  # fmt: skip


def _by_hand(player):
    """The selected parameter's value, to be set by number or slider."""
    value = selecting.prepare_hand()
    layer = player.trainer.network.layers[selecting.selection()[0] - 1]
    limit = round_up(max(2.0, 1.2 * abs(value), 1.2 * float(abs(layer.Wb).max())))
    name = selecting.selection_name()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            f"Set {name} by hand", value=value, step=limit / 50, format="%.9g", key="hand_number",
            on_change=selecting.set_by_hand, args=("hand_number",), disabled=player.playing, width=220,
            help="The fit follows at once, and the run says that it was changed by hand. Pause the training first.",
        )  # fmt: skip
        st.slider(
            f"{name}, from {minus(f'{-limit:g}')} to {limit:g}", -limit, limit, value, step=limit / 200, format="%.3g",
            key="hand_slider", on_change=selecting.set_by_hand, args=("hand_slider",), width=340,
            disabled=player.playing,
        )  # fmt: skip
        st.button(
            "Undo", key="undo", icon=":material/undo:", on_click=visitor.act, args=(player.undo,),
            disabled=player.playing or not player.recording.can_undo, help="Takes back what was set by hand last.",
        )  # fmt: skip
