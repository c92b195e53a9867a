"""The one reader of numbers: whatever a visitor types, pastes, uploads or puts in a link is taken as meant, or refused.

A text with one meaning is taken: 0.5, 0,5, 1e-3, 20 000, 1.234.567,8, 1/3, 2^10, 2 pi. With two, as 1,234 or 50%, it is
refused with both.
"""

import math
import re
import unicodedata

MAX_QUOTED = 30  # characters of a text that are repeated in a sentence
MAX_POWER = 60  # characters of a number that is written as a power, a fraction, a percentage or a multiple of pi

# In each pattern there are no two ways to match the same text, so that a text of any length is matched in linear time.
SIMPLE = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
_PARTS = re.compile(r"([-+]?) ?(\d[\d.,'_ ]*|[.,]\d+)(?:e ?([-+]?) ?(\d+)[.,]?)?", re.ASCII | re.IGNORECASE)
_ONE_MARK = re.compile(r"(\d*)([.,])(\d*)", re.ASCII)
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:([ '_.,])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?", re.ASCII)  # 12.345.678,9
_INDIAN = re.compile(r"([1-9]\d?(?:,\d\d)+,\d{3})(?:\.(\d*))?", re.ASCII)  # 12,34,567.8
_POWER_OF_TEN = re.compile(r"(?:([^*]*?) ?[*×·⋅x] ?|([-+]?))10 ?(?:\^|\*\*) ?([-+]?\d{1,4})", re.ASCII)  # 2 * 10^-3
_POWER = re.compile(r"([-+]?) ?([\d.,]+) ?(?:\^|\*\*) ?([-+]?[\d.,]+)", re.ASCII)  # 2^10
_FRACTION = re.compile(r"([^/]*?) ?/ ?([\d.,e]+)", re.ASCII)  # 1/3 and pi/2
_MIXED = re.compile("([-+]?)([0-9]*) ?([¼-¾⅐-⅞])")  # 1½
_TIMES_PI = re.compile(r"([-+]?) ?([\d.,]*) ?[*×·⋅]? ?(?:pi|π)", re.IGNORECASE)  # 2 pi
_PERCENT = re.compile(r"([^%‰]*?) ?([%‰])")
_NEGATIVE = re.compile(r"\( ?([\d.,' ]+?) ?\)|([\d.,' ]+?) ?-")  # as in bookkeeping
_LOST_ABOVE = re.compile(r"([\d.,]+) ?[*×·⋅x] ?10([-+]\d{1,3})|([\d.,]+) ?e ?\^ ?([-+]?\d{1,3})", re.IGNORECASE)
_FORTRAN = re.compile(r"([-+]?\d*\.\d*)d([-+]?\d+)", re.ASCII | re.IGNORECASE)  # 0.15D+01
_EXPONENT_IN_BRACKETS = re.compile(r"(\^|\*\*) ?[({] ?([^(){}]*?) ?[)}]")  # 10^{-3}
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
    "﹐": ",",
    "ｅ": "e",
    "Ｅ": "e",
    **dict.fromkeys("∕⁄÷／", "/"),
    **dict.fromkeys("％﹪٪", "%"),
    **dict.fromkeys("＾ˆ", "^"),
}
_AROUND = ('""', "''", "``", "“”", "„“", "«»", "$$")  # a number that was copied with them


class NumeralError(ValueError):
    """A text that is not one number; the message says why and begins with the text.

    Attributes:
        readings: the numbers that it can be, if there are several.
        is_share: whether it has a percent sign; the first reading is then the share of 1.
    """

    def __init__(self, message: str, readings: tuple[float, ...] = (), *, is_share: bool = False) -> None:
        super().__init__(message)
        self.readings = readings
        self.is_share = is_share

    def share(self, low: float, high: float) -> float | None:
        """The share that a percentage must be, because its number is beyond the limits: 90% of what is at most 1."""
        if not self.is_share or low <= self.readings[1] <= high or not low <= self.readings[0] <= high:
            return None
        return self.readings[0]


def read_number(text: str, *, whole: bool = False) -> float:
    """The number that a text means; inf if it is beyond all floats.

    Args:
        text: with a decimal point or comma, marks between thousands, an exponent, the signs and digits of any keyboard.
        whole: whether a whole number is asked for: 1.234 is then more likely to be 1234.

    Raises:
        NumeralError: when it is not a number, or could be two.
    """
    if SIMPLE.fullmatch(text) and not _LIKE_THOUSANDS.fullmatch(text):  # as almost always
        return _float(text, text)
    plain = _bare(plain_text(text))
    if len(plain) <= MAX_POWER and (number := _calculated(text, plain, whole=whole)) is not None:
        return number
    parts = _PARTS.fullmatch(plain)
    if parts is None:
        raise _not_a_number(text)
    sign, digits, exponent_sign, exponent = parts.groups()
    readings = _readings(digits.strip(), whole=whole, has_exponent=exponent is not None)
    end = f"e{exponent_sign}{exponent}" if exponent is not None else ""
    numbers = [_float(f"{sign}{reading}{end}", text) for reading in readings]
    if not numbers:
        raise _not_a_number(text)
    if len(numbers) > 1:
        raise _two_numbers(text, *numbers)
    return numbers[0]


def _calculated(text: str, plain: str, *, whole: bool) -> float | None:
    """The number in a text that is a power, a fraction or a multiple of pi; None if it is none of these.

    Raises:
        NumeralError: when it can be two numbers, as a percentage can.
    """
    if (power := _POWER_OF_TEN.fullmatch(plain)) is not None:
        return _scaled(text, _part(text, power[1]) if power[1] is not None else float(f"{power[2]}1"), int(power[3]))
    if (power := _POWER.fullmatch(plain)) is not None:
        number = math.copysign(_power(_part(text, power[2]), _part(text, power[3])), -1 if power[1] == "-" else 1)
        if re.fullmatch(r"\d+[.,]10", power[2]):  # 2.10^3 is 2 * 10^3 where a point multiplies
            raise _two_numbers(text, number, _float(f"{power[1]}{power[2][:-3]}e{power[3]}", text))
        return number
    if (fraction := _FRACTION.fullmatch(plain)) is not None and not whole:  # 20/10 units are two layers to some
        divisor = _part(text, fraction[2])
        if divisor == 0:
            raise NumeralError(f"{quoted(text)} divides by 0")
        return _part(text, fraction[1]) / divisor
    if (mixed := _MIXED.fullmatch(plain)) is not None:
        return float(f"{mixed[1]}1") * (int(mixed[2] or 0) + unicodedata.numeric(mixed[3]))
    if (turns := _TIMES_PI.fullmatch(plain)) is not None:
        return float(f"{turns[1]}1") * (_part(text, turns[2]) if turns[2] else 1.0) * math.pi
    if (percent := _PERCENT.fullmatch(plain)) is not None:
        number = _part(text, percent[1])
        raise _two_numbers(text, _scaled(text, number, -2 if percent[2] == "%" else -3), number, is_share=True)
    if (negative := _NEGATIVE.fullmatch(plain)) is not None:
        number = _part(text, negative[1] or negative[2])
        raise _two_numbers(text, -number, number)
    if (lost := _LOST_ABOVE.fullmatch(plain)) is not None:  # 2x10-3, and 2e^-3
        factor, exponent = _part(text, lost[1] or lost[3]), int(lost[2] or lost[4])
        other = 10 * factor + exponent if lost[1] else factor * math.exp(exponent)
        raise _two_numbers(text, float(f"{factor!r}e{exponent}"), other)
    return None


def _part(text: str, part: str) -> float:
    """The number in a part of a text; a NumeralError on the whole where the part is none."""
    try:
        return read_number(part)
    except NumeralError as error:
        raise NumeralError(str(error)) if error.readings else _not_a_number(text) from None


def _scaled(text: str, number: float, exponent: int) -> float:
    """number * 10^exponent, to the last digit: 99.9% is 0.999."""
    return _float(f"{number!r}e{exponent}", text) if "e" not in repr(number) else number * 10.0**exponent


def _power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except (OverflowError, ValueError):  # beyond all floats, or 0 to a negative power
        return math.inf


def _float(numeral: str, text: str) -> float:
    """The number that Python's numeral for a text means; a NumeralError where it is not 0 and would become 0."""
    number = float(numeral)
    if not number and re.search("[1-9]", re.split("[eE]", numeral, maxsplit=1)[0]):
        raise NumeralError(f"{quoted(text)} is too near to 0; the smallest number is 5e-324")
    return number


def _not_a_number(text: str) -> NumeralError:
    return NumeralError(f"{quoted(text)} is not a number such as 1.5 or -2e-3")


def _two_numbers(text: str, one: float, other: float, *, is_share: bool = False) -> NumeralError:
    words = f"{quoted(text)} can be {written(one)} or {written(other)}: write one of these"
    return NumeralError(words, (one, other), is_share=is_share)


def _bare(plain: str) -> str:
    """A text without what stands around a number, or before it, where it was copied from."""
    if len(plain) > MAX_POWER:
        return plain
    plain = re.sub(r"^(=|'(?=[-+.,\d]+$))", "", plain)  # of a spreadsheet: a formula, and a text
    if plain[:1] + plain[-1:] in _AROUND and len(plain) > 1:
        plain = plain[1:-1].strip()
    plain = re.sub(r" ?\\(cdot|times) ?", "*", plain)
    plain = _EXPONENT_IN_BRACKETS.sub(r"\1\2", plain)
    fortran = _FORTRAN.fullmatch(plain)
    return f"{fortran[1]}e{fortran[2]}" if fortran else plain


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
