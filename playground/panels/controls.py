"""The sidebar: one widget a field of the experiment, in groups."""

import streamlit as st

from nn import OPTIMIZERS
from playground.panels.data import data_controls
from playground.panels.fields import choice, number, slider
from playground.session import controls, visitor
from playground.settings import MAX_HIDDEN_LAYERS


def controls_panel():
    """All controls but the speed, which stands with the transport."""
    with st.sidebar:
        data_controls()

        st.subheader("Network", anchor=False, help="A change here starts the run again, at epoch 0.")
        st.segmented_control(
            "Hidden layers", range(1, MAX_HIDDEN_LAYERS + 1), key="layer_count", required=True,
            on_change=controls.apply_controls, help="How many layers stand between the input and the output.",
        )  # fmt: skip
        for layer in range(controls.layer_count()):
            left, right = st.columns(2)
            with left:
                slider("layers", layer)
            with right:
                choice("activations", layer)
        if visitor.player().experiment.loss != "cross_entropy":
            choice("output_activation")
        choice("initializer")
        number("scale")
        choice("dtype")
        number("seed")

        st.subheader("Training", anchor=False, help="A change here acts on the running training at once.")
        choice("optimizer")
        kind = OPTIMIZERS[visitor.player().experiment.optimizer]
        lines = kind.equation.replace(r",\quad", r" \\[3pt]")
        st.caption(rf"{kind.description} $\small\begin{{gathered}} {lines} \end{{gathered}}$")
        for name in kind.constraints:
            number(name)
        number("batch_size")
        choice("loss", without=() if visitor.player().problem.classes else ("cross_entropy",))
        choice("schedule")
        if controls.asked("schedule") != "constant":
            number("period")
        with st.expander("Regularisation"):
            for name in ("l2", "l1", "dropout", "clip"):
                number(name)
            choice("freeze")
        with st.expander("Stop conditions"):
            number("max_epochs")
            number("target_loss")
