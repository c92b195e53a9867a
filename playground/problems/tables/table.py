"""A table of own points: what is learnt from a file, with the visitor's own names of columns and classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from nn.arrays import Matrix
from playground.problems.tables.rows import is_numeric

MAX_CLASSES = 3
MAX_CLASS_NUMBER = 1_000_000  # below which the name of a class has all its digits
COUNTED = ((0, 1), (0, 1, 2))  # classes already, by their numbers
NAMES = {2: ("x", "y"), 3: ("x1", "x2", "y")}


def are_few(ys: Sequence[float]) -> bool:
    """Whether targets are two or three different whole numbers."""
    found = set(ys)
    return 2 <= len(found) <= MAX_CLASSES and all(y.is_integer() and abs(y) < MAX_CLASS_NUMBER for y in found)


@dataclass(frozen=True)
class Table:
    """The contents of a file.

    Attributes:
        names: of the columns, the target's last. They are a visitor's own words: show them as text only.
        Xs: (inputs, m) float64, one or two inputs.
        Ys: (1, m) float64, the target; a class is its number, from 0.
        classes: the names of the classes in the order of their numbers; () where y is a number, or a class by its
            number.
        left_out: clauses on what of the file was left out or taken in a special way.
    """

    names: tuple[str, ...]
    Xs: Matrix
    Ys: Matrix
    classes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def numbered_classes(self) -> bool:
        """Whether y was a number in the file that was taken for a class."""
        return any(name.startswith("class ") and is_numeric(name.removeprefix("class ")) for name in self.classes)

    @property
    def class_numbers(self) -> tuple[float, ...]:
        """The few whole numbers that y is, each in several rows, which could be classes; () where it is otherwise."""
        ys = self.Ys[0].tolist()
        found = tuple(sorted(set(ys)))
        could_be = len(self.Xs) == 2 and not self.classes and are_few(ys) and found not in COUNTED
        return found if could_be and all(ys.count(y) > 1 for y in found) else ()

    @property
    def words(self) -> str:
        """What was read, in one line."""
        letters = NAMES[len(self.names)]
        each = [name if name == x else f"{name} ({x})" for name, x in zip(self.names, letters, strict=True)]
        if self.classes:
            each[-1] += f", which is {', '.join(self.classes[:-1])} or {self.classes[-1]}"
        inputs = ", ".join(each[:-1])
        return "; ".join([f"{self.Xs.shape[1]:,} points of {inputs} and {each[-1]}", *self.left_out]) + "."
