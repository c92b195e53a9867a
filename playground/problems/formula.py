"""A visitor's own target: a formula, typed as text, becomes a function of arrays. The text is never run.

It is checked token by token, so that each error has its character and its own sentence, which a SyntaxError has not.
Python's parser then finds which operator binds first, and the formula is built from the functions of
formula_functions.py. Other names and other syntax have no way in.
"""

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from nn.arrays import Matrix
from playground.problems.formula_functions import CONSTANT_VALUES, CONSTANTS, FUNCTIONS, SIGNATURES

MAX_LENGTH = 200  # characters
MAX_DEPTH = 30  # nested brackets, signs or powers; a sum of many terms is not deep

Evaluate: TypeAlias = Callable[[Sequence[Matrix]], Any]  # from the input arrays to a value

_OPERATORS: dict[type[ast.AST], Any] = (  # ufuncs
    {ast.UAdd: np.positive, ast.USub: np.negative, ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply}
    | {ast.Div: np.divide, ast.Mod: np.remainder, ast.Pow: np.power, ast.Lt: np.less, ast.LtE: np.less_equal}
    | {ast.Gt: np.greater, ast.GtE: np.greater_equal, ast.Eq: np.equal, ast.NotEq: np.not_equal}
)

_SPARE = re.compile(r" *(?:y *=(?!=) *)?")
_DECIMAL = re.compile(r"(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_TOKEN = re.compile(
    r"(?P<number>\.?[0-9](?:[eE][+-]?[0-9]|[A-Za-z0-9_.])*)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<mark>\*\*|[<>=!]=|[-+*/%<>(),])"
    r"|(?P<end>\Z)"
    r"|(?P<other>[^ ])"
)
_INSTEAD = (  # what visitors type, and what to use instead
    {"^": "** for powers", "²": "**2", "³": "**3", "√": "sqrt(a)", "π": "pi", "×": "*", "·": "*", "÷": "/", "−": "-"}
    | {"–": "-", "≤": "<=", "≥": ">=", "≠": "!=", "=": "== to compare", "[": "(", "]": ")", "ln": "log", "pow": "a**b"}
    | {"and": "a * b", "or": "max(a, b)", "not": "1 - a", "if": "where(a, b, c)", "np": "sin(a) alone"}
    | {"math": "sin(a) alone"}
)


class FormulaError(ValueError):
    """An error in a formula.

    Args:
        message: a sentence for whoever typed it.
        typed: the text, as typed.
        position: the index of the invalid character; the length of the text if something is missing at its end.
    """

    def __init__(self, message: str, typed: str, position: int) -> None:
        super().__init__(message, typed, position)
        self.message, self.position = message, position
        self._typed = typed[: MAX_LENGTH + 1]

    def __str__(self) -> str:
        return f"Character {self.position + 1}: {self.message}"

    @property
    def pointed(self) -> str:
        """The text and, on the line below, a caret under the character."""
        shown = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in self._typed)
        return f"{shown}\n{' ' * self.position}^"


@dataclass(frozen=True)
class Formula:
    """A function of arrays, typed as text.

    Called with one array per variable, it returns a new float64 array of their broadcast shape: 1 or 0 for a
    comparison, inf or NaN where there is no value.

    Args:
        text: such as "sin(x) + x / 2" or "y = x**2"; stored without the "y =" and the spaces around it.
        variables: the names of the inputs.

    Raises:
        FormulaError: when the text is not a formula.
    """

    text: str
    variables: tuple[str, ...] = ("x",)
    _value: Evaluate = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text: Any = self.text
        if not isinstance(text, str):
            raise FormulaError("A formula must be a text.", "", 0)
        typed, variables = text, tuple(self.variables)
        if len(typed) > MAX_LENGTH:
            raise FormulaError(
                f"A formula must have at most {MAX_LENGTH} characters; this one has {len(typed)}.", typed, MAX_LENGTH
            )
        start, end = _matched(_SPARE, typed), len(typed.rstrip(" "))
        if start >= end:
            raise FormulaError(f"There is no formula yet; write one, such as sin({variables[0]}).", typed, start)
        _check(typed, start, end, variables)
        try:
            tree = ast.parse(typed[start:end], mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # none that passes the check is known
            raise FormulaError("This is not a formula.", typed, start) from None
        value = _build(tree, 0, variables, lambda message, node: FormulaError(message, typed, start + node.col_offset))
        for name, attribute in (("text", typed[start:end]), ("variables", variables), ("_value", value)):
            object.__setattr__(self, name, attribute)

    def __call__(self, *inputs: npt.ArrayLike) -> Matrix:
        if len(inputs) != len(self.variables):
            raise TypeError(f"{self} takes {len(self.variables)} arrays, not {len(inputs)}.")
        arrays = [np.asarray(each, np.float64) for each in inputs]
        shape = np.broadcast_shapes(*(each.shape for each in arrays))
        with np.errstate(all="ignore"):
            return np.array(np.broadcast_to(self._value(arrays), shape), np.float64)


def _matched(pattern: re.Pattern[str], text: str) -> int:
    """The length of the part of a text that a pattern matches at its start."""
    match = pattern.match(text)
    return match.end() if match else 0


def _check(typed: str, start: int, end: int, variables: tuple[str, ...]) -> None:
    """Raises a FormulaError at the first token that is unknown or out of place.

    A text that passes has only listed names, numbers and marks, in an order that Python parses without a warning.
    """
    opened: list[tuple[int, bool]] = []  # of each open bracket its position, and whether it holds a function's values
    before, before_at, valued = "", start, False  # the token before, its position, whether a value ends with it
    product = f"a product needs its *, as in 2*{variables[0]}"
    for token in _TOKEN.finditer(typed, start, end):
        kind, word, at = token.lastgroup, token[0], token.start()
        call, operand = before in FUNCTIONS, kind in ("number", "name") or word == "("
        inside, sign = bool(opened) and opened[-1][1], kind == "mark" and word in "+-"
        message = None
        if kind == "other" or (kind == "name" and word not in (*variables, *CONSTANTS, *FUNCTIONS)):
            message = _unknown(kind, word, variables)
        elif call and word != "(":
            message, at = f"{before} needs its values in brackets: {SIGNATURES[before]}.", before_at
        elif kind == "number" and not _DECIMAL.fullmatch(word):
            message, at = f"{word!r} is not a number such as 2, 0.5 or 1e-3; {product}.", at + _matched(_DECIMAL, word)
        elif kind == "number" and np.isinf(float(word)):
            message = "This number is too large; the largest is about 1.8e308."
        elif valued and operand and not call:
            message = f"Something is missing before {word!r}; {product}."
        elif word == "(" and len(opened) == MAX_DEPTH:
            message = f"Brackets can be nested at most {MAX_DEPTH} deep."
        elif word == ")" and not opened:
            message = "This bracket closes none; each ) needs its (."
        elif word == "," and not inside:
            message = "A comma belongs between the values of a function, as in max(a, b); decimals take a point: 0.5."
        elif not valued and not operand and not sign and not (before == "(" and word == ")" and inside):
            place = f"before {word!r}" if word else "at the end"
            message = f"A value is missing {place}, such as {variables[0]} or 2."
        elif kind == "end" and opened:
            message, at = "This bracket is never closed; each ( needs its ).", opened[-1][0]
        if message:
            raise FormulaError(message, typed, at)
        if word == "(":
            opened.append((at, call))
        elif word == ")":
            opened.pop()
        before, before_at, valued = word, at, kind in ("number", "name") or word == ")"


def _unknown(kind: str | None, word: str, variables: tuple[str, ...]) -> str:
    names = (*variables, *CONSTANTS, *FUNCTIONS)
    if word in _INSTEAD:
        return f"{word!r} is not used here; use {_INSTEAD[word]}."
    if kind == "other":
        return f"{word!r} is not used here; plain letters and digits are, ( ) , and + - * / ** % < <= > >= == !=."
    if near := get_close_matches(word.lower(), names, 1):
        return f"There is no {word!r} here; did you mean {near[0]}?"
    return f"There is no {word!r} here; the names are {', '.join(names)}."


def _build(
    node: ast.expr, depth: int, variables: tuple[str, ...], error: Callable[[str, ast.expr], FormulaError]
) -> Evaluate:
    """The function from the input arrays to the value of a node; error(message, node) makes a FormulaError."""
    if depth > MAX_DEPTH:
        raise error(f"This is nested too deeply: at most {MAX_DEPTH} levels of brackets, signs and powers.", node)
    match node:
        case ast.Constant(value=number) if isinstance(number, int | float) and not isinstance(number, bool):
            constant = np.float64(number)  # at once: Python would calculate with whole numbers of any length
            return lambda inputs: constant
        case ast.Name(id=name) if name in variables:
            index = variables.index(name)
            return lambda inputs: inputs[index]
        case ast.Name(id=name) if name in CONSTANTS:
            return lambda inputs: CONSTANT_VALUES[name]
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            function, nodes = _OPERATORS[type(op)], [operand]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            function, nodes = _OPERATORS[type(op)], [left, right]
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _OPERATORS for op in ops):
            function, nodes = _chain([_OPERATORS[type(op)] for op in ops]), [left, *others]
        case ast.Call(func=ast.Name(id=name), args=nodes, keywords=[]) if name in FUNCTIONS:
            function, count, _ = FUNCTIONS[name]
            if len(nodes) != count:
                raise error(f"{SIGNATURES[name]} takes {count} value{'s' * (count > 1)}, not {len(nodes)}.", node)
        case _:
            raise error("This cannot be part of a formula.", node)
    longer = isinstance(node, ast.BinOp)  # its left side is the sum or the product so far
    parts = [_build(each, depth + (i > 0 or not longer), variables, error) for i, each in enumerate(nodes)]
    return lambda inputs: function(*[part(inputs) for part in parts])


def _chain(comparisons: list[Callable[..., Any]]) -> Callable[..., Any]:
    def holds(*values: Any) -> Any:  # a < b < c is (a < b) (b < c), with each value evaluated once
        result = np.float64(1.0)
        for compare, a, b in zip(comparisons, values[:-1], values[1:], strict=True):
            result = result * compare(a, b)
        return result

    return holds
