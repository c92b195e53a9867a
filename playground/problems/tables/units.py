"""Numbers with a percent sign or a currency: taken where every cell of a column has the same one."""

import re
from typing import NamedTuple

from playground.numerals import plain_text

MAX_LENGTH = 60  # of a cell that is looked at
_NUMBER = r"[.,]?\d[\d.,' _]*(?:e[-+]?\d+)?"
_CURRENCY = (
    "(?:US|AU|CA|NZ|HK|MX|R|A|C)?[$¢-¥֏؋৲৳૱௹฿៛₠-⃏﷼﹩＄￠￡￥￦]|EUR|USD|GBP|CHF|JPY|CNY|INR|BRL|AUD|CAD|SEK|NOK|DKK|PLN|"
    r"CZK|HUF|RUB|TRY|ZAR|kr\.?|Rs\.?|Fr\.|zł|Kč|Ft|лв|руб\."
)
_BEFORE = re.compile(rf"([-+]?) ?({_CURRENCY}) ?([-+]? ?{_NUMBER})")
_AFTER = re.compile(rf"([-+]? ?{_NUMBER}) ?([%‰]|{_CURRENCY})")


class Quantity(NamedTuple):
    """A cell taken apart: its number, as it is written, and its unit."""

    number: str
    unit: str


def quantity(cell: str) -> Quantity | None:
    """The Quantity in a cell; None if it has no such unit."""
    plain = plain_text(cell) if len(cell) <= MAX_LENGTH else ""
    if (match := _AFTER.fullmatch(plain)) is not None:
        return Quantity(match[1].strip(), match[2])
    if (match := _BEFORE.fullmatch(plain)) is None or (match[1] and match[3][0] in "-+"):
        return None
    return Quantity(match[1] + match[3], match[2])


def without_unit(cells: list[str]) -> tuple[list[str], str]:
    """The cells of a column without the unit that all of them have; and that unit, "" where they have none in common.

    Where a cell has another one, or none, it is not known what is meant: 12 % may be 12 or 0.12 beside 0.5.
    """
    found = [quantity(cell) if cell else Quantity("", "") for cell in cells]
    known = [each for each in found if each is not None]
    units = {each.unit for each in known if each.number}
    if len(known) < len(cells) or len(units) != 1:
        return cells, ""
    return [each.number for each in known], units.pop()
