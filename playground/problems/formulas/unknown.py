"""A sentence on a word that is not known in a formula: what means the same, or else what is near."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from playground.problems.formulas.functions import CONSTANTS, FUNCTIONS
from playground.problems.formulas.hints import INSTEAD
from playground.problems.formulas.macros import TAKES
from playground.problems.formulas.words import known_name, ways_to_read

_CLOSE = 0.75  # of a misspelt word: "sqtr" is sqrt
_SHORTEST = 4  # letters of a word that can be taken for misspelt: shorter ones are names of something else


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
    if len(ways := [way for way in ways_to_read(lower, frozenset()) if way[-1] not in TAKES]) > 1:
        return f"{word!r} can mean two things; write {' or '.join(map(_in_full, ways))}."
    if power := re.fullmatch(r"([a-z]+)([0-9]+)", lower):
        base, digits = known_name(power[1]), power[2]
        if base in TAKES:
            of = f"{base}({x})"
            other = f", log({x})/log({digits})" if base == "log" else ""
            return f"{word!r} can mean several things; write {of}**{digits} or {base}({digits}*{x}){other}."
        if base:
            return f"{word!r} can mean two things; write {base}**{digits} or {digits}*{base}."
    if logarithm := re.fullmatch(r"log_?([0-9]+)", lower):
        return f"For the logarithm to base {logarithm[1]}, write log({x})/log({logarithm[1]})."
    if re.fullmatch("[A-Z]{1,3}[0-9]+", word):
        return f"There is no {word!r} here, as in a spreadsheet; the input is {x}."
    if re.fullmatch(f"[a-z]{x}", lower):
        return f"There is no {word!r} here; for a constant, write its number, as in 2*{x}."
    if word.startswith("_") or not word.isascii():
        near = []
    else:
        names = [name for name in (*inputs, *CONSTANTS, *FUNCTIONS) if name[0] == lower[0]]  # gelu is no relu
        near = get_close_matches(lower, names, 2, _CLOSE) if len(word) >= _SHORTEST and lower.isalpha() else []
    if near:
        return f"There is no {word!r} here; did you mean {' or '.join(near)}?"
    sentence = f"There is no {word!r} here; the names are {', '.join([*inputs, *CONSTANTS, *FUNCTIONS])}."
    if len(word) == 1 and word.isalpha() and len(inputs) == 1:
        f = "g" if word == "f" else "f"
        return f"{sentence} For a constant, write its number; to call the input {word}, begin with {f}({word}) =."
    return sentence


def _in_full(way: Sequence[str]) -> str:
    """The names of a word as a formula."""
    text = ""
    for name in reversed(way):
        text = f"{name}({text})" if name in TAKES else f"{name}*{text}".rstrip("*")
    return text
