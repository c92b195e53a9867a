"""The words of a formula: names, other spellings of them, and several written as one."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from playground.problems.formulas.functions import CONSTANTS
from playground.problems.formulas.hints import INSTEAD
from playground.problems.formulas.macros import TAKES

_SPELLINGS = {  # the name in a formula, and other spellings of the same function
    "sin": "sine sinus sen",
    "cos": "cosine cosinus",
    "tan": "tangent tangens tg",
    "asin": "arcsin arcsine arcsen",
    "acos": "arccos arccosine",
    "atan": "arctan arctangent arctg atg",
    "sinh": "sh senh",
    "cosh": "ch",
    "tanh": "th tgh",
    "log": "ln log_e loge",
    "log2": "log_2 lb ld",
    "log10": "log_10",
    "sqrt": "root squareroot square_root wurzel racine √",
    "abs": "fabs absolute betrag",
    "sign": "sgn signum",
    "ceil": "ceiling",
    "round": "rint",
    "sigmoid": "logistic sigm expit",
    "min": "minimum amin fmin",
    "max": "maximum amax fmax",
    "clip": "clamp",
    "where": "if ifelse iif wenn si",
    "cot": "cotan cotangent ctg cotg ctan",
    "sec": "secant",
    "csc": "cosec cosecant",
    "coth": "cotanh cth ctgh",
    "asinh": "arcsinh arsinh argsinh arsh",
    "acosh": "arccosh arcosh argcosh arch",
    "atanh": "arctanh artanh argtanh arth",
    "cbrt": "cuberoot cube_root",
    "swish": "silu",
    "pow": "power potenz powf",
    "mod": "modulo remainder rest",
    "pi": "m_pi",
    "x1": "x_1",
    "x2": "x_2",
}
SPELLINGS = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings.split()}
INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan", "exp": "log", "asin": "sin", "acos": "cos", "atan": "tan"} | {
    name: f"a{name}" for name in ("sinh", "cosh", "tanh")
}
VARIABLES = ("x", "x1", "x2", "y")

ENOUGH_WAYS = 3  # to read a word: more make no difference


def resolve(word: str, parameters: Collection[str] = ()) -> tuple[str, ...]:
    """The names that a word stands for, as it is or one after the other; () where there is none, or not one way.

    Digits among them are numbers: "sin2x" is sin, 2, x.

    Args:
        word: letters, digits and underscores.
        parameters: names of the inputs that this formula has for itself.
    """
    if word in parameters:
        return (word,)
    lower = word.lower()
    if name := known_name(lower):
        return (name,)
    ways = () if lower in INSTEAD else ways_to_read(lower, frozenset(parameters))
    ways = tuple(way for way in ways if not way[-1].isdigit())  # sin2 alone may be a power
    return ways[0] if len(ways) == 1 else ()


def known_name(word: str) -> str | None:
    word = SPELLINGS.get(word, word)
    return word if word in TAKES or word in CONSTANTS or word in VARIABLES else None


@lru_cache(maxsize=256)
def ways_to_read(word: str, parameters: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """At most ENOUGH_WAYS ways to read a word as names one after the other."""
    names = [*VARIABLES, *CONSTANTS, *TAKES, *(name for name in SPELLINGS if len(name) > 2 or name == "ln")]
    known = {*names, *parameters} if not parameters else {*(set(names) - set(VARIABLES)), *parameters}
    longest = max(map(len, known))
    ends: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]  # the ways to read what comes before each place
    for place in range(len(word)):
        for way in ends[place]:
            for piece in _pieces(word, place, known, longest):
                if _may_follow(way, piece):
                    reached = ends[place + len(piece)]
                    if len(reached) < ENOUGH_WAYS:
                        reached.append((*way, piece))
    return tuple(tuple(SPELLINGS.get(piece, piece) for piece in way) for way in ends[-1])


def _pieces(word: str, place: int, known: Collection[str], longest: int) -> Iterator[str]:
    if digits := re.match("[0-9]+", word[place:]):
        yield digits[0]
    for end in range(place + 1, min(len(word), place + longest) + 1):
        if word[place:end] in known:
            yield word[place:end]


def _may_follow(way: tuple[str, ...], piece: str) -> bool:
    """Whether a piece can stand after others: a number after a function alone, and e not there: "sine" is no sin(e)."""
    before = SPELLINGS.get(way[-1], way[-1]) if way else ""
    if piece.isdigit():
        return before in TAKES
    return not (piece == "e" and before in TAKES)
