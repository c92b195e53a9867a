"""A control: what one field of an experiment may be, and how the page words it."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Control:
    """What a field of an experiment may be, and how the page words it.

    Args:
        label, help: the words at the control.
        choices: the values there are to choose from, if they are few; names or numbers.
        several: whether any of the choices are taken together, one at least: a tuple in the order of the choices.
        longest: how many characters a text may have.
        low, high, step: limits of a number, both inclusive, and the step of its control.
        restarts: whether a change of it makes another network or other data, so that the run starts again.
    """

    label: str
    help: str
    choices: tuple = ()
    several: bool = False
    longest: int | None = None
    low: float | None = None
    high: float | None = None
    step: float | None = None
    restarts: bool = False

    def check(self, value, like):
        """`value` as the type of the default, `like`; a ValueError that says what would be right otherwise."""
        whole = isinstance(like, int)
        if self.longest:
            if not isinstance(value, str) or len(value) > self.longest:
                raise ValueError(f"{self.label}: a text of at most {self.longest:,} characters is wanted.")
            return value
        if self.choices:
            wanted = value if isinstance(like, str) else _number(value, whole=whole)
            if wanted not in self.choices:
                raise ValueError(f"{self.label}: {_shown(value)} is not one of {', '.join(map(str, self.choices))}.")
            return wanted
        number = _number(value, whole=whole)
        if number is None or not self.low <= number <= self.high:
            kind = "a whole number" if whole else "a number"
            low, high = (f"{limit:,}" if whole else f"{limit:g}" for limit in (self.low, self.high))
            raise ValueError(f"{self.label} must be {kind} from {low} to {high}, not {_shown(value)}.")
        return number

    def check_each(self, values, like):
        """The same of each of several values: one a layer, or those that are chosen; a tuple."""
        if not isinstance(values, list | tuple):
            wanted = "" if self.several else ", one for each layer"
            raise ValueError(f"{self.label}: a list is wanted{wanted}, not {_shown(values)}.")
        values = tuple(self.check(value, like) for value in values)
        if not self.several:
            return values
        if not values:
            raise ValueError(f"{self.label}: one at least is wanted.")
        return tuple(choice for choice in self.choices if choice in values)


def _shown(value):
    """A refused value in a few words, whatever it is."""
    try:
        text = repr(value)
    except ValueError:  # a whole number of more than 4300 digits
        text = "a number of thousands of digits"
    return text if len(text) <= 40 else f"{text[:40]}…"


def _number(value, *, whole):
    """`value` as an int or a float, or None when it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if isinstance(value, bool) or not math.isfinite(number) or (whole and number != int(number)):
        return None
    return int(number) if whole else number
