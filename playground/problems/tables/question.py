"""What a file does not say of itself: the visitor's answers, and the questions."""

from typing import NamedTuple

from playground.problems.tables.numbers import Mark
from playground.problems.tables.text import TableError


class Reading(NamedTuple):
    """What is known of a file beside its bytes: the visitor's answers.

    Attributes:
        mark: the decimal mark, if no number of the file shows it.
        places: of the columns of the inputs and, last, of the target.
        classes: whether a y of a few whole numbers is a class; None for -1 and 1, 1 and 2, or 1, 2 and 3 alone.
        missing: whether numbers such as -999 stand for missing values, whose rows are left out.
    """

    mark: Mark | None = None
    places: tuple[int, ...] | None = None
    classes: bool | None = None
    missing: bool | None = None


UNASKED = Reading()


class TwoMeaningsError(TableError):
    """A file with two meanings.

    Attributes:
        answers: for each what to press, and the Reading that is then meant.
    """

    def __init__(self, message: str, answers: dict[str, Reading]) -> None:
        super().__init__(message)
        self.answers = answers
