"""Axes of numbers that are written badly by their digits: far from 0 for their span, very small or very large."""

import math

from playground.figures.base import Range, Spec

FAR = 2000.0  # spans from 0, beyond which numbers differ in their last digits alone
SMALL, LARGE = 1e-2, 1e5  # spans between which numbers are written as they are
TICKS = 6  # about
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable_axis(title: str, range_: Range) -> Spec:
    """An axis over a range: a plain one, or one whose title says what its numbers leave out, as "y − 1,000,000"."""
    low, high = range_
    span, size = high - low, max(abs(low), abs(high))
    offset, power = 0.0, 0
    if span * FAR < size:
        unit = 10.0 ** math.ceil(math.log10(span))
        offset = round((low + high) / 2 / unit) * unit
    if not SMALL <= span <= LARGE:
        power = 3 * math.floor(math.log10(span / 2) / 3)
    if offset == 0 and power == 0:
        return {"title": title, "range": range_}
    step = _step(span / TICKS)
    first = math.ceil((low - offset) / step)
    places = [n * step for n in range(first, math.floor((high - offset) / step) + 1)]
    return {
        "title": _title(title, offset, power),
        "range": range_,
        "tickmode": "array",
        "tickvals": [offset + place for place in places],
        "ticktext": [f"{place / 10.0**power:.6g}".replace("-", "−") for place in places],
    }


def digits(range_: Range) -> str:
    """How numbers over a range are written beside the pointer: in Plotly's format, with enough digits to differ."""
    low, high = range_
    more = math.log10(max(abs(low), abs(high)) / (high - low))
    return f".{min(17, max(6, 6 + math.ceil(round(more, 3))))}~g"


def _step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, ... that is at least some number."""
    decade = 10.0 ** math.floor(math.log10(least))
    return next(decade * each for each in (1, 2, 5, 10) if decade * each >= least * (1 - 1e-9))


def _title(title: str, offset: float, power: int) -> str:
    without = title if offset == 0 else f"{title} {'−' if offset > 0 else '+'} {_written(abs(offset))}"
    return without if power == 0 else f"{without}, in 10{str(power).translate(SUPERSCRIPTS)}"


def _written(number: float) -> str:
    return f"{number:,.10g}" if 1e-3 <= number < 1e12 else f"{number:.10g}"
