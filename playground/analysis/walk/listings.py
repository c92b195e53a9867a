"""Lines of our own code, to be shown beside the numbers that they compute."""

import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from types import CodeType
from typing import Any, NamedTuple


class Listing(NamedTuple):
    """Lines of a function.

    Attributes:
        function: whose they are.
        first, last: their numbers in its file, from 1.
        text: the lines, without common indentation.
    """

    function: Callable[..., Any]
    first: int
    last: int
    text: str


def whole(function: Callable[..., Any]) -> Listing:
    """All lines of a function."""
    lines, first = _lines_of(inspect.unwrap(function).__code__)
    return Listing(function, first, first + len(lines) - 1, textwrap.dedent("".join(lines)))


def line(function: Callable[..., Any], comment: str) -> Listing:
    """The line of a function that ends with a comment, with the lines before it that open its block."""
    lines, first = _lines_of(inspect.unwrap(function).__code__)
    end = next(number for number, text in enumerate(lines) if f"# {comment}" in text)
    start = end
    while lines[start - 1].rstrip().endswith(":"):
        start -= 1
    text = textwrap.dedent("".join(lines[start : end + 1])).rstrip()
    return Listing(function, first + start, first + end, text)


@cache  # to find them takes longer than to compute all numbers of a step
def _lines_of(code: CodeType) -> tuple[list[str], int]:
    """The lines of a function, and the number of the first in its file."""
    return inspect.getsourcelines(code)
