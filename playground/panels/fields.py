"""One widget a field of the experiment, with the limits and the words of its control."""

from functools import partial

import streamlit as st

from nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.experiment import CONTROLS, DEFAULTS
from playground.problems.described import CURVE, OWN, SCALINGS
from playground.problems.features import FEATURES
from playground.problems.planes import PLANES
from playground.problems.targets import TARGETS
from playground.session import controls

REGISTRIES = {  # of the fields whose choices are names
    "problem": PLANES, "target": TARGETS, "features": FEATURES, "activations": ACTIVATIONS,
    "output_activation": ACTIVATIONS, "initializer": INITIALIZERS,
    "loss": LOSSES, "optimizer": OPTIMIZERS, "schedule": SCHEDULES,
}  # fmt: skip
WORDS = {
    "problem": {CURVE: "A curve, or your own data"},
    "target": OWN,
    "scaling": SCALINGS,
    "freeze": {layer: f"Layer {layer}" if layer else "None" for layer in CONTROLS["freeze"].choices},
}


def label_of(field, choice):
    """How the page words a choice of a field."""
    if choice in WORDS.get(field, ()):
        return WORDS[field][choice]
    return REGISTRIES[field][choice].label if field in REGISTRIES else str(choice)


def common(name, layer):
    control = CONTROLS[name]
    label = control.label if layer is None else f"{control.label} {layer + 1}"
    return {
        "label": label, "key": controls.key_of(name, layer), "help": control.help, "on_change": controls.apply_controls,
        "persist_state": "session",
    }  # fmt: skip


def default_of(name):
    """What an emptied or impossible widget goes back to."""
    default = DEFAULTS[name]
    return default[0] if isinstance(default, tuple) else default


def choice(name, layer=None, without=()):
    """One of the choices of a field, `without` some."""
    options = [choice for choice in CONTROLS[name].choices if choice not in without]
    st.selectbox(
        options=options,
        index=options.index(default_of(name)),
        format_func=partial(label_of, name),
        **common(name, layer),
    )


def choices(name):
    """Any of the choices of a field. None of them is refused, as every impossible value is."""
    st.pills(
        options=CONTROLS[name].choices,
        default=list(DEFAULTS[name]),
        format_func=partial(label_of, name),
        selection_mode="multi",
        **common(name, None),
    )


def slider(name, layer=None):
    control = CONTROLS[name]
    st.slider(
        min_value=control.low, max_value=control.high, value=default_of(name), step=control.step, **common(name, layer)
    )


def number(name, layer=None):
    control = CONTROLS[name]
    whole = isinstance(DEFAULTS[name], int)
    st.number_input(
        min_value=control.low,
        max_value=control.high,
        value=default_of(name),
        step=control.step,
        format="%d" if whole else "%g",
        **common(name, layer),
    )


def text(name):
    """A line of text, taken when it is entered."""
    st.text_input(max_chars=CONTROLS[name].max_length, **common(name, None))
