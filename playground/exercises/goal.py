"""The goal of an exercise: comparisons of numbers of a run, read from a link and checked, never run as code."""

import html
import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from playground.exercises.quantities import QUANTITIES, Quantity
from playground.numerals import NumeralError, quoted, read_number, written
from playground.player import Frame, Player

MAX_LENGTH = 300  # of a goal, in characters
MAX_CONDITIONS = 12
EXAMPLE = "loss<0.01,epoch<=2000"

Compare = Callable[[float, float], bool]
COMPARISONS: Mapping[str, Compare] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
SHARES = ("accuracy", "precision", "recall")  # how the names of what is written in per cent end
SHOWN = {"<=": "≤", ">=": "≥"}
_OTHER_MARKS = {"≤": "<=", "≥": ">=", "==": "=", "=<": "<=", "=>": ">="}
_BETWEEN = re.compile(r"[,;，；\n]|&+|\band\b", re.IGNORECASE)
_MARK = re.compile("|".join(sorted([*COMPARISONS, *_OTHER_MARKS], key=len, reverse=True)))


class Condition(NamedTuple):
    """One part of a goal: a quantity, a comparison, and the number that it is compared with."""

    quantity: Quantity
    mark: str
    bound: float

    def holds(self, value: float | None) -> bool:
        """Whether it holds of a value of its quantity; never of None or of nan."""
        return value is not None and COMPARISONS[self.mark](value, self.bound)

    @property
    def text(self) -> str:
        """As a link has it."""
        return f"{self.quantity.name}{self.mark}{written(self.bound)}"

    @property
    def in_words(self) -> str:
        """As the page shows it."""
        label, mark = self.quantity.label, SHOWN.get(self.mark, self.mark)
        if self.quantity.name == "diverged" and self in DIVERGES:
            return label
        return f"{label} {mark} {_shown(self.quantity, self.bound)}"


DIVERGES = tuple(
    Condition(QUANTITIES["diverged"], mark, bound) for mark, bound in (("=", 1.0), (">=", 1.0), (">", 0.0))
)


class Goal(NamedTuple):
    """Conditions that are to hold at one and the same moment of a run."""

    conditions: tuple[Condition, ...]

    @property
    def text(self) -> str:
        """As a link has it."""
        return ",".join(condition.text for condition in self.conditions)

    @property
    def in_words(self) -> str:
        """As the page shows it."""
        return ", ".join(condition.in_words for condition in self.conditions)

    def first_epoch(self, player: Player, after: int) -> int | None:
        """The first epoch at which it holds: of those later than `after`, or else the present; None for none.

        A loss is on record for every epoch (of a long run for every second, and so on), whatever the speed. What is
        measured with the frames alone is checked there.
        """
        for epoch, frame in self._moments(player, after):
            if all(c.holds(c.quantity.of(player, frame)) for c in self.conditions):
                return epoch
        return None

    def _moments(self, player: Player, after: int) -> Iterator[tuple[int, Frame]]:
        """The epochs to look at, rising, each with a frame that has what the conditions ask for."""
        present = player.frames[-1]
        if all(condition.quantity.every_epoch for condition in self.conditions) and not player.trainer.diverged:
            history = player.trainer.history
            for epoch, loss in zip(history.epochs.tolist(), history.losses.tolist(), strict=True):
                if after < epoch < present.epoch:
                    yield epoch, present._replace(epoch=epoch, loss=loss)
        else:
            yield from ((frame.epoch, frame) for frame in player.frames[:-1] if frame.epoch > after)
        yield present.epoch, present


def read_goal(text: str) -> Goal:
    """The Goal that a text means, such as "loss<0.01,epoch<=2000".

    Raises:
        ValueError: when it means none; the sentence says which part is wrong, and what would be right.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"A goal can have at most {MAX_LENGTH} characters, not {len(text):,}.")
    parts = _parts(html.unescape(text))
    if not any(parts):
        raise ValueError(f"A goal must say what is to be reached, as {EXAMPLE}.")
    if len(parts) > MAX_CONDITIONS:
        raise ValueError(f"A goal can have at most {MAX_CONDITIONS} parts, not {len(parts)}.")
    return Goal(tuple(map(_read, parts)))


def _parts(text: str) -> list[str]:
    """The comparisons in a text; after a comma, digits alone are the decimals of the number before it."""
    parts = _BETWEEN.split(text.strip().rstrip(",; "))
    for place in range(len(parts) - 1, 0, -1):
        if re.fullmatch(r"\d+(e[-+]?\d+)? *", parts[place], re.ASCII) and re.search(r"\d$", parts[place - 1]):
            parts[place - 1 : place + 1] = [f"{parts[place - 1]},{parts[place]}"]
    return [part.strip() for part in parts]


def _read(part: str) -> Condition:
    found = _MARK.search(part)
    if found is None:
        words = "must be a name, a comparison (< <= > >= =) and a number"
        raise ValueError(f"Each part of a goal {words}, as {EXAMPLE}, not {quoted(part)}.")
    name, mark, number = _name(part[: found.start()]), found[0], part[found.end() :].strip()
    if name not in QUANTITIES:
        raise ValueError(f"A goal cannot be about {quoted(name)}: it can be about {', '.join(QUANTITIES)}.")
    quantity = QUANTITIES[name]
    return Condition(quantity, _OTHER_MARKS.get(mark, mark), bound_of(quantity, number))


def _name(text: str) -> str:
    """The name of a quantity in a text: "Test loss" is test_loss, and R^2 is r2."""
    return re.sub(r"[\s-]+", "_", text.strip().lower()).replace("²", "2").replace("^2", "2")


def bound_of(quantity: Quantity, text: str) -> float:
    """The number in a text that a quantity is compared with.

    Raises:
        ValueError: when there is none; the sentence says what it must be.
    """
    try:
        bound = read_number(text)
    except NumeralError as error:
        share = error.share(quantity.low, quantity.high)
        if share is None:
            raise ValueError(f"In the goal, {quantity.name} must be compared with a number: {error}.") from None
        bound = share
    if not quantity.low <= bound <= quantity.high or math.isinf(bound):
        raise ValueError(
            f"In the goal, {quantity.name} must be compared with a number {_limits(quantity)}, not {quoted(text)}."
        )
    return bound


def _limits(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    if math.isinf(low):
        return f"of at most {high:g}"
    return f"from {low:g} to {high:g}" if math.isfinite(high) else f"of at least {low:g}"


def _shown(quantity: Quantity, bound: float) -> str:
    if quantity.name.endswith(SHARES):
        return f"{written(round(100 * bound, 6))} %"
    return f"{bound:,.0f}" if bound >= 1000 and bound == round(bound) else written(bound)
