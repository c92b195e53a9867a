"""The sidebar: one widget per field of the experiment, in groups."""

import streamlit as st

from nn import OPTIMIZERS
from nn.optimizer_types import Optimizer
from playground.panels.data import data_controls
from playground.panels.fields import choice, number, slider
from playground.session.current import current_visit
from playground.settings import MAX_HIDDEN_LAYERS


def controls_panel() -> None:
    """All controls but the speed, which stands with the transport."""
    data_controls()
    _network_controls()
    _training_controls()


def _network_controls() -> None:
    visit = current_visit()
    st.subheader("Network", anchor=False, help="A change here restarts the run at epoch 0.")
    st.segmented_control(
        "Hidden layers",
        range(1, MAX_HIDDEN_LAYERS + 1),
        key="layer_count",
        required=True,
        on_change=visit.controls.apply_widgets,
        help="The number of layers between the input and the output.",
    )
    for layer in range(visit.controls.layer_count):
        left, right = st.columns(2)
        with left:
            slider("layers", layer)
        with right:
            choice("activations", layer)
    if visit.player.experiment.loss != "cross_entropy":
        choice("output_activation")
    choice("initializer")
    number("scale")
    choice("dtype")
    number("seed")


def _training_controls() -> None:
    visit = current_visit()
    st.subheader("Training", anchor=False, help="A change here takes effect at once, while training goes on.")
    optimizer = OPTIMIZERS[visit.player.experiment.optimizer]
    choice("optimizer", more_help=f"{optimizer.description}\n\n{_equation_of(optimizer)}")
    for name in optimizer.constraints:
        number(name)
    number("batch_size")
    choice("loss", without=() if visit.player.problem.classes else ("cross_entropy",))
    choice("schedule")
    if visit.controls.widget_value("schedule") != "constant":
        number("period")
    with st.expander("Regularisation"):
        for name in ("l2", "l1", "dropout", "clip"):
            number(name)
        choice("freeze")
    with st.expander("Stop conditions"):
        number("max_epochs")
        number("target_loss")


def _equation_of(optimizer: type[Optimizer]) -> str:
    """An optimizer's update in a help text: there it is drawn, and its font loaded, when somebody asks for it."""
    lines = optimizer.equation.replace(r",\quad", r" \\[3pt]")
    return rf"$\begin{{gathered}} {lines} \end{{gathered}}$"
