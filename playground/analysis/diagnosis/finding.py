"""A finding: one known pattern that a run shows, with its evidence, a lesson and one change to try."""

from typing import NamedTuple


class Finding(NamedTuple):
    """What is found of a run, in words for the visitor.

    Attributes:
        name: of the pattern, e.g. "plateau".
        title: the pattern in a short statement, e.g. "The loss is on a plateau".
        evidence: one sentence with numbers of this very run.
        lesson: the name of the lesson that explains it, e.g. "learning_rate".
        change: fields of the Experiment to try with other values, {name: value}; the run's experiment can take them.
        label: the words of the button that tries them, e.g. "Try a learning rate of 0.2".
    """

    name: str
    title: str
    evidence: str
    lesson: str
    change: dict
    label: str


def percent(share):
    """A share in per cent, to two digits where it is small: "0.42 %", "37 %"."""
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.0f} %"
