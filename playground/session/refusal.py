"""What is taken of the widgets' values when some are refused: all others, and the run keeps its own in their place."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from itertools import combinations
from typing import Any, NamedTuple

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.problems.data_settings import CURVE
from playground.problems.formulas import FormulaError, formula_of
from playground.sharing.links import text_of

APART = (
    ("given",),
    ("low", "high"),
    ("formula",),
    ("own",),
    ("loss",),
    ("off",),
)  # fields that can be refused while all others are taken
WHAT_IS_LEARNT = ("problem", "target", "formula", "own", "low", "high", "loss")
PER_LAYER = {"layers", "activations"}  # refused together: one of each per layer
UNNAMED = ("own", "given")  # may be long


class Taken(NamedTuple):
    """An experiment of valid values, and the fields in which it is not as asked."""

    experiment: Experiment
    kept: list[str]

    @property
    def in_use(self) -> str:
        """A sentence on what is in use in place of the refused values."""
        names = [name for name in self.kept if name not in UNNAMED]
        words = [f"{CONTROLS[name].label} {text_of(self.experiment, name) or 'none'}" for name in names]
        return f"In use: {', '.join(words)}; everything else as chosen." if words else "Everything else is as chosen."


def question_about_formula(values: Mapping[str, Any], present: Experiment) -> FormulaError | None:
    """What is to be asked about a formula before it replaces the one in use; None where it has one meaning.

    Args:
        values: of all fields.
        present: the run's experiment.
    """
    text = values["formula"]
    if values["problem"] != CURVE or values["target"] != "formula" or text == present.formula:
        return None
    try:
        formula_of(text, curve=present.make_problem().n_inputs == 1)
    except FormulaError as error:
        return error
    return None


def valid_parts(values: Mapping[str, Any], present: Experiment, refused: Collection[str] = ()) -> Iterator[Taken]:
    """The experiments that have as many of the values as are valid together, and of the others what the run has.

    Args:
        values: of all fields.
        present: the run's experiment.
        refused: fields of which the value is not taken in any case.
    """
    own = present.values
    invalid = {name for name in CONTROLS if name in refused or not _is_valid(name, values[name])}
    if invalid & PER_LAYER:
        invalid |= PER_LAYER
    for group in _groups():
        kept = [name for name in CONTROLS if name in invalid or name in group]
        with suppress(ValueError):
            experiment = Experiment(**{**values, **{name: own[name] for name in kept}})
            yield Taken(experiment, [name for name in kept if values[name] != own[name]])


def _groups() -> Iterator[tuple[str, ...]]:
    """The fields that may be refused together, the fewest first."""
    for count in range(len(APART) + 1):
        for groups in combinations(APART, count):
            yield tuple(name for group in groups for name in group)
    yield WHAT_IS_LEARNT


def _is_valid(name: str, value: object) -> bool:
    try:
        CONTROLS[name].check(value)
    except ValueError:
        return False
    return True


def has_classes(values: Mapping[str, Any]) -> bool | None:
    """Whether these values, but for the loss, make an experiment that learns classes; None where they make none."""
    try:
        return bool(Experiment(**{**values, "loss": DEFAULTS["loss"]}).make_problem().classes)
    except ValueError:
        return None
