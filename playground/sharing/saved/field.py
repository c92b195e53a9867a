"""A field of a saved run: a JSON value that is checked before anything is made of it."""

import math
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from nn.arrays import Flat


class SavedError(ValueError):
    """What is wrong with a file, in a sentence for the visitor."""


class Field:
    """A value of the file, and its name for messages.

    Each method checks that the value is of a kind, and returns it as that.

    Raises:
        SavedError: by every method, when the value is of another kind.
    """

    def __init__(self, value: object, name: str) -> None:
        self.value, self.name = value, name

    def error(self, predicate: str) -> SavedError:
        """The error whose sentence is the name with this predicate: "must be 1"."""
        return SavedError(f"{self.name} {predicate}.")

    def object(self) -> dict[str, Any]:
        """A JSON object."""
        if type(self.value) is not dict:
            raise self.error("must have named fields")
        return self.value

    def fields(self, names: Iterable[str], prefix: str | None = None) -> "list[Field]":
        """The fields of an object that has these and no others, in their order; `prefix` begins their names."""
        values, names, prefix = self.object(), tuple(names), prefix or self.name
        for name in names:
            if name not in values:
                raise self.error(f"has no {name}")
        for name in values:
            if name not in names:
                raise self.error(f"has {quoted(name)}, which does not belong there")
        return [Field(values[name], f"{prefix} {name}") for name in names]

    def items(self, most: int) -> "list[Field]":
        """A list, not too long."""
        if type(self.value) is not list or len(self.value) > most:
            raise self.error(f"must be a list of at most {most:,}")
        return [Field(value, self.name) for value in self.value]

    def whole(self, low: int, high: int) -> int:
        """A whole number within limits."""
        if type(self.value) is not int or not low <= self.value <= high:
            raise self.error(f"must be a whole number from {low:,} to {high:,}")
        return self.value

    def wholes(self, most: int, high: int) -> list[int]:
        """Whole numbers of at least 0, not too many."""
        return [item.whole(0, high) for item in self.items(most)]

    def rising(self, most: int, high: int) -> list[int]:
        """Whole numbers of at least 0, not too many, each above the one before."""
        numbers = self.wholes(most, high)
        if any(here >= there for here, there in pairwise(numbers)):
            raise self.error("must rise")
        return numbers

    def number(self) -> float:
        """A finite number."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
            raise self.error("must be a finite number")
        return float(value)

    def numbers(self, count: int, special: Sequence[str | None] = ()) -> list[float]:
        """So many finite numbers, or special ones: "inf", and None for nan."""
        items = self.items(count)
        if len(items) < count:
            raise self.error(f"must be {count:,} numbers, not {len(items):,}")
        return [item._special() if item.value in special else item.number() for item in items]

    def array(self, like: Flat, special: Sequence[str | None] = ()) -> Flat:
        """As many numbers as an array has, in an array of its type."""
        numbers = np.array(self.numbers(like.size, special))
        with np.errstate(over="ignore"):
            array = numbers.astype(like.dtype)
        if (np.isfinite(array) != np.isfinite(numbers)).any():
            raise self.error(f"must be numbers within the range of {like.dtype}")
        return array

    def _special(self) -> float:
        return math.nan if self.value is None else float(str(self.value))


def quoted(name: str) -> str:
    """A name from a file in quotes; "something" if it is no plain name, which could be anything."""
    return f'"{name}"' if name.isidentifier() and len(name) <= 30 else "something"
