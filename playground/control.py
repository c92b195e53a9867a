"""A control: the valid values of one field of an experiment, and how the page labels and explains it."""

import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from playground.numerals import NumeralError, plain_text, read_number, written

Group = Literal["data", "network", "seed", "training", "pace"]
Value = str | int | float
N = TypeVar("N", int, float)
T = TypeVar("T")
C = TypeVar("C", str, int)

MAX_ENTRIES = 16  # of a list in a link or a saved file
MAX_SHOWN = 40  # characters of an invalid value


@dataclass(frozen=True)
class Control:
    """The valid values of a field of an experiment, and how the page labels and explains it.

    Args:
        kind: the type of its values.
        group: what it belongs to: the data, the network (with what it sees of the data), the seed of its initial
            weights, how it trains, or at what pace and how long.
        label, help: the page's words.
        choices: the valid values, if they are few.
        multiple: several choices may be selected, at least one; the value is a tuple in the order of `choices`.
        per_layer: the value is a tuple with one entry per hidden layer, empty without one.
        max_length: of a text, in characters.
        low, high, step: limits of a number, both inclusive, and the step of its widget.
    """

    kind: type[str] | type[int] | type[float]
    group: Group
    label: str
    help: str
    choices: tuple[Value, ...] = ()
    multiple: bool = False
    per_layer: bool = False
    max_length: int | None = None
    low: float = -math.inf
    high: float = math.inf
    step: float | None = None

    @property
    def restarts(self) -> bool:
        """Whether a change makes another network or other data, so that the run starts again."""
        return self.group in ("data", "network", "seed")

    @property
    def limits(self) -> str:
        """What a number must be, in words."""
        whole = self.kind is int
        low, high = (f"{limit:,}" if whole else f"{limit:g}" for limit in (self.low, self.high))
        return f"a {'whole ' * whole}number from {low} to {high}"

    def check(self, value: object) -> Any:
        """`value` as the field holds it: of the control's kind, or a tuple of such entries.

        Raises:
            ValueError: when it is invalid; the sentence says what would be valid.
        """
        if not (self.multiple or self.per_layer):
            return self.check_entry(value)
        if not isinstance(value, list | tuple):
            content = "one value per hidden layer" if self.per_layer else "at least one choice"
            raise ValueError(f"{self.label} must be a list with {content}, not {_shown(value)}.")
        entries = tuple(self.check_entry(entry) for entry in value)
        if self.per_layer:
            return entries
        if not entries:
            raise ValueError(f"{self.label} must have at least one of {', '.join(map(str, self.choices))}.")
        return tuple(choice for choice in self.choices if choice in entries)

    def check_entry(self, value: object) -> Any:
        """The same of one entry of a tuple, or of the value of any other field."""
        if self.max_length:
            if not isinstance(value, str) or len(value) > self.max_length:
                raise ValueError(f"{self.label} must be a text of at most {self.max_length:,} characters.")
            return value
        if self.choices:
            choice: Any = self._name(value) if self.kind is str else self._number(value)
            if choice not in self.choices:
                raise ValueError(
                    f"{self.label} must be one of {', '.join(map(str, self.choices))}, not {_shown(value)}."
                )
            return choice
        number = self._number(value)
        if number is None or not self.low <= number <= self.high:
            raise ValueError(f"{self.label} must be {self.limits}, not {_shown(value)}.")
        return number

    def _name(self, value: object) -> object:
        """The choice that a text names in other letters: Tanh is tanh, gradient descent is gradient_descent."""
        if not isinstance(value, str) or value in self.choices or len(value) > MAX_SHOWN:
            return value
        plain = re.sub("[ -]", "_", plain_text(value)).casefold()
        return plain if plain in self.choices else value

    def _number(self, value: object) -> float | None:
        """`value` as an int or a float; None if it is not such a number. A ValueError on a text that can be two valid
        ones."""
        try:
            return _number(value, self.kind)
        except NumeralError as error:
            valid = [each for each in error.readings if self._is_valid(each)]
            if (share := error.share(self.low, self.high)) in valid:
                return share
            if len(valid) == 1:
                raise ValueError(
                    f"{self.label} must be {self.limits}, not {_shown(value)}: write {written(valid[0])}."
                ) from None
            if valid:
                raise ValueError(f"{self.label}: {error}.") from None
            return None

    def _is_valid(self, number: float) -> bool:
        return self.low <= number <= self.high and (self.kind is not int or number == int(number))

    def read(self, text: str) -> Any:
        """The value of the field in the text of a link, in which commas separate the entries of a tuple."""
        if self.per_layer and text.strip().lower() in ("", "none"):
            return ()  # no hidden layer
        if self.per_layer or self.multiple:
            text = text.strip().strip("[]()")
        return self.check(text.split(",")[:MAX_ENTRIES] if self.multiple or self.per_layer else text)


# The fields of an experiment: each a default with its Control.


def number(group: Group, default: N, label: str, help: str, *, low: float, high: float, step: float | None = None) -> N:
    """A field that is a number from `low` to `high`: a whole one if the default is."""
    return _field(default, Control(type(default), group, label, help, low=low, high=high, step=step))


def number_per_layer(
    group: Group, default: tuple[N, ...], label: str, help: str, *, low: float, high: float, step: float
) -> tuple[N, ...]:
    """A field with one number per hidden layer."""
    kind = type(default[0])
    return _field(default, Control(kind, group, label, help, per_layer=True, low=low, high=high, step=step))


def choice(group: Group, default: C, label: str, help: str, choices: tuple[C, ...]) -> C:
    """A field that is one of a few values."""
    return _field(default, Control(type(default), group, label, help, choices))


def choice_per_layer(
    group: Group, default: tuple[str, ...], label: str, help: str, choices: tuple[str, ...]
) -> tuple[str, ...]:
    """A field with one of a few names per hidden layer."""
    return _field(default, Control(str, group, label, help, choices, per_layer=True))


def multiple_choice(
    group: Group, default: tuple[str, ...], label: str, help: str, choices: tuple[str, ...]
) -> tuple[str, ...]:
    """A field with some of a few names, at least one."""
    return _field(default, Control(str, group, label, help, choices, multiple=True))


def text(group: Group, default: str, label: str, help: str, *, max_length: int) -> str:
    """A field that is a text."""
    return _field(default, Control(str, group, label, help, max_length=max_length))


def _field(default: T, control: Control) -> T:
    return field(default=default, metadata={"control": control})


def _shown(value: object) -> str:
    """An invalid value, cut to a few words."""
    try:
        shown = repr(_visible(value) if isinstance(value, str) else value)
    except ValueError:  # a whole number of more than 4300 digits
        shown = "a number of thousands of digits"
    return shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}…"


def _visible(text: str) -> str:
    """A text without what cannot be seen, and with one kind of space."""
    return "".join(" " if c.isspace() else c for c in text[: 2 * MAX_SHOWN] if unicodedata.category(c) != "Cf")


def _number(value: Any, kind: type) -> float | None:
    """`value` as an int or a float; None if it is not such a number. A NumeralError on a text that is not one."""
    if isinstance(value, bool | bytes | bytearray):
        return None
    try:
        number = read_number(value, whole=kind is int) if isinstance(value, str) else float(value)
    except (TypeError, OverflowError):
        return None
    if not math.isfinite(number) or (kind is int and number != int(number)):
        return None
    return int(number) if kind is int else number
