"""The widget of a field of the experiment, with the limits and the words of its control."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Literal, TypedDict

import streamlit as st

from nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.control import Control
from playground.experiment import CONTROLS, DEFAULTS
from playground.numerals import written
from playground.panels.text import refusal_text
from playground.problems.data_settings import CURVE, OWN, SCALINGS
from playground.problems.features import FEATURES
from playground.problems.problems_2d import PROBLEMS_2D
from playground.problems.targets import TARGETS
from playground.session.control_values import key_of
from playground.session.current import current_visit, safely

REGISTRIES: Mapping[str, Mapping[str, Any]] = {  # of the fields whose choices are names
    "problem": PROBLEMS_2D,
    "target": TARGETS,
    "features": FEATURES,
    "activations": ACTIVATIONS,
    "output_activation": ACTIVATIONS,
    "initializer": INITIALIZERS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}
LABELS: Mapping[str, Mapping[Any, str]] = {  # of choices that are in no registry
    "problem": {CURVE: "A curve, or your own data"},
    "target": OWN,
    "scaling": SCALINGS,
    "freeze": {layer: f"Layer {layer}" if layer else "None" for layer in CONTROLS["freeze"].choices},
}


class Noting(TypedDict):
    """The arguments of a widget that is no field of the experiment, and whose value is noted."""

    key: str
    on_change: Callable[..., None]
    args: tuple[str]


class Common(TypedDict):
    """The arguments that the widgets of all fields share."""

    label: str
    key: str
    help: str
    on_change: Callable[[], None]
    persist_state: Literal["session"]


def noted(key: str, can_show: Callable[[Any], bool]) -> Noting:
    """Has the widget of a key, which is drawn next, show what was chosen in it before, where it can, and note that."""
    fields = current_visit().fields
    fields.show(key, can_show)
    return {"key": key, "on_change": safely(fields.note), "args": (key,)}


def label_of(field: str, choice: Any) -> str:
    """The page's words for a choice of a field."""
    if choice in LABELS.get(field, ()):
        return LABELS[field][choice]
    return REGISTRIES[field][choice].label if field in REGISTRIES else str(choice)


def _common(name: str, layer: int | None) -> Common:
    control = CONTROLS[name]
    return {
        "label": control.label if layer is None else f"{control.label} {layer + 1}",
        "key": key_of(name, layer),
        "help": control.help,
        "on_change": safely(current_visit().controls.apply_widgets),
        "persist_state": "session",
    }


def _value_of(name: str, layer: int | None = None) -> Any:
    """The value that a widget has already, or where that is invalid its default.

    Streamlit is given it as the default. It sends the browser all other values now and then, over newer ones there.
    """
    control, default = CONTROLS[name], DEFAULTS[name]
    value = current_visit().controls.widgets.get(key_of(name, layer))
    try:
        return control.check(value) if layer is None else control.check_entry(value)
    except ValueError:
        return default if layer is None else default[0]


def choice(name: str, layer: int | None = None, without: Collection[Any] = (), more_help: str = "") -> None:
    """One of the choices of a field; those in `without` are left out, and `more_help` ends its help."""
    options = [choice for choice in CONTROLS[name].choices if choice not in without]
    common = _common(name, layer)
    if more_help:
        common["help"] += f"\n\n{more_help}"
    value = _value_of(name, layer)
    index = options.index(value if value in options else DEFAULTS[name])
    st.selectbox(options=options, index=index, format_func=partial(label_of, name), **common)


def choices(name: str) -> None:
    """Any of the choices of a field. Choosing none is reported, as every invalid value is."""
    st.pills(
        options=CONTROLS[name].choices,
        default=list(_value_of(name)),
        format_func=partial(label_of, name),
        selection_mode="multi",
        **_common(name, None),
    )


def slider(name: str, layer: int | None = None) -> None:
    """A number between two limits that are near to each other."""
    control = CONTROLS[name]
    st.slider(
        min_value=control.low,
        max_value=control.high,
        value=_value_of(name, layer),
        step=control.step,
        **_common(name, layer),
    )


def number(name: str) -> None:
    """A number, typed in: as a text, since a number field drops a decimal comma in the browser, and takes 0,5 for 5."""
    common = _common(name, None)
    common["help"] += f" {CONTROLS[name].limits.capitalize()}."
    st.text_input(value=written(_value_of(name)), **common)


def typed_number(key: str, control: Control, default: int, *, width: int) -> int:
    """A whole number that is no field of the experiment, typed in; why it is refused stands under it."""
    typed = current_visit().typed
    in_use = typed.prepare(key, control, default)
    with st.container(width=width):
        st.text_input(
            control.label, key=key, help=control.help, on_change=safely(typed.take), args=(key, control, in_use)
        )
        refusal = typed.refusal(key)
        if refusal is not None:
            st.markdown(refusal_text(refusal))
    return in_use


def long_text(name: str, height: int, placeholder: str) -> None:
    """A text of several lines, taken when it is left."""
    st.text_area(max_chars=CONTROLS[name].max_length, height=height, placeholder=placeholder, **_common(name, None))


def text(name: str) -> None:
    """A line of text, taken when it is entered."""
    st.text_input(max_chars=CONTROLS[name].max_length, **_common(name, None))
