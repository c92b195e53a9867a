"""The sidebar: one widget per field of the experiment. What a beginner turns stands first, the rest in groups."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import streamlit as st

from nn import OPTIMIZERS
from nn.optimizer_types import Optimizer
from playground.experiment import CONTROLS
from playground.panels.data import data_controls, data_fields, problem_controls, problem_fields
from playground.panels.failure import guarded
from playground.panels.fields import choice, number, slider, text
from playground.panels.given_weights import given_weights
from playground.session.current import current_visit, safely
from playground.settings import MAX_HIDDEN_LAYERS

RESTARTS = "A change here restarts the run at epoch 0."
AT_ONCE = "A change here takes effect at once, while training goes on."
REGULARISATION = ("l2", "l1", "dropout", "clip", "freeze", "off")
STOP_CONDITIONS = ("max_epochs", "target_loss", "patience", "stall_epochs", "stall_share")


@guarded("The settings")
def controls_panel() -> None:
    """All controls but the speed, which stands with the transport: first what a beginner turns, then all else."""
    with st.container(key="first"):  # one element, whatever is in it: the groups below keep their places
        problem_controls()
        _layers()
        _optimizer()
    for name, fields, effect, draw in (
        ("Data", data_fields(), RESTARTS, data_controls),
        ("Network", _network_fields(), RESTARTS, _network_controls),
        ("Training", _training_fields(), AT_ONCE, _each),
        ("Regularisation", REGULARISATION, AT_ONCE, _each),
        ("Stop conditions", STOP_CONDITIONS, AT_ONCE, _each),
    ):
        if in_sight := [field for field in fields if current_visit().exercise.visible.has(field)]:
            with _group(name, in_sight, effect):
                draw(in_sight)


def has_controls() -> bool:
    """Whether any of them is in sight."""
    has = current_visit().exercise.visible.has
    fields = [*problem_fields(), *data_fields(), "layers", "activations", "learning_rate", "optimizer"]
    return any(map(has, [*fields, *_network_fields(), *_training_fields(), *REGULARISATION, *STOP_CONDITIONS]))


def _each(names: Collection[str]) -> None:
    """One widget per field."""
    for name in names:
        if CONTROLS[name].choices:
            choice(name)
        elif CONTROLS[name].max_length:
            text(name)
        else:
            number(name)
        if name == "patience" and _waits_for_nothing():
            st.caption("There are no test points, so nothing is waited for: keep a share for testing, under Data.")


def _waits_for_nothing() -> bool:
    """Whether the patience is for a test loss that there is not."""
    player = current_visit().player
    return player.experiment.patience > 0 and not player.problem.test_samples.size


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
    has = visit.exercise.visible.has
    if has("layers"):
        st.segmented_control(
            "Hidden layers",
            range(MAX_HIDDEN_LAYERS + 1),
            key="layer_count",
            required=True,
            on_change=safely(visit.controls.apply_widgets),
            help="The number of layers between the input and the output. With 0 the output is a weighted sum of the "
            "inputs, and its activation: linear regression or, with a sigmoid or softmax, logistic regression.",
        )
    for layer in range(visit.controls.layer_count) if has("layers") or has("activations") else ():
        left, right = st.columns(2)
        with left:
            if has("layers"):
                slider("layers", layer)
        with right:
            if has("activations"):
                choice("activations", layer)


def _optimizer() -> None:
    visit = current_visit()
    optimizer = OPTIMIZERS[visit.player.experiment.optimizer]
    if visit.exercise.visible.has("learning_rate"):
        number("learning_rate")
    if visit.exercise.visible.has("optimizer"):
        choice("optimizer", more_help=f"{optimizer.description}\n\n{_equation_of(optimizer)}")


def _network_fields() -> list[str]:
    output = ["output_activation"] if current_visit().player.experiment.loss != "cross_entropy" else []
    return [*output, "loss", "initializer", "scale", "dtype", "seed", "given"]


def _network_controls(names: Collection[str]) -> None:
    classes = current_visit().player.problem.classes
    for name in names:
        if name == "loss":
            choice(name, without=() if classes else ("cross_entropy",))
        elif name == "given":
            given_weights()
        else:
            _each([name])


def _hyperparameters() -> list[str]:
    """Those of the optimizer beside the learning rate."""
    return [
        name for name in OPTIMIZERS[current_visit().player.experiment.optimizer].constraints if name != "learning_rate"
    ]


def _training_fields() -> list[str]:
    period = [] if current_visit().controls.widget_value("schedule") == "constant" else ["period"]
    return [*_hyperparameters(), "batch_size", "schedule", *period]


def _equation_of(optimizer: type[Optimizer]) -> str:
    """An optimizer's update in a help text: there it is drawn, and its font loaded, when somebody asks for it."""
    lines = optimizer.equation.replace(r",\quad", r" \\[3pt]")
    return rf"$\begin{{gathered}} {lines} \end{{gathered}}$"
