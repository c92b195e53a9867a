"""A formula as a tree: what it is worth for arrays, and how it is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from nn.arrays import Matrix
from playground.problems.formulas.functions import CONSTANT_VALUES, FUNCTIONS

Evaluate: TypeAlias = Callable[[Sequence[Matrix]], Any]  # from the input arrays to a value

COMPARE = {  # ufuncs
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
COMBINE = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "%": np.remainder,
    "**": np.power,
}
SIGNS = {"+": np.positive, "-": np.negative}
COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(6)  # how tightly a part binds
BINDS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "%": PRODUCT, "**": POWER}


@dataclass(frozen=True)
class Number:
    """A number, as its text."""

    text: str


@dataclass(frozen=True)
class Name:
    """An input or a constant."""

    name: str
    at: int = 0


@dataclass(frozen=True)
class Signed:
    """A value with a + or - before it."""

    mark: str
    value: "Node"


@dataclass(frozen=True)
class Pair:
    """Two values with + - * / % or ** between them."""

    mark: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Compared:
    """Values with comparisons between them."""

    marks: tuple[str, ...]
    values: tuple["Node", ...]


@dataclass(frozen=True)
class Call:
    """A function of values."""

    name: str
    values: tuple["Node", ...]


Node: TypeAlias = Number | Name | Signed | Pair | Compared | Call


def parts_of(node: Node) -> tuple[Node, ...]:
    """What a part of a formula is made of."""
    match node:
        case Signed(value=value):
            return (value,)
        case Pair(left=left, right=right):
            return left, right
        case Compared(values=values) | Call(values=values):
            return values
    return ()


def each_part(node: Node) -> Iterator[Node]:
    """A formula and all its parts, the innermost first."""
    for part in parts_of(node):
        yield from each_part(part)
    yield node


def renamed(node: Node, names: Mapping[str, str]) -> Node:
    """The same with other names of the inputs."""
    if isinstance(node, Name):
        return Name(names.get(node.name, node.name), node.at)
    return _made_of(node, [renamed(part, names) for part in parts_of(node)])


def replaced(node: Node, part: Node, other: Node) -> Node:
    """The same with another part in the place of one."""
    return other if node == part else _made_of(node, [replaced(each, part, other) for each in parts_of(node)])


def _made_of(node: Node, parts: Sequence[Node]) -> Node:
    """A part of a formula with other parts of its own."""
    match node:
        case Signed(mark=mark):
            return Signed(mark, *parts)
        case Pair(mark=mark):
            return Pair(mark, *parts)
        case Compared(marks=marks):
            return Compared(marks, tuple(parts))
        case Call(name=name):
            return Call(name, tuple(parts))
    return node


def evaluator(node: Node, variables: Sequence[str]) -> Evaluate:
    """The function from the input arrays, in the order of the variables, to the value of a part."""
    match node:
        case Number(text=text):
            constant = np.float64(text)
            return lambda inputs: constant
        case Name(name=name) if name in variables:
            index = variables.index(name)
            return lambda inputs: inputs[index]
        case Name(name=name):
            value = CONSTANT_VALUES[name]
            return lambda inputs: value
    parts = [evaluator(part, variables) for part in parts_of(node)]
    function = _function(node)
    return lambda inputs: function(*[part(inputs) for part in parts])


def _function(node: Node) -> Callable[..., Any]:
    """From the values of a node's parts to its own."""
    match node:
        case Signed(mark=mark):
            return SIGNS[mark]
        case Pair(mark=mark):
            return COMBINE[mark]
        case Compared(marks=marks):
            return _chain([COMPARE[mark] for mark in marks])
        case Call(name=name):
            return FUNCTIONS[name].function
    raise TypeError(f"{node} has no parts.")


def _chain(comparisons: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    def holds(*values: Any) -> Any:  # a < b < c is (a < b) (b < c), with each value evaluated once
        result = np.float64(1.0)
        for compare, a, b in zip(comparisons, values[:-1], values[1:], strict=True):
            result = result * compare(a, b)
        return result

    return holds


def written(node: Node) -> str:
    """A formula as text, which is read as the same formula again."""
    return _written(node)[0]


def _written(node: Node) -> tuple[str, int]:
    """The text of a part, and how tightly it binds."""
    match node:
        case Number(text=text):
            return text, ATOM
        case Name(name=name):
            return name, ATOM
        case Call(name=name, values=values):
            return f"{name}({', '.join(map(written, values))})", ATOM
        case Signed(mark=mark, value=value):
            return mark + _within(value, SIGN), SIGN
        case Pair(mark="**", left=left, right=right):
            return f"{_within(left, ATOM)}**{_within(right, SIGN)}", POWER
        case Pair(mark=mark, left=left, right=right):
            binds = BINDS[mark]
            space = " " if binds == SUM else ""
            return f"{_within(left, binds)}{space}{mark}{space}{_within(right, binds + 1)}", binds
        case Compared(marks=marks, values=values):
            texts = [_within(value, SUM) for value in values]
            rest = "".join(f" {mark} {text}" for mark, text in zip(marks, texts[1:], strict=True))
            return texts[0] + rest, COMPARISON
    raise TypeError(f"{node} is no part of a formula.")


def _within(node: Node, binds: int) -> str:
    """The text of a part, in brackets where it binds less tightly than this."""
    text, own = _written(node)
    return text if own >= binds else f"({text})"
