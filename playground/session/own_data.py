"""What the visitor made, points and a formula: it stays, whatever is looked at, and what replaced it can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate

from playground.experiment import DEFAULTS, Experiment
from playground.problems.data_settings import CURVE
from playground.sharing.links import MAX_LENGTH
from playground.sharing.saved.field import Field, SavedError

TARGETS = {"own": "points", "formula": "formula"}  # the visitor's own fields, and the target that uses each
MAX_UNDO = 20
MAX_CHARACTERS = 5_000_000  # of all that an undo can bring back of a field
MAX_KEPT = 500_000  # of the part that the visitor's browser keeps


class OwnData:
    """Keeps the visitor's own data when another experiment is looked at, and what was replaced for an undo.

    Attributes:
        is_undoing: whether what was replaced is being brought back.
    """

    def __init__(self) -> None:
        self._before: dict[str, list[str]] = {name: [] for name in TARGETS}
        self.is_undoing = False

    def can_undo(self, name: str) -> bool:
        """Whether there is something to go back to: of "own", the points, or of "formula"."""
        return bool(self._before[name])

    @property
    def replaced(self) -> dict[str, tuple[str, ...]]:
        """What an undo can bring back of each field, the latest last; no more than the visitor's browser keeps."""
        found: dict[str, tuple[str, ...]] = {}
        for name, texts in self._before.items():
            sizes = accumulate(len(text) for text in reversed(texts))
            count = sum(size <= MAX_KEPT for size in sizes)
            found[name] = tuple(texts[len(texts) - count :])
        return found

    def too_long(self, present: Experiment) -> list[str]:
        """The own points, each once, that are too long for an address and still here; the latest last."""
        texts = [*self._before["own"], present.own]
        return [text for i, text in enumerate(texts) if len(text) > MAX_LENGTH and text not in texts[i + 1 :]]

    def load(self, replaced: object) -> None:
        """Takes what a browser has kept.

        Raises:
            SavedError: when it is anything else; nothing is changed then.
        """
        fields = Field(replaced, "The own data").fields(TARGETS)
        found = {
            name: [each.value for each in field.items(MAX_UNDO)] for name, field in zip(TARGETS, fields, strict=True)
        }
        texts = {name: [text for text in values if isinstance(text, str)] for name, values in found.items()}
        if texts != found or sum(len(text) for each in texts.values() for text in each) > 2 * MAX_KEPT:
            raise SavedError("The own data must be texts.")
        self._before = texts

    def kept_in(self, experiment: Experiment, present: Experiment) -> Experiment:
        """An experiment with the own data of the present one, where it does not use its own."""
        kept = {name: getattr(present, name) for name in TARGETS if not _uses(experiment, name)}
        kept = {name: text for name, text in kept.items() if text not in (DEFAULTS[name], getattr(experiment, name))}
        return experiment.changed(**kept) if kept else experiment

    def note(self, before: Experiment, after: Experiment) -> None:
        """Notes that one experiment has followed another, with what it may have replaced."""
        for name, texts in self._before.items() if not self.is_undoing else ():
            text = getattr(before, name)
            if text != getattr(after, name) and _uses(after, name):
                texts.append(text)
                while len(texts) > MAX_UNDO or sum(map(len, texts)) > MAX_CHARACTERS:
                    texts.pop(0)

    @contextmanager
    def undoing(self, name: str) -> Iterator[str]:
        """Gives what was replaced last of a field. It is then forgotten, unless the block raises; nothing is noted."""
        self.is_undoing = True
        try:
            yield self._before[name][-1]
            self._before[name].pop()
        finally:
            self.is_undoing = False


def _uses(experiment: Experiment, name: str) -> bool:
    return experiment.problem == CURVE and experiment.target == TARGETS[name]
