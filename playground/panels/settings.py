"""The widgets in which the race and the sweep ask for a setting and some of its values."""

from collections.abc import Sequence

import streamlit as st

from playground.compare.settings import LAYER_FIELDS, SETTINGS, given_weights_in, in_words, spread_values
from playground.compare.typed_values import read_values
from playground.panels.fields import label_of
from playground.panels.text import refusal_text
from playground.session.current import current_visit
from playground.session.sweep import Axis
from playground.session.widget_values import MAIN

MAX_VALUES_TEXT = 400  # characters
USUAL = ("learning_rate", "optimizer", "activation", "units", "initializer", "scale", "batch_size", "momentum", "l2",
         "dropout", "noise", "points", "loss", "schedule", "patience")  # fmt: skip


def axis_input(
    label: str, key: str, *, count: int, names: Sequence[str] = USUAL, default: int = 0, shown: Axis | None = None
) -> Axis:
    """Widgets for a setting and its values.

    Args:
        label: of the setting's own widget.
        key: of the widgets.
        count: how many values are offered at first.
        names: of the settings to choose from.
        default: the place among them of the one that is chosen at first.
        shown: what the widgets are made to show before they are drawn, where they can; None for what they show already.

    Returns:
        The Axis; without values if the typed text is invalid, which is then reported.
    """
    if shown is not None and shown.name in names:
        current_visit().controls.widgets.set_widget(f"{key}_knob", shown.name, MAIN)
    axis = _axis(label, key, count, names, default, shown)
    if sentence := given_weights_in(current_visit().player.experiment, axis.name, axis.values):
        st.caption(sentence)
    return axis


def _axis(label: str, key: str, count: int, names: Sequence[str], default: int, shown: Axis | None) -> Axis:
    name = st.selectbox(label, names, index=default, key=f"{key}_knob", format_func=lambda name: SETTINGS[name].label)
    field = LAYER_FIELDS.get(name, name)
    experiment = current_visit().player.experiment
    if field in LAYER_FIELDS.values() and not experiment.layers:
        st.markdown(refusal_text("There is no hidden layer, and so nothing of it to compare."))
        return Axis(name, (), [])
    offered = spread_values(name, count, experiment)
    widgets, is_shown = current_visit().controls.widgets, shown is not None and shown.name == name
    if SETTINGS[name].choices and isinstance(SETTINGS[name].choices[0], str):
        if shown is not None and is_shown and set(shown.values) <= set(offered):
            widgets.set_widget(f"{key}_{name}_choices", list(shown.values), MAIN)
        chosen = st.multiselect(
            "Values",
            offered,
            offered[:count],
            key=f"{key}_{name}_choices",
            format_func=lambda value: label_of(field, value),
        )
        return Axis(name, tuple(chosen), [label_of(field, value) for value in chosen])
    text = ", ".join(shown.words) if shown is not None and is_shown else ""
    if 0 < len(text) <= MAX_VALUES_TEXT:
        widgets.set_widget(f"{key}_{name}_values", text, MAIN)
    typed = st.text_input(
        "Values, separated by commas",
        ", ".join(map(in_words, offered)),
        key=f"{key}_{name}_values",
        max_chars=MAX_VALUES_TEXT,
        help="Or a range: 0.001:1:log7 has seven values, each the same factor from the next, and 0:1:lin5 five, at the "
        "same distance.",
    )
    try:
        values = read_values(name, typed)
    except ValueError as error:
        st.markdown(refusal_text(str(error)))
        return Axis(name, (), [])
    return Axis(name, values, [in_words(value) for value in values])
