"""Links: an experiment as the query of an address, and back, however invalid the address."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from playground.experiment import CONTROLS, DEFAULTS, Experiment, Start

MAX_LENGTH = 2000  # of a text in a link, in characters

TOGETHER = (
    ("layers", "activations"),
    ("low", "high"),
    ("loss",),
    ("problem", "target", "formula", "own"),
)  # fields that may not fit each other; if they do not, they get their defaults


def to_query(experiment: Experiment) -> dict[str, str]:
    """The fields that differ from their defaults, {name: text}, in the order of the controls.

    A text too long for a link is left out; see `fits`.
    """
    query = {}
    for name, default in DEFAULTS.items():
        text = text_of(experiment, name)
        if getattr(experiment, name) != default and len(text) <= MAX_LENGTH:
            query[name] = text
    return query


def text_of(experiment: Experiment, name: str) -> str:
    """The value of a field as the text that a link has for it."""
    value = getattr(experiment, name)
    return ",".join(map(str, value)) if isinstance(value, tuple) else _plain_text(value)


def fits(experiment: Experiment) -> bool:
    """Whether a link holds a whole experiment."""
    return len(experiment.own) <= MAX_LENGTH or experiment.own == DEFAULTS["own"]


class OpenedLink(NamedTuple):
    """The Start of the experiment that an address describes, and a sentence for each invalid setting in it."""

    start: Start
    errors: list[str]


def from_query(query: Mapping[str, str]) -> OpenedLink:
    """The OpenedLink of an address. Unknown names are ignored, and invalid settings replaced by their defaults."""
    values: dict[str, Any] = {}
    errors: list[str] = []
    for name, control in CONTROLS.items():
        if name in query:
            try:
                values[name] = control.read(query[name])
            except ValueError as error:
                errors.append(str(error))
    _complete(values)
    for dropped in ((), *TOGETHER, tuple(CONTROLS)):
        kept = {name: value for name, value in values.items() if name not in dropped}
        try:
            start = Experiment(**kept).start()
        except ValueError as error:
            if not dropped:
                errors.append(str(error))
        else:
            return OpenedLink(start, errors)
    raise AssertionError("the defaults must be a valid experiment")


def _complete(values: dict[str, Any]) -> None:
    """Gives each layer an activation, or each activation a layer, if the address has only one of the two."""
    for name, other in (("layers", "activations"), ("activations", "layers")):
        if name in values and other not in values:
            values[other] = DEFAULTS[other] * len(values[name])


def _plain_text(value: str | int | float) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)
