"""Hypothesis strategies: experiments that can start, formulas with their value by Python's arithmetic, tables."""

import math
import operator
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.control import Control
from playground.experiment import CONTROLS, Experiment
from playground.given_weights import as_text
from playground.problems.formulas import CONSTANTS
from playground.problems.tables.numbers import MAX_VALUE
from playground.settings import MAX_HIDDEN_LAYERS

# --- Experiments ------------------------------------------------------------------------------------------------------

FORMULAS = ["sin(x) + sin(3 * x) / 3", "where(x < 0, -1, 1) * sqrt(abs(x))", "x1 * x2 - x1", "x1 > x2"]
TABLES = ["x,y\n1,2\n3.5,-4\n", "x1,x2,y\n0,0,0\n1,0,1\n0,1,2\n2,2,1\n", "x1,x2,y\n0,0,0.5\n1,0,1\n0,1,2\n"]
TEXTS = {"formula": FORMULAS, "own": TABLES, "given": [""], "off": [""]}
TOGETHER = ("layers", "activations", "low", "high", "loss")  # drawn so that they fit together


def entries(control: Control) -> st.SearchStrategy:
    """Valid values of a control, or of one entry where it holds several."""
    if control.choices:
        return st.sampled_from(control.choices)
    if control.kind is int:
        return st.integers(int(control.low), int(control.high))
    return st.floats(control.low, control.high)


def values(name: str) -> st.SearchStrategy:
    """Valid values of a field that has no entry per layer."""
    if name in TEXTS:
        return st.sampled_from(TEXTS[name])
    control = CONTROLS[name]
    if control.multiple:
        return st.lists(entries(control), min_size=1, unique=True).map(tuple)
    return entries(control)


def parameter_count(units: Sequence[int]) -> int:
    """Of a network with these units in its layers, the input first."""
    return sum(units_out * (units_in + 1) for units_in, units_out in pairwise(units))


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Any experiment that can start: each field at its default, or at any valid value."""
    chosen = draw(st.fixed_dictionaries({}, optional={name: values(name) for name in CONTROLS if name not in TOGETHER}))
    depth = draw(st.integers(0, MAX_HIDDEN_LAYERS))
    for name in ("layers", "activations"):
        chosen[name] = tuple(draw(st.lists(entries(CONTROLS[name]), min_size=depth, max_size=depth)))
    chosen["low"], chosen["high"] = draw(st.floats(-20, 0)), draw(st.floats(1, 20))
    chosen["loss"] = draw(st.sampled_from(("squared_error", "huber", "absolute_error")))
    try:
        experiment = Experiment(**chosen)
        if experiment.make_problem().classes and draw(st.booleans()):
            experiment = experiment.changed(loss="cross_entropy")
        if draw(st.integers(0, 4)) == 4:  # of sums of squares of such weights, no loss is infinite
            weights = np.random.RandomState(experiment.seed).standard_normal(parameter_count(experiment.units))
            experiment = experiment.changed(given=as_text(weights, experiment.units))
        if depth and draw(st.integers(0, 3)) == 3:
            experiment = experiment.changed(off=f"1.{draw(st.integers(0, experiment.layers[0] - 1))},{depth}.0")
        experiment.start()
    except ValueError:  # a formula without a finite value on the range, or an infinite loss
        reject()
    return experiment


# --- Formulas ---------------------------------------------------------------------------------------------------------

COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(6)  # how tightly a text binds
COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
ADD, MULTIPLY = {"+": operator.add, "-": operator.sub}, {"*": operator.mul, "/": operator.truediv}
BY_PYTHON = {
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")},
    **{name: getattr(math, name) for name in ("exp", "log", "log2", "log10", "sqrt", "hypot")},
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
    "abs": abs,
    "sign": lambda a: float((a > 0) - (a < 0)),
    "sigmoid": lambda a: 1 / (1 + math.exp(-a)),
    "relu": lambda a: a if a > 0 else 0.0,
    "min": min,
    "max": max,
    "where": lambda a, b, c: b if a else c,
    "clip": lambda a, b, c: min(max(a, b), c),
}
TAKES = {"min": 2, "max": 2, "hypot": 2, "where": 3, "clip": 3}  # values; one of all other functions
EXACT = ["abs", "sign", "floor", "ceil", "round", "relu", "min", "max", "where", "clip"]
SMOOTH = ["sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "log", "log2", "log10", "sqrt"]
SMOOTH += ["sigmoid", "hypot", "abs", "min", "max", "relu"]


def by_python(function: Callable, *values: float) -> float | None:
    """The value of a function of floats; None where that is not a finite float."""
    try:
        value = function(*values)
    except (ValueError, ArithmeticError):
        return None
    return None if isinstance(value, complex) or not math.isfinite(value) else float(value)


class Part(NamedTuple):
    """A formula of x1 and x2, or a part of one.

    Attributes:
        text: as it is typed.
        binds: how tightly.
        value: value((x1, x2), nudge) by Python's arithmetic, or None where that is not a finite float. Every result
            whose last bits differ between libraries is multiplied by the nudge.
    """

    text: str
    binds: int
    value: Callable[[Sequence[float], float], float | None]


def _node(function: Callable, parts: Sequence[Part], *, nudged: bool = False) -> Callable:
    def value(point: Sequence[float], nudge: float) -> float | None:
        values = [part.value(point, nudge) for part in parts]
        result = None if None in values else by_python(function, *values)
        return result * nudge if nudged and result is not None else result

    return value


@st.composite
def _written(draw: st.DrawFn, part: Part, binds: int) -> str:
    """The text of a part, in brackets where it binds less tightly, and sometimes where it need not be."""
    return f"({part.text})" if part.binds < binds or draw(st.integers(0, 9)) == 9 else part.text


@st.composite
def _pair(draw: st.DrawFn, parts: st.SearchStrategy[Part], binds: int, operators: dict[str, Callable]) -> Part:
    left, right, mark = draw(parts), draw(parts), draw(st.sampled_from(list(operators)))
    texts, space = (draw(_written(left, binds)), draw(_written(right, binds + 1))), draw(st.sampled_from(["", " "]))
    return Part(f"{texts[0]}{space}{mark}{space}{texts[1]}", binds, _node(operators[mark], [left, right]))


@st.composite
def _power(draw: st.DrawFn, parts: st.SearchStrategy[Part]) -> Part:
    base, exponent = draw(parts), draw(parts)
    text = f"{draw(_written(base, ATOM))}**{draw(_written(exponent, SIGN))}"
    return Part(text, POWER, _node(operator.pow, [base, exponent], nudged=True))


@st.composite
def _signed(draw: st.DrawFn, parts: st.SearchStrategy[Part]) -> Part:
    part, mark = draw(parts), draw(st.sampled_from("+-"))
    function = operator.neg if mark == "-" else operator.pos
    return Part(mark + draw(_written(part, SIGN)), SIGN, _node(function, [part]))


@st.composite
def _chain(draw: st.DrawFn, parts: st.SearchStrategy[Part]) -> Part:
    chained = draw(st.lists(parts, min_size=2, max_size=4))
    marks = [draw(st.sampled_from(list(COMPARE))) for _ in chained[1:]]

    def holds(*values: float) -> float:
        return float(all(COMPARE[m](a, b) for m, a, b in zip(marks, values[:-1], values[1:], strict=True)))

    texts = [draw(_written(part, SUM)) for part in chained]
    text = texts[0] + "".join(f" {mark} {text}" for mark, text in zip(marks, texts[1:], strict=True))
    return Part(text, COMPARISON, _node(holds, chained))


@st.composite
def _call(draw: st.DrawFn, parts: st.SearchStrategy[Part], names: list[str], *, nudged: bool) -> Part:
    name = draw(st.sampled_from(names))
    called = [draw(parts) for _ in range(TAKES.get(name, 1))]
    text = f"{name}({', '.join(part.text for part in called)})"
    return Part(text, ATOM, _node(BY_PYTHON[name], called, nudged=nudged))


def _number(text: str) -> Part:
    return Part(text, ATOM, lambda point, nudge: float(text))


def _constant(name: str) -> Part:
    return Part(name, ATOM, lambda point, nudge: getattr(math, name))


LEAVES = st.one_of(
    st.sampled_from([Part(f"x{i + 1}", ATOM, lambda point, nudge, i=i: point[i]) for i in (0, 1)]),
    st.sampled_from(["0", "1", "2", "3", "10", "0.5", ".25", "1.", "1e-3", "2.5E1", "7"]).map(_number),
    st.sampled_from(list(CONSTANTS)).map(_constant),
)


def formulas(*, exact: bool) -> st.SearchStrategy[Part]:
    """Any formula of x1 and x2, with its value.

    Args:
        exact: of what is exact to the last bit in any library: sums, products, remainders, comparisons and the
            functions that do not round. Otherwise of powers and the functions that do.
    """

    def grow(parts: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
        own = [_call(parts, EXACT, nudged=False), _chain(parts)] if exact else [_call(parts, SMOOTH, nudged=True)]
        others = [] if exact else [_power(parts)]
        product = MULTIPLY | ({"%": operator.mod} if exact else {})
        return st.one_of(_pair(parts, SUM, ADD), _pair(parts, PRODUCT, product), _signed(parts), *own, *others)

    return st.recursive(LEAVES, grow, max_leaves=12)


PIECES = [*"()()(),+-*/%<>=!.^ &[]{}:;~@_jyé\n#xxx2", "'", '"', "x1", "0.5", "1e", "sin", "max", "where"]
PIECES += ["pi", "if", "or", "**", "<=", "==", "sin(", "max(x,", "(x)", "x+", "*2"]


def pieces_of_formulas() -> st.SearchStrategy[str]:
    """Pieces of formulas in any order; few of these texts are formulas."""
    return st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


# --- Tables -----------------------------------------------------------------------------------------------------------


class Columns(NamedTuple):
    """The names and the numbers (inputs + 1, m) of a table that can be read."""

    names: list[str]
    numbers: np.ndarray


@st.composite
def tables(draw: st.DrawFn) -> Columns:
    """Any table of points with one input or two: names of letters and marks that are not numbers, any numbers."""
    shape = draw(st.integers(2, 3)), draw(st.integers(2, 40))
    numbers = draw(arrays.arrays(np.float64, shape, elements=st.floats(-MAX_VALUE, MAX_VALUE)))
    if any((column == column[0]).all() for column in numbers[:-1]):
        reject()
    marks = st.text("abcåß \",;'|<&=-+", max_size=18)
    return Columns([f"c{draw(marks)}n" for _ in numbers], numbers)
