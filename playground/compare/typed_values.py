"""The values of a setting as they are typed for a race or a sweep: where one ends and the next begins, and ranges."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from playground.compare.settings import MAX_VALUES, NONE, SWEPT, Swept, check_values, in_words
from playground.numerals import quoted

_SEPARATORS = str.maketrans({"；": ";", "，": ",", "、": ";", "\u060c": ",", "؛": ";", "|": ";"})
_AND = re.compile(r"\s(?:and|or)\s|\s*&+\s*", re.IGNORECASE)
_LISTED = re.compile(r"\s*[\[({](.*)[\])}]\s*", re.DOTALL)
_LIKE_RANGE = re.compile(r"[^:]+?(?: ?\.\.+ ?| (?:to|until|bis) |[0-9] ?[-–—] ?(?=\d))[^:]+", re.IGNORECASE)
RANGE = re.compile(r"([^:]+):([^:]+): ?(lin|log) ?(\d{1,5})", re.ASCII | re.IGNORECASE)


def read_values(name: str, text: str, most: int = MAX_VALUES) -> tuple[Swept, ...]:
    """The values of a setting as typed, separated by semicolons, commas or spaces; 0.01:1:log5 and 0:1:lin5 are five.

    A comma can also be a decimal comma: it is where no other reading of the text is valid. Of "layers" a value is a
    network: "5,10" are two of one hidden layer, "20,10;5" one of two layers and one of one, "none" is one without.

    Raises:
        ValueError: on an unknown setting, an invalid value or a repeated one, more than `most` of them, and where two
            readings of the text are valid.
    """
    readings: list[tuple[Swept, ...]] = []
    errors: list[ValueError] = []
    text = _AND.sub(", ", text.translate(_SEPARATORS))
    if name != "layers" and (listed := _LISTED.fullmatch(text)) is not None:
        text = listed[1]
    for parts in _networks(text) if name == "layers" else _splits(text):
        try:
            values = check_values(name, [value for part in parts for value in _values(name, part, most)], most)
        except ValueError as error:
            errors.append(error)
        else:
            if values not in readings:
                readings.append(values)
    if not readings and name != "layers" and ";" not in text and len(re.findall(r"\d,\d", text)) > 1:
        raise ValueError(f"{errors[0]} With decimal commas, write semicolons between the values.")
    if not readings:
        raise errors[0]
    readings += _grouped(name, text, most)
    if len(readings) > 1:
        one, other = ("; ".join(map(in_words, values)) for values in readings[:2])
        raise ValueError(f"{SWEPT[name].label}: these values can be {one}, or {other}: write semicolons between them.")
    return readings[0]


def _grouped(name: str, text: str, most: int) -> list[tuple[Swept, ...]]:
    """The reading of a text as one number with commas between its thousands, where that is valid."""
    plain = text.strip()
    if name not in SWEPT or SWEPT[name].kind is not int or not re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", plain):
        return []
    try:
        return [check_values(name, _values(name, plain.replace(",", ""), most), most)]
    except ValueError:
        return []


def _values(name: str, part: str, most: int) -> Sequence[object]:
    """The value or the range that a part of the text is; a ValueError on half a range."""
    control = SWEPT.get(name)
    if control is None or control.choices:
        return [part]
    if ":" not in part:
        if _LIKE_RANGE.fullmatch(part):
            raise ValueError(f"{control.label}: a range is written 0.01:1:log5 or 0:1:lin5, not {quoted(part)}.")
        return [_network(part)] if name == "layers" else [part]
    match = RANGE.fullmatch(part)
    if match is None:
        raise ValueError(f"{control.label}: a range is written 0.01:1:log5 or 0:1:lin5, not {quoted(part)}.")
    low, high = (control.check_entry(end.strip()) for end in match.group(1, 2))
    count, log = int(match[4]), match[3].lower() == "log"
    if not 2 <= count <= most:
        raise ValueError(f"{control.label}: a range has 2 to {most:,} values, not {count:,}.")
    if low >= high or (log and low <= 0):
        raise ValueError(f"{control.label}: {quoted(part)} must {'go up' if low >= high else 'begin above 0'}.")
    values = _between(low, high, count, log=log, whole=control.kind is int)
    if len(set(values)) < count:
        raise ValueError(f"{control.label}: {quoted(part)} has no {count:,} different values.")
    return [[value] for value in values] if name == "layers" else values


def _network(part: str) -> Sequence[str]:
    return () if part.lower() == NONE else part.split(",")


def _between(low: float, high: float, count: int, *, log: bool, whole: bool) -> list[float]:
    """Values from `low` to `high`: whole, or those between rounded to three digits, or as many as tell them apart."""
    numbers = (np.geomspace if log else np.linspace)(low, high, count)[1:-1].tolist()
    values: list[float] = [low, *map(round, numbers), high]
    for digits in () if whole else range(3, 18):
        values = [low, *(float(f"{number:.{digits}g}") for number in numbers), high]
        if len(set(values)) == count and values == sorted(values):
            break
    return values


def _networks(text: str) -> Iterator[list[str]]:
    yield _parts(";" if ";" in text else ",", text)


def _splits(text: str) -> Iterator[list[str]]:
    """The ways to split a text into values. Nobody writes 05 for 5, so a comma before 05 is a decimal comma."""
    if ";" in text:
        yield _parts(";", text)
        return
    at_commas = _parts(",", text)
    are_parts = not any(re.match(r"[-+]?0\d", part) for part in at_commas[1:])
    if are_parts:
        yield at_commas
    if re.search(r",\s", text):
        yield _parts(r",\s", text)
    else:
        yield [text.strip()]
        yield _parts(r"\s", text)
    if "/" in text and are_parts:
        yield _parts("[,/]", text)  # 0.01/0.1: a fraction, or two values


def _parts(mark: str, text: str) -> list[str]:
    return [part.strip() for part in re.split(mark, text) if part.strip()]
