"""The lines of a file that hold its rows: without comments, and without what other programs draw around them."""

import re
from typing import NamedTuple

from playground.problems.tables.around import unwrapped
from playground.problems.tables.sparse import dense

_SEP = re.compile(r'\s*"?sep=([^\r\n"]|\t)"?[ \t]*(?=\r|\n|$)', re.IGNORECASE)  # what Excel is told by a first line
_BOXED = re.compile(r"^[ \t]*[│┃║]", re.MULTILINE)
_BOX = str.maketrans(dict.fromkeys("│┃┆┊║", "|") | dict.fromkeys("─━═┄╌┌┐└┘├┤┬┴┼╞╡╪╤╧╟╢╔╗╚╝╠╣╦╩╬", "-"))
_RULED = re.compile(r"^[ \t]*[|+]?[-=:]{3}[-=:+| \t]*$", re.MULTILINE)  # a line under the names, and around a table
_SEMICOLONS = re.compile(r"^;.*$", re.MULTILINE)  # comments, where no other line has one
_ARFF = re.compile(r"^@(?:relation|attribute|data)\b.*$", re.MULTILINE | re.IGNORECASE)
COMMENT_MARKS = ("#", "%", "//", "!")  # with which a line begins that is no row, unless it is in quotes
MARKS_OF_LINES = (*COMMENT_MARKS, ";", "@", "│", "┃", "║")  # with which one begins that may be none
_ERROR = r"#(?:N/A|NV|VALUE!|REF!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)"  # of a spreadsheet: its row is no comment
_COMMENT = re.compile(rf"^(?!{_ERROR})(?:{'|'.join(COMMENT_MARKS)})[#%/!]*(.*)$", re.MULTILINE)
_IN_ROW = re.compile(  # after a number and a space, or two; after a % that may be a unit there is no other cell
    r'^((?:[^"\n]|"[^"\n]*")*?)(?:(?<=[\d."])[ \t]+|(?<=[^ \t]) {2,})((?:#|//|!).*|%[ \t]+[^\s,;|][^,;|\t\n]*)$',
    re.MULTILINE,
)
_WIDE = str.maketrans("，、；،؛", ",,;,;")  # of the keyboards of East Asia, and Arabic ones


class Lines(NamedTuple):
    """What is left of a file's text.

    Attributes:
        text: with as many lines as there were.
        mark: the separator that the file declares; None if it does not.
        offset: lines that stood before the text.
        comments: the line of each, and its text without marks.
        notes: clauses on what was left out.
    """

    text: str
    mark: str | None
    offset: int
    comments: list[tuple[int, str]]
    notes: list[str]


def lines_of(text: str, *, is_own: bool) -> Lines:
    """The Lines of a text with one kind of line end.

    Args:
        text: of a file.
        is_own: whether this page has written it, so that it has nothing around its rows.
    """
    declared = _SEP.match(text)
    if declared is not None:
        text = text[declared.end() :]
    offset = 1 if declared is not None and not text[:1].isspace() else 0
    found = enumerate(map(_COMMENT.match, text.split("\n")), start=1 + offset)
    comments = [(line, match[1]) for line, match in found if match]
    text = _COMMENT.sub("", text)
    notes: list[str] = []
    if not is_own:
        text, notes = _without_comments(text)
    if not (is_own or declared):
        text = _undrawn(text)
        text = dense(text) or _parted_by_spaces(text)
    text = unwrapped(text.rstrip("\x1a \t\r\n\x0c"))
    text = text if re.search("[\t;|,]", text) else text.translate(_WIDE)
    return Lines(text, declared[1] if declared else None, offset, comments, notes)


def _without_comments(text: str) -> tuple[str, list[str]]:
    """A text without comments after its rows; what every row has without a space after its mark is a cell: #ff0000."""
    found = [match[2] for match in _IN_ROW.finditer(text)]
    rows = sum(1 for line in text.splitlines() if line.strip())
    if not found or (len(found) >= rows - 1 and not any(re.match(r"\S+\s", comment) for comment in found)):
        return text, []
    return _IN_ROW.sub(r"\1", text), ["comments after rows left out"]


def _undrawn(text: str) -> str:
    """A text without the lines that other programs draw or write around its rows."""
    text = text.translate(_BOX) if _BOXED.search(text) else text
    text = _RULED.sub("", _ARFF.sub("", text))
    without = _SEMICOLONS.sub("", text)
    return text if ";" in without or not without.strip() else without


def _parted_by_spaces(text: str) -> str:
    """A text with semicolons for commas before a space, where the other commas can only be decimal: 1,5, 2,5.

    Each line has as many of them, and in each they are at the same places, or there are more commas in one than in
    another.
    """
    in_quotes = any("," in cell for cell in re.findall(r'"[^"\n]*"', text))
    if in_quotes or re.search(r"[\t;|]", text) or not re.search(r"\d,\d", text):
        return text
    lines = [re.sub(r",(?=\s*$)", "", line) for line in text.splitlines() if "," in line]
    spaced = [re.findall(r",\s", line) for line in lines]
    patterns = {tuple(re.findall(r",\s?", line)) for line in lines}
    commas = {len(pattern) for pattern in patterns}
    are_decimal = all(re.search(r"\D,\S|,(?![\s\d])", line) is None for line in lines)
    if not (spaced[0] and len({len(each) for each in spaced}) == 1 and are_decimal):
        return text
    return re.sub(r",(?=[ \u00a0])", ";", text) if len(patterns) == 1 or len(commas) > 1 else text
