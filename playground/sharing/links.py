"""Links: an experiment as the query of an address, and back, however invalid the address."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from playground.experiment import CONTROLS, DEFAULTS, Experiment, Start
from playground.problems.formulas import FormulaError, formula_of

MAX_LENGTH = 2000  # of a text in a link, in characters

LEFT_OUT = "too-long"  # what an address has in the place of a text that it cannot hold
NOT_HERE = {
    "own": "The own points of this address were too many for it, so they are not here: open their file or a saved run. "
    "Used instead: the points of an example.",
    "given": "The given weights of this address were too many for it, so they are not here: open a saved run. Used "
    "instead: a drawn start.",
}

TOGETHER = (
    ("off",),
    ("layers", "activations"),
    ("low", "high"),
    ("loss",),
    ("given",),
    ("problem", "target", "formula", "own"),
)  # fields that may not fit each other; if they do not, they get their defaults


def to_query(experiment: Experiment) -> dict[str, str]:
    """The fields that differ from their defaults, {name: text}, in the order of the controls.

    A text too long for a link is left out; see `fits`.
    """
    query = {}
    for name, default in DEFAULTS.items():
        text = text_of(experiment, name)
        if name == "activations" and not experiment.layers:
            continue  # there are none, as "layers=" says
        if getattr(experiment, name) != default and len(text) <= MAX_LENGTH:
            query[name] = text
    return query


def text_of(experiment: Experiment, name: str) -> str:
    """The value of a field as the text that a link has for it."""
    value = getattr(experiment, name)
    return ",".join(map(str, value)) if isinstance(value, tuple) else _plain_text(value)


def left_out(experiment: Experiment) -> list[str]:
    """The fields that are too long for a link."""
    return [name for name in NOT_HERE if len(getattr(experiment, name)) > MAX_LENGTH]


def fits(experiment: Experiment) -> bool:
    """Whether a link holds a whole experiment."""
    return not left_out(experiment)


LOST_PLUS = "In an address a + is written %2B, and a product * where a space would be."
UNNAMED = ("formula", "own", "given")  # long, and not used if the target is another one
MAX_NAMED = 3  # replaced fields that are named


class OpenedLink(NamedTuple):
    """The Start of the experiment that an address describes, and a sentence for each invalid setting in it."""

    start: Start
    errors: list[str]


def from_query(query: Mapping[str, str], *, replacing: bool = True) -> OpenedLink:
    """The OpenedLink of an address. Unknown names are ignored, and invalid settings replaced by their defaults.

    Args:
        query: of the address, {name: text}.
        replacing: whether the sentences also say what is used instead.
    """
    values: dict[str, Any] = {}
    errors: list[str] = []
    for name, control in CONTROLS.items():
        if name in NOT_HERE and query.get(name) == LEFT_OUT:
            errors.append(NOT_HERE[name])
        elif name in query:
            try:
                values[name] = control.read(query[name])
            except ValueError as error:
                errors.append(f"{error} {_replacement((name,))}" if replacing else str(error))
    _complete(values)
    for dropped in ((), *TOGETHER, tuple(CONTROLS)):
        kept = {name: value for name, value in values.items() if name not in dropped}
        try:
            start = _start(kept)
        except ValueError as error:
            if not dropped:
                lost = (
                    isinstance(error, FormulaError) and " " in values.get("formula", "") and LOST_PLUS not in str(error)
                )
                errors.append(f"{error} {LOST_PLUS}" if lost else str(error))
        else:
            if dropped and replacing:
                errors[-1] += f" {_replacement([name for name in dropped if name in values])}"
            return OpenedLink(start, errors)
    raise AssertionError("the defaults must be a valid experiment")


def _start(values: Mapping[str, Any]) -> Start:
    """The Start of an experiment with these values.

    Raises:
        ValueError: when there is none, or when a + was lost in the address, where it stands for a space.
    """
    text = values.get("formula", "")
    try:
        experiment = Experiment(**values)
    except FormulaError as error:
        if " " in text:
            raise FormulaError(f"{error.message} {LOST_PLUS}", text, error.position) from None
        raise
    if experiment.target == "formula" and (place := formula_of(text or experiment.formula).spaced) is not None:
        raise FormulaError(f"What is meant by the space before {text[place : place + 1]!r}? {LOST_PLUS}", text, place)
    return experiment.start()


def _replacement(names: Sequence[str]) -> str:
    """A sentence on the defaults that replace some fields."""
    named = [name for name in names if name not in UNNAMED]
    words = [f"{CONTROLS[name].label} {text_of(Experiment(), name) or 'none'}" for name in named[:MAX_NAMED]]
    return f"Used instead: {', '.join(words)}." if words else "Used instead: the one that a new page has."


def _complete(values: dict[str, Any]) -> None:
    """Gives each layer an activation, or each activation a layer, if the address has only one of the two."""
    for name, other in (("layers", "activations"), ("activations", "layers")):
        if name in values and other not in values and (values[name] or name == "layers"):
            values[other] = DEFAULTS[other] * len(values[name])


def _plain_text(value: str | int | float) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)
