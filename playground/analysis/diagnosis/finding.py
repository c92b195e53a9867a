"""A finding: one known pattern that a run shows, with its evidence, a lesson and one change to try."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Suggestion(NamedTuple):
    """One change to try.

    Attributes:
        changes: fields of the experiment with their new values; the run's experiment can take them.
        label: of the button that tries them, e.g. "Try a learning rate of 0.2".
        reason: how a number among them was chosen, a phrase; "" where it needs no words.
    """

    changes: Mapping[str, Any]
    label: str
    reason: str = ""


class Finding(NamedTuple):
    """A pattern that a run shows, in words for the visitor.

    Attributes:
        name: of the pattern, e.g. "plateau".
        title: the pattern as a short statement, e.g. "The loss is on a plateau".
        evidence: a sentence with numbers of this very run, and how the suggested number was chosen.
        lesson: the name of the lesson that explains it, e.g. "learning_rate".
        suggested_changes, action_label: the change to try and its button, as in Suggestion.
    """

    name: str
    title: str
    evidence: str
    lesson: str
    suggested_changes: Mapping[str, Any]
    action_label: str


def finding(name: str, title: str, evidence: str, lesson: str, suggestion: Suggestion) -> Finding:
    """A Finding; the reason of its suggestion, if it has one, follows the evidence."""
    why = f" Suggested: {suggestion.reason}." if suggestion.reason else ""
    return Finding(name, title, evidence + why, lesson, suggestion.changes, suggestion.label)


def percent(share: float) -> str:
    """A share in per cent, to two digits where it is small: "0.42 %", "37 %"."""
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.0f} %"
