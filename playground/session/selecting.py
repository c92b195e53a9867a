"""The selected parameter, and setting it by hand."""

import streamlit as st

from playground.analysis.selection import Selection
from playground.player import Message
from playground.session.echoes import drop_echoes, is_echo, put
from playground.session.visitor import act, player

SELECTORS = ("select_layer", "select_unit", "select_input")


def selected():
    """The Selection of the visitor, or None; one that the network no longer has is none."""
    return Selection.of(player().trainer.network, st.session_state.get("selected"))


def selected_unit(layer):
    """The unit of a layer that is selected, or None."""
    choice = selected()
    return choice and choice.unit_of(player().trainer.network, layer)


def cell_in(matrix):
    """Where the selected parameter is in a matrix of the walk, by its name: (row, column), None for all of either."""
    choice = selected()
    return choice.cell_in(player().trainer.network, matrix) if choice else (None, None)


def select(choice):
    """Selects a parameter, in every view."""

    def take():
        wanted = Selection.of(player().trainer.network, choice)
        if wanted is not None:
            st.session_state.selected = tuple(wanted)
            st.session_state.walk_unit = wanted.unit

    act(take)


def selection():
    """What the widgets of the network panel are about: what is selected, or else the first weight."""
    return selected() or Selection(1, 0, 0)


def selection_name():
    """The name of that parameter."""
    return selection().name(player().trainer.network)


def prepare_selection():
    """Gives the widgets that select their values, before they are drawn."""
    for key, number in zip(SELECTORS, selection(), strict=True):
        put(key, number)
    return selection()


def select_by_widget():
    """Selects what the widgets say; a unit or an input that the layer has not becomes its last."""
    layers, state = player().trainer.network.layers, st.session_state
    drop_echoes(dict(zip(SELECTORS, selection(), strict=True)))
    layer = state.select_layer
    rows, columns = layers[layer - 1].Wb.shape
    was_bias = selection().is_bias(player().trainer.network)
    source = columns - 1 if was_bias and layer != selection().layer else min(state.select_input, columns - 1)
    select([layer, min(state.select_unit, rows - 1), source])


def prepare_hand():
    """Gives the widgets that set the selected parameter its value, before they are drawn."""
    network = player().trainer.network
    value = float(network.parameters[selection().place(network)])
    for key in ("hand_number", "hand_slider"):
        put(key, value)
    return value


def set_by_hand(key):
    """Sets the selected parameter to what a widget says."""

    def change():
        value = st.session_state[key]
        if is_echo(key):
            return
        st.session_state.selected = tuple(selection())
        st.session_state.refused = None
        try:
            player().set_parameter(selection().place(player().trainer.network), value)
        except ValueError as error:
            st.session_state.refused = Message("error", f"{selection_name()} stays as it is: {error}")

    act(change)
