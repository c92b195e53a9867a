"""Which inputs a formula has: x, or x1 and x2; and what it may say of itself first, such as f(x, y) = ."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from playground.problems.formulas.error import WrongAt
from playground.problems.formulas.functions import CONSTANTS, FUNCTIONS
from playground.problems.formulas.tree import Compared, Name, Node, each_part

ONE, TWO = ("x",), ("x1", "x2")
TWO_IN_WORDS = "f(x1, x2) = "  # of a formula that does not name both

_NAME = r"[A-Za-z][A-Za-z0-9_]*"
_NAMES = rf"{_NAME}(?: *, *{_NAME})?"
_BEFORE = re.compile(
    rf" *(?:(?:def +)?(?P<name>{_NAME}) *(?:\((?P<parameters>[^()]*)\))?"
    rf" *(?::? *=(?![=<>])|:(?![:=]| *{_NAME} *->) *(?:return +)?)"
    rf"|(?:{_NAME} *: *)?\(? *(?P<from>{_NAMES}) *\)? *->"
    rf"|(?:{_NAME} *= *)?\(? *(?P<arrow>{_NAMES}) *\)? *=>(?= *[^ ])"
    rf"|(?:{_NAME} *= *)?lambda +(?P<lambda>{_NAMES}) *:"
    rf"|(?:return|(?:{_NAME} *(?:=|<-) *)?function *\( *(?P<function>{_NAMES}) *\)) +"
    r"|=(?!=)"
    r"|) *"
)
_SAYING = ("from", "arrow", "lambda", "function", "parameters")
_ONLY_LETTER = re.compile(r"(?<![A-Za-z_.])(?:pi|tau)?([tuvwn]|theta)(?![A-Za-z0-9_(])")
_INPUT = re.compile(r"[xy](?![A-Za-z])|(?<![A-Za-z])[xy]", re.IGNORECASE)


class Head(NamedTuple):
    """What stands before a formula.

    Attributes:
        length: where the formula begins.
        parameters: the names of its inputs, if it says them.
        is_plain: whether it is nothing or "y =".
        names_y: whether it says that y is the value.
    """

    length: int
    parameters: tuple[str, ...]
    is_plain: bool
    names_y: bool


def head_of(text: str) -> Head:
    """What stands before the formula in a plain text."""
    nothing = Head(len(text) - len(text.lstrip()), (), is_plain=True, names_y=False)
    match = _BEFORE.match(text)
    name = match["name"] if match else None
    if match is None or (name is not None and name.lower() in ("x", "x1", "x2", "lambda", *CONSTANTS, *FUNCTIONS)):
        return nothing
    if match["arrow"] and not any(name.strip() in text[match.end() :] for name in match["arrow"].split(",")):
        return nothing  # x => 0 is x >= 0, and no function of x
    said = next(filter(None, (match[group] for group in _SAYING)), None)
    parameters = tuple(part.strip() for part in re.split("[,;]", said)) if said else ()
    if len(parameters) > len(TWO) or not all(re.fullmatch(_NAME, part) for part in parameters):
        return nothing
    if name is not None and not said:  # f = lambda x: x**2
        after = head_of(text[match.end() :])
        if after.parameters:
            return after._replace(length=match.end() + after.length)
    names_y = name in ("y", "Y")
    plain = re.sub(" ", "", match[0]) in ("", "y=")
    return Head(match.end(), tuple(_plain_name(part) for part in parameters), plain, names_y)


def only_letter(text: str) -> tuple[str, ...]:
    """The one letter that a plain text has for its input, as t in sin(t); () where it has x, y or other ones too."""
    letters = set(_ONLY_LETTER.findall(text))
    return tuple(letters) if len(letters) == 1 and not _INPUT.search(text) else ()


def _plain_name(parameter: str) -> str:
    return {"x_1": "x1", "x_2": "x2"}.get(parameter, parameter)


def inputs_of(tree: Node, head: Head) -> tuple[str, ...]:
    """The inputs that a formula has by its names: ONE or TWO."""
    if head.parameters:
        return TWO if len(head.parameters) == len(TWO) else ONE
    return TWO if _places(tree).keys() & {"x1", "x2", "y"} else ONE


def names_for(tree: Node, head: Head, variables: Sequence[str]) -> Mapping[str, str]:
    """Which variable each name of a formula is.

    Raises:
        WrongAt: where a name is none of them, or could be more than one.
    """
    places = _places(tree)
    if head.parameters:
        for name, at in places.items():
            if name not in head.parameters:
                said = "inputs are" if len(head.parameters) > 1 else "input is"
                raise WrongAt(f"There is no {name!r} here; the {said} {' and '.join(head.parameters)}.", at)
        return dict(zip(head.parameters, variables, strict=False))
    if tuple(variables) == TWO:
        if isinstance(tree, Compared) and tree.marks == ("==",) and tree.values[0] == Name("y", places.get("y", -1)):
            words = "For a curve, write y = with a single =; a border has < or >, such as y > x**2."
            raise WrongAt(words, places["y"])
        _check_two(places, head, compared=_compared_names(tree))
        return {"x": "x1", "y": "x2"}
    for name, at in places.items():
        if name not in variables:
            if name == "y":
                raise WrongAt("There is no 'y' here: y is what the network learns. The input is x.", at)
            raise WrongAt(f"There is no {name!r} here; did you mean {variables[0]}?", at)
    return {}


def _check_two(places: Mapping[str, int], head: Head, *, compared: Collection[str]) -> None:
    if "y" in places:
        if head.names_y or (head.is_plain and "y" not in compared):
            words = (
                "There is no 'y' here: y is what the network learns. Two inputs are x1 and x2; a border between two "
                "classes is a comparison, such as y > x**2."
            )
            raise WrongAt(words, places["y"])
        if "x2" in places:
            raise WrongAt("y and x2 are the same input here; write x1 and x2.", places["y"])
    if "x" in places:
        if "x1" in places:
            raise WrongAt("x and x1 are the same input here, so did you mean x1? Write x1 and x2.", places["x"])
        if "y" not in places and "x2" in places.keys() - compared:
            raise WrongAt(_which_x2("x + x2"), places["x2"])


def check_curve(tree: Node, head: Head) -> None:
    """Raises WrongAt if a formula for a curve names x2 alone, which may be meant for the square of x."""
    places = _places(tree)
    if not head.parameters and places.keys() == {"x2"} and "x2" not in _compared_names(tree):
        raise WrongAt(_which_x2("x2"), places["x2"])


def _which_x2(example: str) -> str:
    return (
        "Which x2 is meant? Write x**2 for the square of x, 2*x for twice x; for the second of two inputs, begin with "
        f"{TWO_IN_WORDS.strip()}, as in {TWO_IN_WORDS}{example.replace('x +', 'x1 +')}."
    )


def head_for(tree: Node, variables: Sequence[str]) -> str:
    """What has to stand before a formula for it to be read with these variables."""
    names = _places(tree).keys()
    is_clear = "x1" in names or "x2" in _compared_names(tree)
    return TWO_IN_WORDS if tuple(variables) == TWO and not is_clear else ""


def _compared_names(tree: Node) -> set[str]:
    """The names within comparisons: those of a border."""
    return {name for part in each_part(tree) if isinstance(part, Compared) for name in _places(part)}


def _places(tree: Node) -> dict[str, int]:
    """The names in a formula that are no constants, and where each is found first."""
    places: dict[str, int] = {}
    for part in each_part(tree):
        if isinstance(part, Name) and part.name not in CONSTANTS:
            places[part.name] = min(part.at, places.get(part.name, part.at))
    return places
