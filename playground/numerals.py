"""The one reader of numbers: whatever a visitor types, pastes, uploads or puts in a link is taken as meant, or refused.

A text with one meaning is taken: 0.5, 0,5, 1e-3, 20 000, 1.234.567,8. With two, as 1,234, it is refused with both.
"""

import re
import unicodedata

MAX_QUOTED = 30  # characters of a text that are repeated in a sentence
MAX_POWER = 60  # characters of a number that is written with a power of ten

# In each pattern there are no two ways to match the same text, so that a text of any length is matched in linear time.
SIMPLE = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
_PARTS = re.compile(r"([-+]?) ?(\d[\d.,'_ ]*|[.,]\d+)(?:e ?([-+]?) ?(\d+))?", re.ASCII | re.IGNORECASE)
_ONE_MARK = re.compile(r"(\d*)([.,])(\d*)", re.ASCII)
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:([ '_.,])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?", re.ASCII)  # 12.345.678,9
_INDIAN = re.compile(r"([1-9]\d?(?:,\d\d)+,\d{3})(?:\.(\d*))?", re.ASCII)  # 12,34,567.8
_POWER = re.compile(r"(?:([^*]*?) ?[*×·⋅x] ?|([-+]?))10 ?(?:\^|\*\*) ?([-+]?\d{1,4})", re.ASCII)  # 2 * 10^-3
_LIKE_THOUSANDS = re.compile(r"[-+]? ?[1-9]\d{0,2}\.\d{3}", re.ASCII)

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_POWER_ABOVE = re.compile("10 ?([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_OTHER_KEYBOARDS = {
    **dict.fromkeys("−‐‑‒–—﹣－", "-"),  # minus signs and dashes
    **dict.fromkeys("’‘ʼ′´`٬", "'"),  # between thousands
    "＋": "+",
    "，": ",",
    "．": ".",
    "٫": ".",
    "ｅ": "e",
    "Ｅ": "e",
}


class NumeralError(ValueError):
    """A text that is not one number; the message says why and begins with the text.

    Attributes:
        readings: the numbers that it can be, if there are several.
    """

    def __init__(self, message: str, readings: tuple[float, ...] = ()) -> None:
        super().__init__(message)
        self.readings = readings


def read_number(text: str, *, whole: bool = False) -> float:
    """The number that a text means; inf if it is beyond all floats.

    Args:
        text: with a decimal point or comma, marks between thousands, an exponent, the signs and digits of any keyboard.
        whole: whether a whole number is asked for: 1.234 is then more likely to be 1234.

    Raises:
        NumeralError: when it is not a number, or could be two.
    """
    if SIMPLE.fullmatch(text) and not _LIKE_THOUSANDS.fullmatch(text):  # as almost always
        return float(text)
    plain = plain_text(text)
    power = _POWER.fullmatch(plain) if len(plain) <= MAX_POWER else None
    if power is not None:
        factor = read_number(power[1]) if power[1] is not None else float(f"{power[2]}1")
        return float(f"{factor!r}e{power[3]}") if "e" not in repr(factor) else factor * 10.0 ** int(power[3])
    parts = _PARTS.fullmatch(plain)
    if parts is None:
        raise NumeralError(f"{quoted(text)} is not a number such as 1.5 or -2e-3")
    sign, digits, exponent_sign, exponent = parts.groups()
    readings = _readings(digits.strip(), whole=whole, has_exponent=exponent is not None)
    end = f"e{exponent_sign}{exponent}" if exponent is not None else ""
    numbers = [float(f"{sign}{reading}{end}") for reading in readings]
    if not numbers:
        raise NumeralError(f"{quoted(text)} is not a number such as 1.5 or -2e-3")
    if len(numbers) > 1:
        raise NumeralError(
            f"{quoted(text)} can be {written(numbers[0])} or {written(numbers[1])}: write one of these", tuple(numbers)
        )
    return numbers[0]


def written(number: float) -> str:
    """A number as a field shows it, which `read_number` takes back: with few digits if these are exact."""
    if isinstance(number, int):
        return str(number)
    short = f"{number:g}"
    exact = short if float(short) == number else repr(number)
    return exact.removesuffix(".0")


def readable(number: float) -> str:
    """A number for people: as it is if it was written with at most twelve digits, and else with six.

    A whole number keeps all of its digits.
    """
    if float(f"{number:.12g}") == number or abs(number) >= 1e15:
        return written(number)
    return written(float(f"{number:.{max(6, len(f'{abs(number):.0f}'))}g}"))


def quoted(text: str) -> str:
    """A visitor's text in a sentence: its start, in quotation marks, on one line."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:MAX_QUOTED])
    return f'"{shown}…"' if len(text) > MAX_QUOTED else f'"{shown}"'


def _readings(digits: str, *, whole: bool, has_exponent: bool) -> list[str]:
    """What digits with marks between them can be, as Python writes it, without sign and exponent."""
    if digits.isdecimal():
        return [digits]
    one = _ONE_MARK.fullmatch(digits)
    if one is not None:
        before, mark, after = one.groups()
        decimal = f"{before or 0}.{after or 0}"
        is_group = not has_exponent and len(after) == 3 and re.fullmatch(r"[1-9]\d{0,2}", before)
        # The page writes a decimal point, and never a last 0: 1.234 is read as the page would write it.
        return [decimal, before + after] if is_group and (mark == "," or whole or after[-1] == "0") else [decimal]
    grouped = _GROUPED.fullmatch(digits)
    if grouped is not None:
        return [f"{re.sub(r'[^0-9]', '', grouped[1])}.{grouped[3] or 0}"]
    indian = _INDIAN.fullmatch(digits)
    return [f"{indian[1].replace(',', '')}.{indian[2] or 0}"] if indian else []


def plain_text(text: str) -> str:
    """The text in ASCII where it has the same meaning there, without what cannot be seen."""
    if not text.isascii():
        text = _POWER_ABOVE.sub(lambda match: f"10^{match[1].translate(_SUPERSCRIPTS)}", text)
        text = "".join(map(_ascii, text))
    return text.strip()


def _ascii(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cf":  # marks of direction, spaces of no width
        return ""
    digit = unicodedata.decimal(character, None)
    return str(digit) if digit is not None else _OTHER_KEYBOARDS.get(character, character)
