"""An input of the network as a visitor types it, or as a browser sends it: checked before it is used."""

import re
from typing import TypeGuard
from unicodedata import normalize

from playground.numerals import NumeralError, quoted, read_number

MAX_LENGTH = 200  # of a text, in characters
MAX_SIZE = 1e6  # of an input; far beyond it a network says nothing any more
_NAME = re.compile(r"\bx[_ ]?([12₁₂]?) *[=:] *", re.IGNORECASE)  # x1 = 1.5
WHOLE_STEP = "all"  # in the place of an example's number


def read_input(text: str, count: int) -> tuple[float, ...]:
    """So many inputs out of a text: "1.5", or "1.5, -2".

    Raises:
        ValueError: when it is something else; the sentence has no full stop.
    """
    named = "x must be a number, such as 1.5" if count == 1 else "x must be two numbers, such as 1.5, -2"
    text = text[: MAX_LENGTH + 1].strip()
    names, plain = [normalize("NFKC", name) for name in _NAME.findall(text)], _NAME.sub("", text)
    parts = _parted(plain.rstrip("; ") if count == 1 else plain.strip("()[]{};, "), count)
    if names == ["2", "1"]:
        parts.reverse()
    is_named = len(names) < count or count == 1 or sorted(names) == ["1", "2"]
    if len(parts) != count or len(plain) > MAX_LENGTH or not is_named:
        raise ValueError(f"{named}, not {quoted(text)}")
    try:
        numbers = tuple(map(read_number, parts))
    except NumeralError as error:
        raise ValueError(f"{named}: {error}") from None
    if not is_input(list(numbers), count):
        raise ValueError(f"x must be between -1e6 and 1e6, not {quoted(text)}")
    return numbers


def _parted(text: str, count: int) -> list[str]:
    """A text at its semicolons, or else its spaces, or else its commas, whichever gives so many parts."""
    if count == 1:
        return [text]
    for mark in (r"\s*[;|]\s*", r"\s+", ","):
        parts = [part.strip(", ") for part in re.split(mark, text)]
        if len(parts) == count:
            break
    return parts


def read_example(text: str, count: int) -> int:
    """The number of one of so many examples out of a text.

    Raises:
        ValueError: when it is something else; the sentence has no full stop.
    """
    named = f"example must be a whole number from 0 to {count - 1}"
    try:
        number = read_number(text[: MAX_LENGTH + 1], whole=True)
    except NumeralError as error:
        raise ValueError(f"{named}: {error}") from None
    if number not in range(count):
        raise ValueError(f"{named}, not {quoted(text)}")
    return int(number)


def is_input(x: object, count: int) -> TypeGuard[list[float]]:
    """Whether something is so many numbers of a size that a network can take."""
    if not isinstance(x, list | tuple) or len(x) != count:
        return False
    return all(isinstance(each, int | float) and not isinstance(each, bool) and abs(each) <= MAX_SIZE for each in x)


def is_example(number: object, count: int) -> TypeGuard[int]:
    """Whether something is the number of one of so many examples."""
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < count
