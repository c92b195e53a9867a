"""The sidebar: one widget per field of the experiment. What a beginner turns stands first, the rest in groups."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import streamlit as st

from nn import OPTIMIZERS
from nn.optimizer_types import Optimizer
from playground.panels.data import data_controls, data_fields, problem_controls
from playground.panels.failure import guarded
from playground.panels.fields import choice, number, slider
from playground.session.current import current_visit, safely
from playground.settings import MAX_HIDDEN_LAYERS

RESTARTS = "A change here restarts the run at epoch 0."
AT_ONCE = "A change here takes effect at once, while training goes on."
REGULARISATION = ("l2", "l1", "dropout", "clip", "freeze")
STOP_CONDITIONS = ("max_epochs", "target_loss")


@guarded("The settings")
def controls_panel() -> None:
    """All controls but the speed, which stands with the transport: first what a beginner turns, then all else."""
    with st.container(key="first"):  # one element, whatever is in it: the groups below keep their places
        problem_controls()
        _layers()
        _optimizer()
    with _group("Data", data_fields(), RESTARTS):
        data_controls(data_fields())
    with _group("Network", _network_fields(), RESTARTS):
        _network_controls()
    with _group("Training", _training_fields(), AT_ONCE):
        _training_controls()
    with _group("Regularisation", REGULARISATION, AT_ONCE):
        for name in REGULARISATION[:-1]:
            number(name)
        choice("freeze")
    with _group("Stop conditions", STOP_CONDITIONS, AT_ONCE):
        for name in STOP_CONDITIONS:
            number(name)


@contextmanager
def _group(name: str, fields: Collection[str], effect: str) -> Iterator[None]:
    """A group that opens by itself, and says so, when some of its fields are not at their default.

    It has no key: Streamlit would then keep it as the visitor left it, and not open it any more.
    """
    groups = current_visit().groups
    count = len(groups.changed(fields))
    label = f"{name} · {count} changed" if count else name
    with st.expander(label, expanded=groups.is_open(name, fields)):
        st.caption(effect)
        yield


def _layers() -> None:
    visit = current_visit()
    st.segmented_control(
        "Hidden layers",
        range(1, MAX_HIDDEN_LAYERS + 1),
        key="layer_count",
        required=True,
        on_change=safely(visit.controls.apply_widgets),
        help="The number of layers between the input and the output.",
    )
    for layer in range(visit.controls.layer_count):
        left, right = st.columns(2)
        with left:
            slider("layers", layer)
        with right:
            choice("activations", layer)


def _optimizer() -> None:
    optimizer = OPTIMIZERS[current_visit().player.experiment.optimizer]
    number("learning_rate")
    choice("optimizer", more_help=f"{optimizer.description}\n\n{_equation_of(optimizer)}")


def _network_fields() -> list[str]:
    output = ["output_activation"] if current_visit().player.experiment.loss != "cross_entropy" else []
    return [*output, "loss", "initializer", "scale", "dtype", "seed"]


def _network_controls() -> None:
    visit = current_visit()
    if "output_activation" in _network_fields():
        choice("output_activation")
    choice("loss", without=() if visit.player.problem.classes else ("cross_entropy",))
    choice("initializer")
    number("scale")
    choice("dtype")
    number("seed")


def _hyperparameters() -> list[str]:
    """Those of the optimizer beside the learning rate."""
    return [
        name for name in OPTIMIZERS[current_visit().player.experiment.optimizer].constraints if name != "learning_rate"
    ]


def _training_fields() -> list[str]:
    period = [] if current_visit().controls.widget_value("schedule") == "constant" else ["period"]
    return [*_hyperparameters(), "batch_size", "schedule", *period]


def _training_controls() -> None:
    for name in [*_hyperparameters(), "batch_size"]:
        number(name)
    choice("schedule")
    if "period" in _training_fields():
        number("period")


def _equation_of(optimizer: type[Optimizer]) -> str:
    """An optimizer's update in a help text: there it is drawn, and its font loaded, when somebody asks for it."""
    lines = optimizer.equation.replace(r",\quad", r" \\[3pt]")
    return rf"$\begin{{gathered}} {lines} \end{{gathered}}$"
