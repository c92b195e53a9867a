"""A visitor's own target: a formula, typed as text, becomes a function of arrays. The text is never run.

Its characters are made plain (text.py), taken apart into numbers, names and marks (tokens.py, with the words of
words.py), and read as a tree (parser.py), which is built of the functions of functions.py alone. What can be read in
one way only is taken, and `text` is the formula as it was understood; anything else is refused with a sentence and the
place of the character.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from nn.arrays import Matrix
from playground.problems.formulas.copied import as_choice, as_written_here
from playground.problems.formulas.error import MAX_LENGTH, FormulaError, WrongAt
from playground.problems.formulas.inputs import (
    ONE,
    TWO,
    Head,
    check_curve,
    head_for,
    head_of,
    inputs_of,
    names_for,
    only_letter,
)
from playground.problems.formulas.parser import Parser
from playground.problems.formulas.text import plain_text
from playground.problems.formulas.tokens import END, tokens_of
from playground.problems.formulas.tree import Compared, Evaluate, Node, evaluator, renamed, written

_LIMIT = re.compile(r"[^\s^_({,:?=] *(\{)[^{},:]*[<>≤≥][^{},:]*\}\s*$")  # of where a curve is drawn: x^2 {x > 0}


@dataclass(frozen=True)
class Formula:
    """A function of arrays, typed as text.

    Called with one array per variable, it returns a new float64 array of their broadcast shape: 1 or 0 for a
    comparison, inf or NaN where there is no value.

    Args:
        text: such as "sin(x) + x / 2" or "y = x**2"; stored as it was understood, without the "y =" and the spaces
            around it. Typed again, that gives the same formula.
        variables: the names of the inputs.

    Attributes:
        tree: the formula as a tree.
        altered: whether more than that was needed to understand it.
        spaced: where a product was understood from a space; None if nowhere.

    Raises:
        FormulaError: when the text is not a formula, or can be meant in two ways.
    """

    text: str
    variables: tuple[str, ...] = ONE
    tree: Node = field(init=False, repr=False, compare=False)
    altered: bool = field(init=False, repr=False, compare=False)
    spaced: int | None = field(init=False, repr=False, compare=False)
    _value: Evaluate = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text, variables = _checked(self.text), tuple(self.variables)
        try:
            read = _read(text, variables)
            names = names_for(read.tree, read.head, variables)
            tree = renamed(read.tree, names)
            altered = read.altered or tree != read.tree or not read.head.is_plain
            understood = _understood(tree, variables) if altered else read.typed
        except WrongAt as wrong:
            raise FormulaError(wrong.message, text, wrong.at) from None
        values = {"text": understood, "variables": variables, "tree": tree, "altered": altered, "spaced": read.spaced}
        for name, value in (values | {"_value": evaluator(tree, variables)}).items():
            object.__setattr__(self, name, value)

    @property
    def is_border(self) -> bool:
        """Whether it compares two inputs: a border between two classes."""
        return len(self.variables) > 1 and isinstance(self.tree, Compared)

    def __call__(self, *inputs: npt.ArrayLike) -> Matrix:
        if len(inputs) != len(self.variables):
            raise TypeError(f"{self} takes {len(self.variables)} arrays, not {len(inputs)}.")
        arrays = [np.asarray(each, np.float64) for each in inputs]
        shape = np.broadcast_shapes(*(each.shape for each in arrays))
        with np.errstate(all="ignore"):
            return np.array(np.broadcast_to(self._value(arrays), shape), np.float64)


def formula_of(text: str, *, curve: bool = False) -> Formula:
    """A Formula of x, or of x1 and x2 if it names one of them or compares y with something.

    Args:
        text: as typed.
        curve: whether a curve is what was learnt so far: x2 alone may then be meant for a power.

    Raises:
        FormulaError: when the text is not a formula, or can be meant in two ways.
    """
    text = _checked(text)
    try:
        read = _read(text, ())
        if curve:
            check_curve(read.tree, read.head)
    except WrongAt as wrong:
        raise FormulaError(wrong.message, text, wrong.at) from None
    return Formula(text, inputs_of(read.tree, read.head))


@dataclass(frozen=True)
class _Read:
    """What was read: the tree with the names as typed, and the formula as typed, without what stands before it."""

    tree: Node
    head: Head
    typed: str
    altered: bool
    spaced: int | None


def _checked(text: Any) -> str:
    if not isinstance(text, str):
        raise FormulaError("A formula must be a text.", "", 0)
    if len(text) > MAX_LENGTH:
        words = f"A formula must have at most {MAX_LENGTH} characters; this one has {len(text)}."
        raise FormulaError(words, text, MAX_LENGTH)
    return text


def _read(text: str, variables: tuple[str, ...]) -> _Read:
    if "\\" not in text and (limit := _LIMIT.search(text)):
        words = "A curve has a value everywhere; write where(a, b, c), which is b where a holds and c elsewhere."
        raise WrongAt(words, limit.start(1))
    plain = as_written_here(plain_text(text))
    head = head_of(plain.text)
    plain = as_choice(plain, head.length)
    own_names = variables if variables not in ((), ONE, TWO) else ()
    letter = () if head.parameters or own_names else only_letter(plain.text)
    head = head._replace(parameters=letter) if letter else head
    inputs = variables or (TWO if any(name in plain.text for name in TWO) else ONE)
    tokens = tokens_of(plain, head.length, inputs, head.parameters or own_names)
    if tokens[0].kind == END:
        raise WrongAt(f"There is no formula yet; write one, such as sin({inputs[0]}).", len(text))
    parser = Parser(tokens, inputs[0])
    tree = parser.formula()
    altered = plain.altered or parser.altered or bool(letter) or not all(token.as_typed for token in tokens)
    return _Read(tree, head, plain.text[head.length :].rstrip(" "), altered, parser.spaced)


def _understood(tree: Node, variables: tuple[str, ...]) -> str:
    """The formula as text, in at most as many characters as can be typed."""
    text = head_for(tree, variables) + written(tree)
    if len(text) > MAX_LENGTH:
        text = text.replace(" ", "")
    if len(text) > MAX_LENGTH:
        raise WrongAt(f"With all its * and brackets, this formula has more than {MAX_LENGTH} characters.", 0)
    return text
