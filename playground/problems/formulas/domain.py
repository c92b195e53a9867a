"""Where a formula has no value: which part of it leaves the real numbers, and the ways out."""

from collections.abc import Iterator

import numpy as np

from nn.arrays import Matrix
from playground.problems.formulas.formula import Formula
from playground.problems.formulas.tree import (
    Call,
    Name,
    Node,
    Number,
    Pair,
    each_part,
    evaluator,
    parts_of,
    replaced,
    written,
)

STEP = 0.5  # between the ends of ranges that are offered
MIN_RANGE = 0.5
LIMITS = (-20.0, 20.0)  # of any range
GRID = 201  # points along a range that is tried; along both, of two inputs, the root of their number
GRID_OF_TWO = 41
NEEDS = {  # what a function needs of its value a
    "sqrt": "at or above 0",
    "log": "above 0",
    "log2": "above 0",
    "log10": "above 0",
    "asin": "from -1 to 1",
    "acos": "from -1 to 1",
}
GAP = Number("0.1")  # what keeps a value away from 0


def way_out(formula: Formula, at: Matrix, low: float, high: float) -> str:
    """Why a formula has no finite value at a point, and what to do about it.

    Args:
        formula: it.
        at: the point, (inputs,).
        low, high: the range that was asked for, of every input.
    """
    part = _culprit(formula, at)
    ways = []
    if found := _range(formula, low, high) or _range(formula, *LIMITS):
        ways.append(f"choose a range such as {found[0]:g} to {found[1]:g}")
    points = _grid(len(formula.variables), low, high)
    for other in _instead(part):
        text = written(replaced(formula.tree, part, other))
        if np.isfinite(Formula(text, formula.variables)(*points)).all():
            ways.append(f"write {written(other)} for {written(part)}")
            break
    is_number = not any(isinstance(each, Name) and each.name in formula.variables for each in each_part(part))
    first, *rest = ways or ["write another number" if is_number else "choose another range"]
    return f"{_why(part, formula, at)} {first[0].upper()}{first[1:]}{''.join(f', or {way}' for way in rest)}."


def _culprit(formula: Formula, at: Matrix) -> Node:
    """The innermost part that has no finite value where its own parts have one."""

    def is_finite(node: Node) -> bool:
        return bool(np.isfinite(_value(formula, node, at)))

    for node in each_part(formula.tree):
        if not is_finite(node) and all(map(is_finite, parts_of(node))):
            return node
    return formula.tree


def _value(formula: Formula, node: Node, at: Matrix) -> float:
    with np.errstate(all="ignore"):
        return float(evaluator(node, formula.variables)(list(np.asarray(at, np.float64))))


def _why(part: Node, formula: Formula, at: Matrix) -> str:
    """A sentence on why a part has no value at a point."""
    text = written(part)
    values = [_value(formula, each, at) for each in parts_of(part)]
    match part:
        case Call(name=name) if name in NEEDS:
            return f"{text} needs {written(part.values[0])} {NEEDS[name]}."
        case Pair(mark="/" | "%") if values[1] == 0:
            return f"{text} divides by 0 there."
        case Pair(mark="**") if values[0] == 0:
            return f"{text} divides by 0 there: it is 0 to a negative power."
        case Pair(mark="**") if values[0] < 0 and not float(values[1]).is_integer():
            return f"{text} is no real number there: a negative number to a power that is not whole."
    return f"{text} is too large there, beyond 1.8e308."


def _instead(part: Node) -> Iterator[Node]:
    """What can stand in the place of a part, and has values where that has none."""
    match part:
        case Call(name="sqrt", values=(a,)):
            yield Call("sqrt", (Call("abs", (a,)),))
        case Call(name="log" | "log2" | "log10" as name, values=(a,)):
            yield Call(name, (Call("abs", (a,)),))
            yield Call(name, (Pair("+", Call("abs", (a,)), GAP),))
        case Call(name="asin" | "acos" as name, values=(a,)):
            yield Call(name, (Call("clip", (a, Number("-1"), Number("1"))),))
        case Pair(mark="/", left=left, right=right):
            above_0 = right if isinstance(right, Call) and right.name == "abs" else Call("abs", (right,))
            yield Pair("/", left, Pair("+", above_0, GAP))
        case Pair(mark="**", left=left, right=right):
            yield Pair("**", Call("abs", (left,)), right)
            yield Pair("**", Pair("+", Call("abs", (left,)), GAP), right)


def _grid(inputs: int, low: float, high: float) -> Matrix:
    """Points of a range, (inputs, n)."""
    if inputs == 1:
        return np.linspace(low, high, GRID)[None]
    return np.stack(np.meshgrid(*2 * [np.linspace(low, high, GRID_OF_TWO)])).reshape(2, -1)


def _range(formula: Formula, low: float, high: float) -> tuple[float, float] | None:
    """The longest part of a range on which a formula has values; the one further to the right of two alike."""
    inputs = len(formula.variables)
    ends = np.union1d([low, high], np.arange(np.ceil(low / STEP), high / STEP + 1e-9) * STEP)
    points = np.hstack([_grid(inputs, low, high), np.tile(ends, (inputs, 1))])
    invalid = points[:, ~np.isfinite(formula(*points))]
    lows, highs = invalid.min(axis=0), invalid.max(axis=0)  # a square from a to b holds a point between them
    pairs = [(a, b) for a in ends.tolist() for b in ends.tolist() if b - a >= MIN_RANGE]
    for a, b in sorted(pairs, key=lambda pair: (pair[1] - pair[0], pair[0]), reverse=True):
        free = not ((lows >= a) & (highs <= b)).any()
        if free and np.isfinite(formula(*_grid(inputs, a, b))).all():
            return a, b
    return None
