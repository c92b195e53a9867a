"""The sidebar: one widget a field of the experiment, in groups."""

import streamlit as st

from nn import ACTIVATIONS, INITIALIZERS, OPTIMIZERS
from playground.experiment import CONTROLS, DEFAULTS
from playground.problems import TARGETS
from playground.state import controls, visitor

_LABELS = {
    name: thing.label
    for registry in (ACTIVATIONS, INITIALIZERS, OPTIMIZERS, TARGETS)
    for name, thing in registry.items()
}


def controls_panel():
    """All controls but the speed, which stands with the transport."""
    controls.prepare_controls()
    with st.sidebar:
        st.subheader("Data", anchor=False, help="A change here starts the run again, at epoch 0.")
        _choice("target")
        left, right = st.columns(2)
        with left:
            _number("low")
        with right:
            _number("high")
        _slider("points")
        _slider("noise")
        _number("data_seed")

        st.subheader("Network", anchor=False, help="A change here starts the run again, at epoch 0.")
        st.segmented_control(
            "Hidden layers", range(1, controls.MAX_LAYERS + 1), key="layer_count", required=True,
            on_change=controls.apply_controls, help="How many layers stand between the input and the output.",
        )  # fmt: skip
        for layer in range(controls.layer_count()):
            left, right = st.columns(2)
            with left:
                _slider("layers", layer)
            with right:
                _choice("activations", layer)
        _choice("output_activation")
        _choice("initializer")
        _number("seed")

        st.subheader("Training", anchor=False, help="A change here acts on the running training at once.")
        _choice("optimizer")
        for name in OPTIMIZERS[visitor.player().experiment.optimizer].limits:
            _number(name)
        _number("batch_size")

        st.subheader("Stop conditions", anchor=False)
        _number("max_epochs")
        _number("target_loss")


def _common(name, layer):
    control = CONTROLS[name]
    label = control.label if layer is None else f"{control.label} {layer + 1}"
    return {
        "label": label, "key": controls.key_of(name, layer), "help": control.help, "on_change": controls.apply_controls,
        "persist_state": "session",
    }  # fmt: skip


def _default(name):
    """What an emptied or impossible widget goes back to."""
    default = DEFAULTS[name]
    return default[0] if isinstance(default, tuple) else default


def _choice(name, layer=None):
    choices = CONTROLS[name].choices
    st.selectbox(options=choices, index=choices.index(_default(name)), format_func=_LABELS.get, **_common(name, layer))


def _slider(name, layer=None):
    control = CONTROLS[name]
    st.slider(
        min_value=control.low, max_value=control.high, value=_default(name), step=control.step, **_common(name, layer)
    )


def _number(name, layer=None):
    control = CONTROLS[name]
    whole = isinstance(DEFAULTS[name], int)
    st.number_input(
        min_value=control.low,
        max_value=control.high,
        value=_default(name),
        step=control.step,
        format="%d" if whole else "%g" if control.step is None else None,
        **_common(name, layer),
    )
