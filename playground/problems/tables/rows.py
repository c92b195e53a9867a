"""The rows of cells in a text: by which mark they are separated, and which lines and columns hold nothing to learn."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from playground.numerals import MAX_POWER, plain_text
from playground.problems.tables.around import Row, names_among, unwrapped, without_end
from playground.problems.tables.text import TableError
from playground.problems.tables.units import quantity

MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_LINES = 20_000  # with those that are blank or left out
MAX_OTHER_ROWS = 100  # of titles, names and units
SEPARATORS = {
    "\t": "tabs",
    ";": "semicolons",
    "|": "bars",
    ",": "commas",
    " ": "spaces",
}  # of equally good ones the first
COLUMNS = "one or two inputs, then the target, separated by commas, semicolons, tabs or spaces"

# No two ways to match the same text, so that a cell of any length is matched in linear time.
_NUMERIC = re.compile(  # meant as a number, so not the name of a column, even if it is not a number here
    r"=?['\"“„«]?[-+]? ?(?:0x[0-9a-f]+|nan|inf(?:inity)?|[.,]?\d+(?:[.,_' /]\d+)*\.?(?:e[-+]?\d+)?)['\"”“»]?",
    re.IGNORECASE,
)
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
_WIDE = str.maketrans("，、；", ",,;")  # of the keyboards of East Asia
_WITH_UNIT = re.compile(r"[-+]?[\d.]+ ?[^\W\d_]{1,12}")
_BEGINS = re.compile(r"[-+]? ?[.,]?\d")
_RULE = re.compile(r":?-{2,}:?|<[a-z]{3,4}>")  # under the names of a table in Markdown, and of R


class Rows(NamedTuple):
    """The rows of a file, all of the same width, and what was left out, in words.

    Attributes:
        names: the cells of the first row if no number is among them; None for a file without names.
        rows: the others.
        separator: what is between two cells.
        left_out: clauses.
    """

    names: list[str] | None
    rows: list[Row]
    separator: str
    left_out: list[str]


def is_numeric(cell: str) -> bool:
    """Whether a cell is meant as a number, if not as one that can be learned."""
    return _NUMERIC.fullmatch(plain_text(cell)) is not None or quantity(cell) is not None


def begins_like_number(cell: str) -> bool:
    """Whether a cell begins as a number does, such as 2.0±0.1 and 2×10^-3: it is then no name of a class."""
    return _BEGINS.match(plain_text(cell[:MAX_POWER])) is not None


def read_rows(text: str, *, is_own: bool = False) -> Rows:
    """The Rows of a text.

    Args:
        text: of a file.
        is_own: whether this page has written it, so that it has nothing around its rows.

    Raises:
        TableError: when they are not a table.
    """
    text = re.sub("\r\n?", "\n", text)
    if len(text.rstrip().splitlines()) > MAX_LINES:
        raise TableError(
            f"The file must have at most {MAX_ROWS:,} rows of numbers; it has more than {MAX_LINES:,} lines."
        )
    declared = _SEP.match(text)
    if declared is not None:
        text = text[declared.end() :]
    comments = [match[1] for match in _COMMENT.finditer(text)]
    text = _COMMENT.sub("", text)
    text = text if is_own or declared else _undrawn(text)
    offset = 1 if declared is not None and not text[:1].isspace() else 0
    text = unwrapped(text.rstrip("\x1a \t\r\n\x0c"))
    text = text if re.search("[\t;|,]", text) else text.translate(_WIDE)
    tries = [_Try(text, mark, offset) for mark in ([declared[1]] if declared else SEPARATORS)]
    best = max(tries, key=lambda tried: tried.fit)
    if best.error:
        raise TableError(best.error)
    rows, ends = without_end(best.rows, is_numeric)
    left_out: list[str] = []
    if not rows:
        why = ": each line begins as a comment does, with # or the like" if comments else ""
        raise TableError(f"The file has no rows{why}.")
    word = SEPARATORS.get(best.mark, f'"{best.mark}"')
    width = max(best.width, 1)
    while len(rows) > 1 and width > 1 and _is_title(rows[0]):
        left_out.append(f"line {rows[0][0]} left out: a title")
        rows = rows[1:]
    if len(rows) > 2 and len(rows[0][1]) == width - 1 and not any(map(is_numeric, rows[0][1])):
        rows = [(rows[0][0], ["", *rows[0][1]]), *rows[1:]]  # R writes no name over the names of rows
    width = max(width, _length(rows[0][1])) if width > 1 else len(rows[0][1])
    if width > MAX_COLUMNS:
        raise TableError(f"Line {rows[0][0]} must have at most {MAX_COLUMNS} columns, not {width:,}: {COLUMNS}.")
    rows = _of_width(rows, width, word)
    named = names_among(rows, is_numeric)
    names = rows[named][1] if named is not None else None
    if named is not None:
        left_out += [f"line {line} left out: a title" for line, _ in rows[:named]]
        again = [line for line, cells in rows[named + 1 :] if cells == names]
        left_out += [f"line {line} left out: the names again" for line in again[:1]]
        left_out += [f"{len(again) - 1} more rows of names left out"] * (len(again) > 1)
        rows = [row for row in rows[named + 1 :] if row[1] != names]
        if len(rows) > 1 and not any(map(is_numeric, rows[0][1])) and any(map(is_numeric, rows[1][1])):
            left_out.append(f"line {rows[0][0]} left out: no numbers")  # such as units under the names
            rows = rows[1:]
    elif comments:
        cells = [cell for _, cell in _parsed(comments[-1], best.mark)[:1]]
        if cells and len(cells[0]) == width and not any(map(is_numeric, cells[0])):
            names = cells[0]
    if len(rows) > MAX_ROWS:
        raise TableError(f"The file must have at most {MAX_ROWS:,} rows of numbers; it has more.")
    return Rows(names, rows, word, left_out + ends)


def _undrawn(text: str) -> str:
    """A text without the lines that other programs draw or write around its rows."""
    text = text.translate(_BOX) if _BOXED.search(text) else text
    text = _RULED.sub("", _ARFF.sub("", text))
    without = _SEMICOLONS.sub("", text)
    return text if ";" in without or not without.strip() else without


class _Try:
    """The text as it is with one separator."""

    def __init__(self, text: str, mark: str, offset: int) -> None:
        self.mark = mark
        self.rows: list[Row] = []
        self.error: str | None = None
        try:
            for row in _cells(text, mark, offset):
                self.rows.append(row)
                if len(self.rows) > MAX_ROWS + MAX_OTHER_ROWS:
                    break
        except _QuoteError as error:
            self.error = str(error)
        lengths = Counter(_length(cells) for _, cells in self.rows)
        self.width = max(lengths, key=lambda length: (lengths[length], length == _length(self.rows[0][1])), default=0)

    @property
    def fit(self) -> tuple[float, int]:
        """How well the separator fits: the numeric cells of the rows that are as wide as most; their number."""
        if self.width < 2:
            return 0.0, 0
        alike = [cells for _, cells in self.rows if _length(cells) == self.width]
        filled = [cell for cells in alike[:200] for cell in cells[: self.width] if cell]
        cells = filled[-600:]
        like = [1.0 if is_numeric(cell) else 0.9 * bool(_WITH_UNIT.fullmatch(cell[:MAX_POWER])) for cell in cells]
        share = sum(like) / max(1, len(cells))
        return round(share * len(alike) / len(self.rows), 9), len(alike)


class _QuoteError(ValueError):
    """An error in the quotes of a file."""


def _parsed(text: str, mark: str) -> list[Row]:
    try:
        return list(_cells(text, mark, 0))
    except _QuoteError:
        return []


def _cells(text: str, mark: str, offset: int) -> Iterator[Row]:
    """The rows that are not blank."""
    if mark == " ":
        text = re.sub(r"^[ \t]+|[ \t]+$", "", text, flags=re.MULTILINE)
        text = re.sub(r"[ \t]+", " ", text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) and not all(_RULE.fullmatch(cell) for cell in cells if cell):
                yield line + offset, cells
            line = reader.line_num + 1
    except csv.Error as error:
        fault = "a cell that is far too long" if "field limit" in str(error) else "text after a closing quote"
        raise _QuoteError(f"Line {line + offset} has {fault}, or a quote that is not closed.") from None


def _length(cells: list[str]) -> int:
    """Up to the last cell that is not empty."""
    return max((i for i, cell in enumerate(cells, start=1) if cell), default=0)


def _is_title(row: Row) -> bool:
    return len(row[1]) == 1 and not is_numeric(row[1][0])


def _of_width(rows: list[Row], width: int, word: str) -> list[Row]:
    first = next((line for line, cells in rows if _length(cells) <= width <= len(cells)), rows[0][0])
    for line, cells in rows:
        if _length(cells) > width or len(cells) < width:
            raise TableError(f"Line {line} must have {width} columns by {word}, as line {first}, not {len(cells):,}.")
    return [(line, cells[:width]) for line, cells in rows]
