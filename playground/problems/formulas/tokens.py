"""The tokens of a formula: numbers, names and marks, each with its place; words written as one are taken apart."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from playground.problems.formulas.hints import MARKS
from playground.problems.formulas.macros import TAKES
from playground.problems.formulas.text import PlainText
from playground.problems.formulas.unknown import unknown_word
from playground.problems.formulas.words import resolve

TRUTHS = ("and", "or", "not")  # between comparisons, and before one
NUMBER, NAME, MARK, WRONG, END = "number", "name", "mark", "wrong", "end"

_DIGITS = "(?:[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])|[0-9]+)"  # 20 000 is one number
_TOKEN = re.compile(
    r"(?P<module>(?:(?:np|numpy|math|Math|cmath|torch|tf|jnp|sp|sympy|scipy|special|nn|functional|F|std)(?: ?\. ?|::))+"
    r"(?=[A-Za-z])|\\(?=[A-Za-z]))"  # np.sin and \sin are sin
    rf"|(?P<number>(?:{_DIGITS}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*|√)"
    r"|(?P<mark>\*\*|[<>=!]=|[-+*/%^<>(),;|])"
    r"|(?P<other>[^ ])"
)
_OTHER_LANGUAGES = re.compile("//|<>|=<|=>|->")
OF_TWO_ELSEWHERE = {  # functions that take a second value in other programs, and what that means
    "log": "log(a)/log({b}) for the logarithm to base {b}",
    "round": "round(a*10**{b})/10**{b} for {b} decimals",
    "floor": "floor(a/{b})*{b} for multiples of {b}",
    "ceil": "ceil(a/{b})*{b} for multiples of {b}",
}
_THOUSANDS = re.compile("[1-9][0-9]{0,2}"), re.compile("[0-9]{3}")  # 1,000 is one thousand to some, and one to others


@dataclass(frozen=True)
class Token:
    """A piece of a formula.

    Attributes:
        kind: NUMBER, NAME, MARK, END, or WRONG: then `text` is the sentence about it.
        text: a number with a decimal point, a name as formulas have it, or a mark, with ** for every power.
        at: the index in what was typed.
        after_space: whether a space stands before it.
        as_typed: whether its text is that which was typed.
    """

    kind: str
    text: str
    at: int
    after_space: bool = False
    as_typed: bool = True


def tokens_of(plain: PlainText, start: int, inputs: Collection[str], parameters: Collection[str]) -> list[Token]:
    """The tokens of a plain text from `start` on; the last one is its END.

    Args:
        plain: the text.
        start: where in it the formula begins.
        inputs: the names of the inputs, for sentences.
        parameters: names of the inputs that this formula has for itself.
    """
    return _with_decimals(list(_tokens(plain, start, inputs, parameters)))


def _tokens(plain: PlainText, start: int, inputs: Collection[str], parameters: Collection[str]) -> Iterator[Token]:
    text, end, as_typed = plain.text, start, True
    for match in _TOKEN.finditer(text, start):
        kind, word, at = match.lastgroup, match[0], plain.places[match.start()]
        after_space, end = match.start() > end, match.end()
        if kind == "module":
            as_typed = False
        elif kind == "word" and word.lower() in TRUTHS:
            yield Token(MARK, word.lower(), at, after_space, word.islower())
        elif kind == "word":
            pieces = resolve(word, parameters)
            if not pieces:
                yield Token(WRONG, unknown_word(word, inputs), at, after_space)
            for i, piece in enumerate(pieces):
                piece_kind = NUMBER if piece.isdigit() else NAME
                yield Token(piece_kind, piece, at, after_space and i == 0, as_typed and piece == word)
            as_typed = True
        elif kind == "number":
            number = word.replace(" ", "")
            if float(number) == 0 and re.search("[1-9]", re.split("[eE]", number)[0]):
                yield Token(WRONG, "This number is too near to 0; the smallest is 5e-324.", at, after_space)
            yield Token(NUMBER, number, at, after_space, number == word)
            if text[end : end + 1] in (".", "_") and end < len(text):
                rest = re.match("[A-Za-z0-9_.]*", text[end:])
                shown = word + (rest[0] if rest else "")
                yield Token(WRONG, f"{shown!r} is not a number such as 2, 0.5 or 1e-3.", plain.places[end])
        elif kind == "mark" and not _OTHER_LANGUAGES.match(text, match.start()):
            mark = "**" if word == "^" else word
            yield Token(MARK, mark, at, after_space, mark == word)
        else:
            other = _OTHER_LANGUAGES.match(text, match.start())
            yield Token(WRONG, _unknown_mark(other[0] if other else word), at, after_space)
    yield Token(END, "", plain.places[-1])


def _unknown_mark(mark: str) -> str:
    if not mark.isascii() and unicodedata.category(mark) == "No":
        return f"Write {mark} as a sum with what stands before it, as in 2 + 1/2."
    if mark in MARKS:
        return f"{mark!r} is not used here; use {MARKS[mark]}."
    return f"{mark!r} is not used here; plain letters and digits are, ( ) , and + - * / ** % < <= > >= == !=."


def _with_decimals(tokens: Sequence[Token]) -> list[Token]:
    """With 0,5 as a number and semicolons as commas, where a comma cannot stand between the values of a function."""
    found: list[Token] = []
    functions: list[str] = []  # of each open bracket; "" of others
    semicolons = _levels_with_semicolons(tokens)
    rest = iter(enumerate(tokens))
    for i, token in rest:
        if token.text == "(":
            functions.append(found[-1].text if found and found[-1].text in TAKES else "")
        elif token.text == ")" and functions:
            functions.pop()
        separates = bool(functions) and TAKES.get(functions[-1], 0) > 1
        if token.text == ";" and separates:
            found.append(replace(token, text=",", as_typed=False))
        elif token.text == ";":
            found.append(Token(WRONG, _unknown_mark(";"), token.at, token.after_space))
        elif _begins_decimal(tokens, i) and not separates:
            found.append(replace(tokens[i + 1], text=f"0.{tokens[i + 1].text}", at=token.at, as_typed=False))
            next(rest)
        elif _is_decimal(tokens, i) and not (separates and not semicolons[i]):
            of = functions[-1] if functions else ""
            found.append(_decimal(found.pop(), tokens[i + 1], tokens[i + 2], token.at, of))
            next(rest)
        else:
            found.append(token)
    return found


def _levels_with_semicolons(tokens: Sequence[Token]) -> list[bool]:
    """For each token, whether there is a semicolon within the same brackets."""
    level_of: list[int] = []
    opened, levels, having = [0], 1, set()
    for token in tokens:
        if token.text == "(":
            opened.append(levels)
            levels += 1
        level_of.append(opened[-1])
        if token.text == ";":
            having.add(opened[-1])
        if token.text == ")" and len(opened) > 1:
            opened.pop()
    return [level in having for level in level_of]


def _is_decimal(tokens: Sequence[Token], i: int) -> bool:
    """Whether token i is a comma between digits, with no space on either side."""
    if tokens[i].text != "," or not 0 < i < len(tokens) - 1:
        return False
    left, comma, right = tokens[i - 1 : i + 2]
    return left.kind == right.kind == NUMBER and left.text.isdigit() and not comma.after_space and not right.after_space


def _begins_decimal(tokens: Sequence[Token], i: int) -> bool:
    """Whether token i is the comma of ,5: before a number, where no value ends."""
    if tokens[i].text != "," or not tokens[i + 1].text.isdigit() or tokens[i + 1].after_space:
        return False
    return i == 0 or (tokens[i - 1].kind == MARK and tokens[i - 1].text not in (")", "|", ",", ";"))


def _decimal(left: Token, right: Token, after: Token, at: int, function: str) -> Token:
    """The number with a comma between two tokens, or a WRONG one where it can be read in two ways.

    Args:
        left, right: the tokens.
        after: the one after them.
        at: where the comma is.
        function: in whose brackets they are.
    """
    whole, thousands = _THOUSANDS
    fraction = right.text
    if function in OF_TWO_ELSEWHERE and after.text == ")":
        words = f"{left.text},{fraction} can be read in two ways; write {left.text}.{fraction} for one number"
        return Token(WRONG, f"{words}, or {OF_TWO_ELSEWHERE[function].format(b=fraction)}.", at)
    if left.kind == NUMBER and "." not in left.text and (after.text != "," or after.after_space):
        if whole.fullmatch(left.text) and thousands.fullmatch(fraction):
            ways = f"{left.text}{fraction} or {left.text}.{fraction.rstrip('0') or '0'}"
            return Token(WRONG, f"{left.text},{fraction} can be read in two ways; write {ways}.", at)
        if fraction[0].isdigit() and "." not in fraction:
            return Token(NUMBER, f"{left.text}.{fraction}", left.at, left.after_space, as_typed=False)
    return Token(WRONG, "Write a number without marks of thousands, and decimals with a point: 1234.5.", at)
