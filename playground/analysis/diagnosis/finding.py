"""A finding: one known pattern that a run shows, with its evidence, a lesson and one change to try."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Suggestion(NamedTuple):
    """One change to try.

    Attributes:
        changes: fields of the experiment with their new values; the run's experiment can take them.
        label: of the button that tries them, e.g. "Try a learning rate of 0.2".
        reason: how a number among them was chosen, a phrase; "" where it needs no words.
        go_back: the recorded epoch to go back to before the change; None to go on from the present.
    """

    changes: Mapping[str, Any]
    label: str
    reason: str = ""
    go_back: int | None = None

    def from_epoch(self, epoch: int) -> "Suggestion":
        """The same change from a recorded epoch on."""
        label = f"Go back to epoch {epoch:,}, and {self.label[0].lower()}{self.label[1:]}"
        return self._replace(label=label, go_back=epoch)


class Finding(NamedTuple):
    """A pattern that a run shows, in words for the visitor.

    Attributes:
        name: of the pattern, e.g. "plateau".
        title: the pattern as a short statement, e.g. "The loss is on a plateau".
        evidence: a sentence with numbers of this very run, and how the suggested number was chosen.
        lesson: the name of the lesson that explains it, e.g. "learning_rate".
        offer: the change to try; None where none that was tried helps.
    """

    name: str
    title: str
    evidence: str
    lesson: str
    offer: Suggestion | None

    @property
    def suggested_changes(self) -> Mapping[str, Any]:
        """Those of the offer; none without one."""
        return self.offer.changes if self.offer else {}


def finding(name: str, title: str, evidence: str, lesson: str, offer: Suggestion | None) -> Finding:
    """A Finding; the reason of its offer, if it has one, follows the evidence."""
    why = f" Suggested: {offer.reason}." if offer and offer.reason else ""
    return Finding(name, title, evidence + why, lesson, offer)


def percent(share: float) -> str:
    """A share in per cent, to two digits where it is small: "0.42 %", "37 %"."""
    if 0 < share < 1e-4:
        return "less than 0.01 %"
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.0f} %"


def rounded(value: float, digits: int) -> str:
    """A number to so many digits, as people write it: "0.0012", "4,000", "1.3e9"."""
    text = f"{value:.{digits}g}"
    if "e+" not in text:
        return text
    return f"{float(text):,.0f}" if abs(value) < 1e6 else text.replace("e+0", "e").replace("e+", "e")


def still_unexplained(share: float) -> str:
    """How much of the variance is unexplained, a clause."""
    if share > 1:
        return "the fit is worse than a constant"
    return f"{percent(share)} of the variance of y is still unexplained"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
