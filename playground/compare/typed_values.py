"""The values of a setting as they are typed for a race or a sweep: where one ends and the next begins."""

import re
from collections.abc import Iterator

from playground.compare.settings import SETTINGS, check_values
from playground.control import Value
from playground.numerals import written


def read_values(name: str, text: str) -> tuple[Value, ...]:
    """The values of a numerical setting as typed, separated by semicolons, commas or spaces.

    A comma can also be a decimal comma: it is where no other reading of the text is valid.

    Raises:
        ValueError: on an invalid value or a repeated one, and where two readings of the text are valid.
    """
    readings: list[tuple[Value, ...]] = []
    errors: list[ValueError] = []
    for parts in _splits(text):
        try:
            values = check_values(name, parts)
        except ValueError as error:
            errors.append(error)
        else:
            if values not in readings:
                readings.append(values)
    if not readings:
        raise errors[0]
    if len(readings) > 1:
        one, other = ("; ".join(written(float(value)) for value in values) for values in readings[:2])
        raise ValueError(
            f"{SETTINGS[name].label}: these values can be {one}, or {other}: write semicolons between them."
        )
    return readings[0]


def _splits(text: str) -> Iterator[list[str]]:
    """The ways to part a text into values; nobody writes 05 for 5, so that what a comma parts so is one number."""
    if ";" in text:
        yield _parts(";", text)
        return
    at_commas = _parts(",", text)
    if not any(re.match(r"[-+]?0\d", part) for part in at_commas[1:]):
        yield at_commas
    if re.search(r",\s", text):
        yield _parts(r",\s", text)
    else:
        yield [text.strip()]
        yield _parts(r"\s", text)
    yield at_commas


def _parts(mark: str, text: str) -> list[str]:
    return [part.strip() for part in re.split(mark, text) if part.strip()]
