"""The characters of a formula as plain ones, whatever keyboard, editor or page they come from; each with its place."""

import re
import unicodedata
from typing import NamedTuple

_SAME = (  # characters that mean the same, and the plain text for them
    ("*", "×·∙•⋅∗✕✖⨯⨉⁎∘‧・⸱✱⋆★"),
    ("/", "÷∕⁄"),
    ("-", "−–—‐‑‒―➖˗⁃"),
    ("+", "➕"),
    ("^", "ˆ↑"),
    ("<=", "≤⩽≦"),
    (">=", "≥⩾≧"),
    ("!=", "≠"),
    ("|", "∣│❘ǀ"),
    (".", "٫"),
    (",", "،"),
    (";", "؛"),
    ("->", "→↦"),
    ("floor(", "⌊"),
    ("ceil(", "⌈"),
    ("cbrt ", "∛"),
    (" and ", "∧"),
    (" or ", "∨"),
    ("sigma", "σ"),
    ("theta", "θϑ"),
    (")", "⌋⌉}"),
    ("(", "{"),  # x^{2}
    ("pi", "πΠ"),
    ("tau", "τ"),
    ("a", "а"),  # and Cyrillic letters that look Latin
    ("c", "с"),
    ("e", "е"),
    ("i", "і"),
    ("o", "о"),
    ("p", "р"),
    ("s", "ѕ"),
    ("x", "хХ"),
    ("y", "уУ"),
    ("*", "\N{INVISIBLE TIMES}"),
    ("+", "\N{INVISIBLE PLUS}"),
    (",", "\N{INVISIBLE SEPARATOR}"),
)
PLAIN = {character: plain for plain, characters in _SAME for character in characters}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣʸᵉ⋅", "0123456789+-()nxye*", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_OPENING, _CLOSING = "'\"`$“‘„«", "'\"`$”’“»"  # quotation marks around a copied formula
_JOINERS = re.compile(
    r"[\u034f\u115f\u1160\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)  # beside those of the category Cf


class PlainText(NamedTuple):
    """A formula in plain characters.

    Attributes:
        text: of ASCII and √, wherever the characters are known; with one kind of space.
        places: for each character, and for the end, the index in what was typed.
        altered: whether that is more than what was typed, without spaces at its ends.
    """

    text: str
    places: list[int]
    altered: bool


def plain_text(typed: str) -> PlainText:
    """What was typed, in plain characters: raised ones as a power in brackets, lowered digits after a _."""
    pieces: list[tuple[str, int]] = []
    end, place = len(typed.rstrip()), len(typed) - len(typed.lstrip())
    while end - place > 1 and typed[place] in _OPENING and typed[end - 1] in _CLOSING:
        place, end = place + 1, end - 1
    while place < end:
        run = _run(typed, place, _RAISED)
        if run and typed[place] != "⋅":
            inner = [_RAISED[each] for each in run]
            for i in range(1, len(inner)):  # x² raised is no x2
                inner[i] = " " * (inner[i - 1] in "xyn" and inner[i].isdigit()) + inner[i]
            pieces += [("^(", place), *((mark, place + i) for i, mark in enumerate(inner)), (")", place + len(run) - 1)]
        elif run := _run(typed, place, _LOWERED):
            lowered = "".join(_LOWERED[each] for each in run)
            pieces += [("_", place), *((digit, place + i) for i, digit in enumerate(lowered))]
            pieces.append((" ", place + len(run) - 1))  # ends the name: log₂x is log_2 x
        else:
            run = typed[place]
            plain = _plain(run)
            mixed = (
                plain.startswith("(") and len(plain) > 1 and typed[:place].rstrip()[-1:].isdigit()
            )  # 2½ is no product
            pieces.append((run if mixed else plain, place))
        place += len(run)
    text = "".join(piece for piece, _ in pieces)
    places = [at for piece, at in pieces for _ in piece]
    return PlainText(text, [*places, end], text.strip() != typed.strip(" "))


def _run(typed: str, start: int, known: dict[str, str]) -> str:
    end = start
    while end < len(typed) and typed[end] in known:
        end += 1
    return typed[start:end]


def _plain(character: str) -> str:
    """The plain text for a character; the character itself where none is known, which is then refused by name."""
    if character in PLAIN:
        return PLAIN[character]
    if character.isascii():
        return " " if character.isspace() else character
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cf" or _JOINERS.match(character):
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    compatible = unicodedata.normalize("NFKC", character)
    if compatible in PLAIN:
        return PLAIN[compatible]
    if re.fullmatch("[0-9]⁄[0-9]", compatible):
        return f"({compatible.replace('⁄', '/')})"
    return compatible if len(compatible) == 1 and compatible.isascii() and compatible.isprintable() else character
