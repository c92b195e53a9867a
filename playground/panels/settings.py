"""The widgets in which the race and the sweep ask for a setting and some of its values."""

from collections.abc import Sequence

import streamlit as st

from playground.compare.settings import LAYER_FIELDS, SETTINGS, given_weights_in, in_words, spread_values
from playground.compare.typed_values import read_values
from playground.panels.fields import label_of, noted
from playground.panels.text import refusal_text
from playground.session.current import current_visit
from playground.session.kept_fields import MAX_TEXT
from playground.session.sweep import Axis

USUAL = ("learning_rate", "optimizer", "activation", "units", "initializer", "scale", "batch_size", "momentum", "l2",
         "dropout", "noise", "points", "loss", "schedule", "patience")  # fmt: skip


def axis_input(label: str, key: str, *, count: int, names: Sequence[str] = USUAL, default: int = 0) -> Axis:
    """Widgets for a setting and its values.

    Args:
        label: of the setting's own widget.
        key: of the widgets.
        count: how many values are offered at first.
        names: of the settings to choose from.
        default: the place among them of the one that is chosen at first.

    Returns:
        The Axis; without values if the typed text is invalid, which is then reported.
    """
    axis = _axis(label, key, count, names, default)
    if sentence := given_weights_in(current_visit().player.experiment, axis.name, axis.values):
        st.caption(sentence)
    return axis


def _axis(label: str, key: str, count: int, names: Sequence[str], default: int) -> Axis:
    name = st.selectbox(
        label,
        names,
        index=default,
        format_func=lambda name: SETTINGS[name].label,
        **noted(f"{key}_knob", lambda value: value in names),
    )
    field = LAYER_FIELDS.get(name, name)
    experiment = current_visit().player.experiment
    if field in LAYER_FIELDS.values() and not experiment.layers:
        st.markdown(refusal_text("There is no hidden layer, and so nothing of it to compare."))
        return Axis(name, (), [])
    offered = spread_values(name, count, experiment)
    if SETTINGS[name].choices and isinstance(SETTINGS[name].choices[0], str):
        chosen = st.multiselect(
            "Values",
            offered,
            offered[:count],
            format_func=lambda value: label_of(field, value),
            **noted(f"{key}_{name}_choices", lambda value: isinstance(value, list) and set(value) <= set(offered)),
        )
        return Axis(name, tuple(chosen), [label_of(field, value) for value in chosen])
    typed = st.text_input(
        "Values, separated by commas",
        ", ".join(map(in_words, offered)),
        max_chars=MAX_TEXT,
        help="Or a range: 0.001:1:log7 has seven values, each the same factor from the next, and 0:1:lin5 five, at the "
        "same distance.",
        **noted(f"{key}_{name}_values", lambda value: isinstance(value, str)),
    )
    try:
        read = read_values(name, typed)
    except ValueError as error:
        st.markdown(refusal_text(str(error)))
        return Axis(name, (), [])
    return Axis(name, read, [in_words(value) for value in read])
