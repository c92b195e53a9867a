"""A learner's own target: a formula as text becomes a function of arrays, and no text is ever run.

The text is checked token by token, Python's parser finds which operator binds first, and what it found is built anew
from the NumPy functions listed here. What is not listed has no way in; what is wrong is a sentence and its place.
"""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np

MAX_LENGTH = 200  # characters
MAX_DEPTH = 30  # brackets, signs or powers inside one another; a sum of many terms is not deep

CONSTANTS = {"pi": "3.14159..., half a turn", "e": "2.71828..., where log is 1", "tau": "6.28318..., a full turn"}

_CALLS = {  # name -> function, how many values it takes, what it gives
    "sin": (np.sin, 1, "sine of an angle in radians"),
    "cos": (np.cos, 1, "cosine of an angle in radians"),
    "tan": (np.tan, 1, "tangent of an angle in radians"),
    "asin": (np.arcsin, 1, "the angle whose sine is a"),
    "acos": (np.arccos, 1, "the angle whose cosine is a"),
    "atan": (np.arctan, 1, "the angle whose tangent is a"),
    "sinh": (np.sinh, 1, "hyperbolic sine"),
    "cosh": (np.cosh, 1, "hyperbolic cosine"),
    "tanh": (np.tanh, 1, "hyperbolic tangent"),
    "exp": (np.exp, 1, "e to the power a"),
    "log": (np.log, 1, "natural logarithm"),
    "log2": (np.log2, 1, "logarithm to base 2"),
    "log10": (np.log10, 1, "logarithm to base 10"),
    "sqrt": (np.sqrt, 1, "square root"),
    "abs": (np.abs, 1, "a without its sign"),
    "sign": (np.sign, 1, "-1, 0 or 1, as a is below, at or above 0"),
    "floor": (np.floor, 1, "rounded down"),
    "ceil": (np.ceil, 1, "rounded up"),
    "round": (np.rint, 1, "rounded to the nearest whole number, halves to the even one"),
    "sigmoid": (lambda a: 1.0 / (1.0 + np.exp(-a)), 1, "1 / (1 + exp(-a))"),
    "relu": (lambda a: np.maximum(a, 0.0), 1, "a, but 0 where a is below 0"),
    "min": (np.minimum, 2, "the smaller of a and b"),
    "max": (np.maximum, 2, "the larger of a and b"),
    "hypot": (np.hypot, 2, "sqrt(a**2 + b**2), the distance from 0"),
    "where": (lambda a, b, c: np.where(a != 0, b, c), 3, "b where a holds (is not 0), c elsewhere"),
    "clip": (np.clip, 3, "a, but never below b nor above c"),
}
_AS_WRITTEN = {name: f"{name}({', '.join('abc'[:count])})" for name, (_, count, _) in _CALLS.items()}
FUNCTIONS = {name: f"{_AS_WRITTEN[name]}: {words}" for name, (_, _, words) in _CALLS.items()}

_VALUES = {"pi": np.float64(np.pi), "e": np.float64(np.e), "tau": np.float64(2 * np.pi)}
_OPERATORS = (
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
_INSTEAD = (  # what learners type, and what to use instead
    {"^": "** for powers", "²": "**2", "³": "**3", "√": "sqrt(a)", "π": "pi", "×": "*", "·": "*", "÷": "/", "−": "-"}
    | {"–": "-", "≤": "<=", "≥": ">=", "≠": "!=", "=": "== to compare", "[": "(", "]": ")", "ln": "log", "pow": "a**b"}
    | {"and": "a * b", "or": "max(a, b)", "not": "1 - a", "if": "where(a, b, c)", "np": "sin(a) alone"}
    | {"math": "sin(a) alone"}
)


class FormulaError(ValueError):
    """What is wrong with a formula.

    Args:
        message: a sentence for whoever typed it.
        typed: the text, as typed.
        position: the index in it of the character where it goes wrong; its length when something is missing at its end.
    """

    def __init__(self, message, typed, position):
        super().__init__(message, typed, position)
        self.message, self.position = message, position
        self._typed = typed[: MAX_LENGTH + 1]

    def __str__(self):
        return f"Character {self.position + 1}: {self.message}"

    @property
    def pointed(self):
        """The text and, on the line below, a caret under the character."""
        shown = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in self._typed)
        return f"{shown}\n{' ' * self.position}^"


@dataclass(frozen=True)
class Formula:
    """A function of arrays, from what a learner typed.

    Called with an array for each variable, it gives a new float64 array of their broadcast shape: 1 or 0 for a
    comparison, inf or NaN where there is no value.

    Args:
        text: such as "sin(x) + x / 2" or "y = x**2"; kept without the "y =" and the spaces around.
        variables: the names of the inputs.

    Raises:
        FormulaError: when the text is no formula.
    """

    text: str
    variables: tuple = ("x",)
    _value: Callable = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        typed, variables = self.text, tuple(self.variables)
        if not isinstance(typed, str):
            raise FormulaError("A formula is a text.", "", 0)
        if len(typed) > MAX_LENGTH:
            raise FormulaError(
                f"A formula has at most {MAX_LENGTH} characters; this has {len(typed)}.", typed, MAX_LENGTH
            )
        start, end = _SPARE.match(typed).end(), len(typed.rstrip(" "))
        if start >= end:
            raise FormulaError(f"There is no formula yet; write one, such as sin({variables[0]}).", typed, start)
        _check(typed, start, end, variables)
        try:
            tree = ast.parse(typed[start:end], mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # none is known that passes the check
            raise FormulaError("This cannot be read as a formula.", typed, start) from None
        value = _build(tree, 0, variables, lambda message, node: FormulaError(message, typed, start + node.col_offset))
        for name, to in (("text", typed[start:end]), ("variables", variables), ("_value", value)):
            object.__setattr__(self, name, to)

    def __call__(self, *inputs):
        if len(inputs) != len(self.variables):
            raise TypeError(f"{self} takes {len(self.variables)} arrays, not {len(inputs)}.")
        inputs = [np.asarray(each, np.float64) for each in inputs]
        shape = np.broadcast_shapes(*(each.shape for each in inputs))
        with np.errstate(all="ignore"):
            return np.array(np.broadcast_to(self._value(inputs), shape), np.float64)


def _check(typed, start, end, variables):
    """Refuses what is misspelt or out of place. What is left are listed names, numbers and marks, in an order that
    Python can read and has nothing to warn of."""
    opened = []  # of every open bracket its position, and whether a function's values are in it
    before, before_at, valued = "", start, False  # the token before, where it is, whether a value ends with it
    product = f"a product needs its *, as in 2*{variables[0]}"
    for token in _TOKEN.finditer(typed, start, end):
        kind, word, at = token.lastgroup, token[0], token.start()
        call, operand = before in FUNCTIONS, kind in ("number", "name") or word == "("
        inside, sign = bool(opened) and opened[-1][1], kind == "mark" and word in "+-"
        wrong = None
        if kind == "other" or (kind == "name" and word not in (*variables, *CONSTANTS, *FUNCTIONS)):
            wrong = _unknown(kind, word, variables)
        elif call and word != "(":
            wrong, at = f"{before} needs its values in brackets: {_AS_WRITTEN[before]}.", before_at
        elif kind == "number" and not _DECIMAL.fullmatch(word):
            wrong, at = f"{word!r} is not a number such as 2, 0.5 or 1e-3; {product}.", at + _DECIMAL.match(word).end()
        elif kind == "number" and np.isinf(float(word)):
            wrong = "This number is too large; the largest is about 1.8e308."
        elif valued and operand and not call:
            wrong = f"Something is missing before {word!r}; {product}."
        elif word == "(" and len(opened) == MAX_DEPTH:
            wrong = f"Brackets go at most {MAX_DEPTH} deep."
        elif word == ")" and not opened:
            wrong = "This bracket closes none; each ) needs its (."
        elif word == "," and not inside:
            wrong = "A comma belongs between the values of a function, as in max(a, b); decimals take a point: 0.5."
        elif not valued and not operand and not sign and not (before == "(" and word == ")" and inside):
            place = f"before {word!r}" if word else "at the end"
            wrong = f"A value is missing {place}, such as {variables[0]} or 2."
        elif kind == "end" and opened:
            wrong, at = "This bracket is never closed; each ( needs its ).", opened[-1][0]
        if wrong:
            raise FormulaError(wrong, typed, at)
        if word == "(":
            opened.append((at, call))
        elif word == ")":
            opened.pop()
        before, before_at, valued = word, at, kind in ("number", "name") or word == ")"


def _unknown(kind, word, variables):
    names = (*variables, *CONSTANTS, *FUNCTIONS)
    if word in _INSTEAD:
        return f"{word!r} is not used here; use {_INSTEAD[word]}."
    if kind == "other":
        return f"{word!r} is not used here; plain letters and digits are, ( ) , and + - * / ** % < <= > >= == !=."
    if near := get_close_matches(word.lower(), names, 1):
        return f"There is no {word!r} here; did you mean {near[0]}?"
    return f"There is no {word!r} here; the names are {', '.join(names)}."


def _build(node, depth, variables, wrong):
    """The function from the list of input arrays to the value of a node; wrong(message, node) makes the error."""
    if depth > MAX_DEPTH:
        raise wrong(f"This is nested too deeply; brackets, signs and powers go at most {MAX_DEPTH} deep.", node)
    match node:
        case ast.Constant(value=number) if type(number) in (int, float):
            number = np.float64(number)  # at once: whole numbers without end are never calculated with
            return lambda inputs: number
        case ast.Name(id=name) if name in variables:
            index = variables.index(name)
            return lambda inputs: inputs[index]
        case ast.Name(id=name) if name in CONSTANTS:
            return lambda inputs: _VALUES[name]
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            function, nodes = _OPERATORS[type(op)], [operand]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            function, nodes = _OPERATORS[type(op)], [left, right]
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _OPERATORS for op in ops):
            function, nodes = _chain([_OPERATORS[type(op)] for op in ops]), [left, *others]
        case ast.Call(func=ast.Name(id=name), args=nodes, keywords=[]) if name in _CALLS:
            function, count, _ = _CALLS[name]
            if len(nodes) != count:
                raise wrong(f"{_AS_WRITTEN[name]} takes {count} value{'s' * (count > 1)}, not {len(nodes)}.", node)
        case _:
            raise wrong("This cannot be part of a formula.", node)
    longer = isinstance(node, ast.BinOp)  # its left side is the sum or the product so far
    parts = [_build(each, depth + (i > 0 or not longer), variables, wrong) for i, each in enumerate(nodes)]
    return lambda inputs: function(*[part(inputs) for part in parts])


def _chain(comparisons):
    def holds(*values):  # a < b < c is (a < b) (b < c), with each value worked out once
        result = np.float64(1.0)
        for compare, a, b in zip(comparisons, values[:-1], values[1:], strict=True):
            result = result * compare(a, b)
        return result

    return holds
