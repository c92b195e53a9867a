"""A knob and some of its values, as the race and the sweep ask for them."""

import streamlit as st

from playground.compare.settings import LAYER_FIELDS, SETTINGS, read_values, spread_values
from playground.panels.fields import label_of
from playground.panels.words import plain
from playground.session import visitor

USUAL = ("learning_rate", "optimizer", "activation", "units", "initializer", "scale", "batch_size", "momentum", "l2",
         "dropout", "noise", "points", "loss", "schedule")  # fmt: skip


def knob(label, key, *, count, names=USUAL, default=0):
    """Widgets for a knob and its values.

    Args:
        label: of the knob's own widget.
        key: of the widgets.
        count: how many values are offered at first.
        names: of the knobs to choose from.
        default: the place among them of the one that is chosen at first.

    Returns:
        (name, values, words for each); no values where what was typed is none.
    """
    experiment = visitor.player().experiment
    name = st.selectbox(label, names, index=default, key=f"{key}_knob", format_func=lambda name: SETTINGS[name].label)
    field = LAYER_FIELDS.get(name, name)
    offered = spread_values(name, count, experiment)
    if SETTINGS[name].choices and isinstance(SETTINGS[name].choices[0], str):
        values = st.multiselect(
            "Values", offered, offered[:count], key=f"{key}_{name}_choices",
            format_func=lambda value: label_of(field, value),
        )  # fmt: skip
        return name, values, [label_of(field, value) for value in values]
    typed = st.text_input(
        "Values, with commas between them", ", ".join(f"{value:g}" for value in offered), key=f"{key}_{name}_values",
        max_chars=400,
    )  # fmt: skip
    try:
        values = read_values(name, typed)
    except ValueError as error:
        st.caption(f":red[{plain(str(error))}]")
        return name, [], []
    return name, values, [f"{value:g}" for value in values]
