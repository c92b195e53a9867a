"""The query of an address as people paste it: whole, in quotation marks, or as it stands in the source of a page."""

import html
import re
from urllib.parse import unquote_plus

from playground.numerals import plain_text

QUOTES = "'\"`‘’“”«»"
MAX_QUOTED = 40  # characters of a text that are repeated
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?[^?&=#]*\?", re.IGNORECASE)


def read_query(text: str) -> tuple[dict[str, str], list[str]]:
    """The names and values of a typed query or address, and a sentence for each part that is neither.

    Args:
        text: such as "target=step&layers=20,10", with or without the address before it.
    """
    query, cut = _query_of(text.strip())
    values: dict[str, str] = {}
    errors = [CUT] if cut else []
    for part in filter(None, query.split("&")):
        name, equals, value = part.partition("=")
        name, value = plain_text(unquote_plus(name)), unquote_plus(value)
        if not equals:
            errors.append(f"The query must be name=value&name=value, not {_shown(part)}.")
        elif values.get(name, value) != value:
            errors.append(f"{name[:MAX_QUOTED]!r} is given twice: as {_shown(values[name])} and as {_shown(value)}.")
        else:
            values[name] = value
    return values, errors


CUT = (
    "The query begins with a quotation mark and does not end with it: the shell has cut it at an & or a space. In cmd, "
    'quotation marks are "double": "target=step&layers=20,10".'
)


def _query_of(text: str) -> tuple[str, bool]:
    """The query in a text, and whether the text was cut off by the shell."""
    cut = text[:1] in QUOTES and text[:1] != "" and (len(text) == 1 or text[-1] not in QUOTES)
    text = text.strip(QUOTES + "<> ")
    text = html.unescape(text) if "&amp;" in text or "&#" in text else text
    address = _ADDRESS.match(text)
    query = text[address.end() :] if address else text
    if not address and re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE):
        query = ""  # an address alone: the experiment with which the page opens
    return query.partition("#")[0], cut


def _shown(text: str) -> str:
    return repr(text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…")
