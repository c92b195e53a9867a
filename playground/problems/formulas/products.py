"""A product without its *: where it has one meaning, and the question to ask where it has two."""

from enum import Enum

from playground.problems.formulas.bars import BAR
from playground.problems.formulas.error import WrongAt
from playground.problems.formulas.macros import TAKES, signature
from playground.problems.formulas.tokens import NAME, NUMBER, Token
from playground.problems.formulas.tree import Node, Pair, Signed


class Ending(Enum):
    """How a factor ends, by what could still belong to it."""

    CLOSED = "nothing"
    POWER = "more of the exponent, which has no brackets"
    ARGUMENT = "more of the value of a function without brackets"
    ROOT = "the same of a root, which is one value"


OPEN_VALUES = (Ending.ARGUMENT, Ending.ROOT)


def check_product(last: Token, token: Token, ending: Ending, function: str, *, divided: str) -> None:
    """Raises WrongAt where a * that is left out can be meant in two ways.

    Args:
        last: the last token of the factor before it.
        token: the first token of the factor after it.
        ending: of the factor before it.
        function: the last function that has no brackets.
        divided: the mark, / or %, with which the factor before it divides; "" where it does not.
    """
    name, this = last.text if last.kind == NAME else "", token.text if token.kind == NAME else "(a)"
    that = "a" if last.text in (")", BAR) else last.text
    if token.kind == NUMBER:
        ways = f"; write {name}**{token.text} or {token.text}*{name}" if name else ", such as + or *"
        question = f"Something is missing before {token.text!r}{ways}."
    elif divided:
        ways = f"{divided}{that}*{this} to multiply by {this}, or {divided}({that}*{this}) to divide by both"
        question = f"This can be read in two ways; write {ways}."
    elif ending is Ending.POWER and not token.after_space:
        question = f"Is this part of the power? Write **{that}*{this}, or **({that}*{this}) if it is."
    elif ending in OPEN_VALUES and token.text not in TAKES:
        question = brackets_needed(function)
    elif name == "e" and token.text not in TAKES:
        question = f"This can be read in two ways; write e*{this}, or e**{this} for the power."
    else:
        return
    raise WrongAt(question, token.at)


def check_operator(token: Token, after: Token, ending: Ending, function: str) -> None:
    """Raises WrongAt where an operator could belong to the value of a function that has no brackets.

    Args:
        token: the operator: * / % or **.
        after: the token after it. Before another function there is no doubt: sin x * cos x.
        ending, function: as for `check_product`.
    """
    is_clear = after.text in TAKES and token.text in ("*", "/")
    if (ending is Ending.ARGUMENT and not is_clear) or (ending is Ending.ROOT and token.text == "**"):
        raise WrongAt(brackets_needed(function), token.at)


def check_division(token: Token, left: Node, last: Token, after: Token, ending: Ending) -> None:
    """Raises WrongAt where what is divided can be meant in two ways: x^1/3 and 10% x.

    Args:
        token: the operator.
        left, last, ending: what is before it, the last token of that, and how it ends.
        after: the token after it.
    """
    if token.text == "/" and ending is Ending.POWER and last.text == "1":  # nobody writes the power 1
        sign = "-" if isinstance(left, Pair) and isinstance(left.right, Signed) else ""
        other = "divide by both" if sign else "leave out the power 1"
        root = f"{sign}1/{after.text}"
        raise WrongAt(f"Is the power {root} meant? Write **({root}), or {other}.", token.at)
    is_per_cent = after.after_space and not token.after_space and (after.kind in (NUMBER, NAME) or after.text == "(")
    if token.text == "%" and last.kind == NUMBER and is_per_cent:
        n = last.text
        raise WrongAt(f"Is {n} per cent meant? Write {n}/100*a; for the remainder, {n} % a.", token.at)


def brackets_needed(function: str) -> str:
    """The question about a function's value that has no brackets."""
    return f"This can be read in two ways; put the value of {function} in brackets: {signature(function)}."
