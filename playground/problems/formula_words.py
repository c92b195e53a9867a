"""The words of a formula: other spellings of the same, and what to write for those that are not known."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache

from playground.problems.formula_functions import CONSTANTS, FUNCTIONS

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
    "sqrt": "root √",
    "abs": "fabs absolute",
    "sign": "sgn signum",
    "ceil": "ceiling",
    "round": "rint",
    "sigmoid": "logistic sigm",
    "min": "minimum",
    "max": "maximum",
    "x1": "x_1",
    "x2": "x_2",
}
SPELLINGS = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings.split()}
INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan", "exp": "log", "asin": "sin", "acos": "cos", "atan": "tan"}
VARIABLES = ("x", "x1", "x2", "y")

_INSTEAD = {  # words that are not known, and what means the same; {x} is the name of an input
    "cot": "1/tan({x})",
    "sec": "1/cos({x})",
    "csc": "1/sin({x})",
    "acot": "pi/2 - atan({x})",
    "asec": "acos(1/{x})",
    "acsc": "asin(1/{x})",
    "coth": "1/tanh({x})",
    "sech": "1/cosh({x})",
    "csch": "1/sinh({x})",
    "asinh": "log({x} + sqrt({x}**2 + 1))",
    "acosh": "log({x} + sqrt({x}**2 - 1))",
    "atanh": "log((1 + {x})/(1 - {x}))/2",
    "atan2": "atan(a/b)",
    "lg": "log10({x}), or log2({x}) if that is meant",
    "log1p": "log(1 + {x})",
    "expm1": "exp({x}) - 1",
    "exp2": "2**{x}",
    "exp10": "10**{x}",
    "pow": "a**b",
    "power": "a**b",
    "square": "{x}**2",
    "sqr": "{x}**2 for the square or sqrt({x}) for the root",
    "cube": "{x}**3",
    "cbrt": "sign({x})*abs({x})**(1/3)",
    "sinc": "where({x} == 0, 1, sin({x})/{x})",
    "sinpi": "sin(pi*{x})",
    "cospi": "cos(pi*{x})",
    "mod": "a % b",
    "fmod": "a % b",
    "div": "floor(a/b)",
    "int": "floor({x}), or sign({x})*floor(abs({x})) towards 0",
    "trunc": "sign({x})*floor(abs({x}))",
    "step": "where({x} < 0, 0, 1)",
    "heaviside": "where({x} < 0, 0, 1)",
    "softplus": "log(1 + exp({x}))",
    "softsign": "{x}/(1 + abs({x}))",
    "elu": "where({x} > 0, {x}, exp({x}) - 1)",
    "leaky_relu": "max({x}, 0.01*{x})",
    "relu6": "clip({x}, 0, 6)",
    "silu": "{x}*sigmoid({x})",
    "swish": "{x}*sigmoid({x})",
    "logit": "log({x}/(1 - {x}))",
    "gauss": "exp(-{x}**2)",
    "gaussian": "exp(-{x}**2)",
    "frac": "(a)/(b)",
    "cdot": "*",
    "times": "*",
    "deg": "{x}*180/pi",
    "rad": "{x}*pi/180",
    "and": "a * b for two comparisons that both hold",
    "or": "max(a, b) for two comparisons of which one holds",
    "not": "1 - a",
    "xor": "a != b",
    "if": "where(a, b, c)",
    "else": "where(a, b, c)",
    "true": "1",
    "false": "0",
    "inf": "a large number, such as 1e9",
    "z": "x1 and x2 for two inputs",
    "x3": "{x}**3 for the cube or 3*{x}; there are at most two inputs, x1 and x2",
}
_OTHER_WORDS = {  # other spellings of those
    "cot": "cotan cotangent ctg cotg ctan",
    "sec": "secant",
    "csc": "cosec cosecant",
    "acot": "arccot arcctg arccotg",
    "asec": "arcsec",
    "acsc": "arccsc arccosec",
    "coth": "cotanh cth ctgh",
    "asinh": "arcsinh arsinh argsinh arsh",
    "acosh": "arccosh arcosh argcosh arch",
    "atanh": "arctanh artanh argtanh arth",
    "atan2": "arctan2",
    "trunc": "fix truncate",
    "step": "theta",
    "leaky_relu": "leakyrelu lrelu prelu",
    "logit": "inverse_sigmoid",
    "deg": "degrees",
    "rad": "radians",
    "inf": "infinity infty",
    "mod": "modulo remainder",
}
INSTEAD = _INSTEAD | {word: _INSTEAD[name] for name, words in _OTHER_WORDS.items() for word in words.split()}
MARKS = {  # characters that are not known, and what to use instead
    "[": "(",
    "]": ")",
    "=": "== to compare",
    "&": "a * b for two comparisons that both hold",
    "∧": "a * b for two comparisons that both hold",
    "∨": "max(a, b) for two comparisons of which one holds",
    "!": "!= to compare; there are no factorials",
    "?": "where(a, b, c)",
    ":": "/ to divide",
    ";": "a comma between the values of a function",
    "°": "*pi/180 for degrees",
    "∞": "a large number, such as 1e9",
    "∛": "sign(a)*abs(a)**(1/3)",
    "≈": "abs(a - b) < 0.1",
    "\\": "sqrt(a), (a)/(b), or whatever is meant",
    "∫": "the integral, worked out",
    "∑": "the terms, written out",
    "$": "the formula alone, without $",
    "'": "the formula alone, without quotation marks",
    '"': "the formula alone, without quotation marks",
    "`": "the formula alone, without quotation marks",
    "~": "abs(a - b) < 0.1",
    "@": "* for products",
    "//": "floor(a/b)",
    "<>": "!=",
    "=<": "<=",
    "=>": ">=",
}
_CLOSE = 0.75  # of a misspelt word: "sqtr" is sqrt
ENOUGH_WAYS = 2  # to read a word, to know that there is not one way
_SHORTEST = 4  # letters of a word that can be taken for misspelt: shorter ones are names of something else


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
    if name := _name(lower):
        return (name,)
    ways = () if lower in INSTEAD else _ways(lower, frozenset(parameters))
    return ways[0] if len(ways) == 1 and not ways[0][-1].isdigit() else ()


def _in_full(way: Sequence[str]) -> str:
    """The names of a word as a formula."""
    text = ""
    for name in reversed(way):
        text = f"{name}({text})" if name in FUNCTIONS else f"{name}*{text}".rstrip("*")
    return text


def _name(word: str) -> str | None:
    word = SPELLINGS.get(word, word)
    return word if word in FUNCTIONS or word in CONSTANTS or word in VARIABLES else None


@lru_cache(maxsize=256)
def _ways(word: str, parameters: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """At most two ways to read a word as names one after the other."""
    names = [*VARIABLES, *CONSTANTS, *FUNCTIONS, *(name for name in SPELLINGS if len(name) > 2 or name == "ln")]
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
        return before in FUNCTIONS
    return not (piece == "e" and before in FUNCTIONS)


def unknown_word(word: str, inputs: Iterable[str]) -> str:
    """A sentence on a word that is not known: what means the same, or else what is near.

    Args:
        word: as typed.
        inputs: the names of the inputs.
    """
    inputs = list(inputs)
    x, lower = inputs[0], word.lower()
    if lower in INSTEAD:
        return f"There is no {word!r} here; use {INSTEAD[lower].format(x=x)}."
    if len(ways := [way for way in _ways(lower, frozenset()) if way[-1] not in FUNCTIONS]) > 1:
        return f"{word!r} can mean two things; write {' or '.join(map(_in_full, ways))}."
    if power := re.fullmatch(r"([a-z]+)([0-9]+)", lower):
        base, digits = _name(power[1]), power[2]
        if base in FUNCTIONS:
            of = f"{base}({x})"
            other = f", log({x})/log({digits})" if base == "log" else ""
            return f"{word!r} can mean several things; write {of}**{digits} or {base}({digits}*{x}){other}."
        if base:
            return f"{word!r} can mean two things; write {base}**{digits} or {digits}*{base}."
    if logarithm := re.fullmatch(r"log_?([0-9]+)", lower):
        return f"For the logarithm to base {logarithm[1]}, write log({x})/log({logarithm[1]})."
    if word.startswith("_") or not word.isascii():
        near = []
    else:
        names = [*inputs, *CONSTANTS, *FUNCTIONS]
        near = get_close_matches(lower, names, 1, _CLOSE) if len(word) >= _SHORTEST and lower.isalpha() else []
    if near:
        return f"There is no {word!r} here; did you mean {near[0]}?"
    return f"There is no {word!r} here; the names are {', '.join([*inputs, *CONSTANTS, *FUNCTIONS])}."
