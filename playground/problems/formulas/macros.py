"""Functions that a formula may name and that others are made of: cot(a) is 1/tan(a), and understood so."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from playground.problems.formulas.functions import FUNCTIONS
from playground.problems.formulas.tree import Call, Node, Number, Pair, each_part

MAX_PARTS = 100  # of a value: a macro can have it twice, and one in another would double it again and again
ONE, TWO = Number("1"), Number("2")


class Macro(NamedTuple):
    """How many values it takes, and the tree that it stands for."""

    takes: int
    tree: Callable[..., Node]


def _of(name: str, *values: Node) -> Node:
    return Call(name, values)


def _under_one(name: str) -> Callable[[Node], Node]:
    return lambda a: Pair("/", ONE, _of(name, a))


def _log_of_root(mark: str) -> Callable[[Node], Node]:
    return lambda a: _of("log", Pair("+", a, _of("sqrt", Pair(mark, Pair("**", a, TWO), ONE))))


MACROS: Mapping[str, Macro] = {
    "cot": Macro(1, _under_one("tan")),
    "sec": Macro(1, _under_one("cos")),
    "csc": Macro(1, _under_one("sin")),
    "coth": Macro(1, _under_one("tanh")),
    "sech": Macro(1, _under_one("cosh")),
    "csch": Macro(1, _under_one("sinh")),
    "asinh": Macro(1, _log_of_root("+")),
    "acosh": Macro(1, _log_of_root("-")),
    "atanh": Macro(1, lambda a: Pair("/", _of("log", Pair("/", Pair("+", ONE, a), Pair("-", ONE, a))), TWO)),
    "exp2": Macro(1, lambda a: Pair("**", TWO, a)),
    "exp10": Macro(1, lambda a: Pair("**", Number("10"), a)),
    "expm1": Macro(1, lambda a: Pair("-", _of("exp", a), ONE)),
    "log1p": Macro(1, lambda a: _of("log", Pair("+", ONE, a))),
    "square": Macro(1, lambda a: Pair("**", a, TWO)),
    "cube": Macro(1, lambda a: Pair("**", a, Number("3"))),
    "cbrt": Macro(1, lambda a: Pair("*", _of("sign", a), Pair("**", _of("abs", a), Pair("/", ONE, Number("3"))))),
    "softplus": Macro(1, lambda a: _of("log", Pair("+", ONE, _of("exp", a)))),
    "softsign": Macro(1, lambda a: Pair("/", a, Pair("+", ONE, _of("abs", a)))),
    "swish": Macro(1, lambda a: Pair("*", a, _of("sigmoid", a))),
    "pow": Macro(2, lambda a, b: Pair("**", a, b)),
    "mod": Macro(2, lambda a, b: Pair("%", a, b)),
}
TAKES: Mapping[str, int] = {name: function.takes for name, function in FUNCTIONS.items()} | {
    name: macro.takes for name, macro in MACROS.items()
}  # of every function that can be named


def signature(name: str) -> str:
    """A function with its values, as pow(a, b)."""
    return f"{name}({', '.join('abc'[: TAKES[name]])})"


def called(name: str, values: tuple[Node, ...]) -> Node | None:
    """A function of values, as a tree; None if that would be far longer than a formula can be."""
    if name not in MACROS:
        return Call(name, values)
    is_short = all(sum(1 for _ in each_part(value)) <= MAX_PARTS for value in values)
    return MACROS[name].tree(*values) if is_short else None


def wrong_count(name: str, count: int) -> str:
    """A sentence on a function that was given another number of values, and how that can be written."""
    takes = TAKES[name]
    sentence = f"{signature(name)} takes {takes} value{'s' * (takes > 1)}, not {count}."
    if name == "log" and count > takes:
        return f"{sentence} To another base b, it is log(a)/log(b)."
    if name in ("min", "max", "hypot") and count > takes:
        return f"{sentence} Of three, it is {name}({name}(a, b), c). Decimals take a point: 0.5."
    return f"{sentence} Decimals take a point: 0.5." if count > takes else sentence
