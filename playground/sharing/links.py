"""Links: an experiment as the query of an address, and back, whatever the address says."""

from typing import NamedTuple

from playground.experiment import CONTROLS, DEFAULTS, Experiment, Start

MAX_LENGTH = 2000  # characters of a text that travels in a link

TOGETHER = (
    ("layers", "activations"),
    ("low", "high"),
    ("loss",),
    ("problem", "target", "formula", "own"),
)  # what may not fit each other


def to_query(experiment):
    """What differs from the defaults, {name: text}, in the order of the controls.

    A text too long for a link is left out; see `fits`.
    """
    query = {}
    for name, default in DEFAULTS.items():
        value = getattr(experiment, name)
        text = ",".join(map(str, value)) if isinstance(value, tuple) else _written(value)
        if value != default and len(text) <= MAX_LENGTH:
            query[name] = text
    return query


def fits(experiment):
    """Whether a link holds all of an experiment."""
    return len(experiment.own) <= MAX_LENGTH or experiment.own == DEFAULTS["own"]


class OpenedLink(NamedTuple):
    """The Start of the experiment that an address describes, and a sentence for each invalid setting in it."""

    start: Start
    errors: list[str]


def from_query(query):
    """The OpenedLink of an address. Unknown names are ignored, and invalid settings replaced by their defaults.

    Args:
        query: a mapping of names to texts.
    """
    values, errors = {}, []
    for name, control in CONTROLS.items():
        if name in query:
            try:
                values[name] = control.read(query[name])
            except ValueError as error:
                errors.append(str(error))
    _complete(values)
    for left_out in ((), *TOGETHER, tuple(CONTROLS)):
        kept = {name: value for name, value in values.items() if name not in left_out}
        try:
            start = Experiment(**kept).start()
        except ValueError as error:
            if not left_out:
                errors.append(str(error))
        else:
            return OpenedLink(start, errors)
    raise AssertionError("the defaults are an experiment")


def _complete(values):
    """Gives each layer an activation, and each activation a layer, where the address tells but one of them."""
    for name, other in (("layers", "activations"), ("activations", "layers")):
        if name in values and other not in values:
            values[other] = DEFAULTS[other] * len(values[name])


def _written(value):
    if not isinstance(value, float):
        return str(value)
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)
