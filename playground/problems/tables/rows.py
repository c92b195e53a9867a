"""The rows of cells in a text: by which mark they are separated, and which lines and columns hold nothing to learn."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from playground.numerals import MAX_POWER, plain_text
from playground.problems.tables.around import MAX_AROUND, Row, length_of, names_among, titles_left_out, without_end
from playground.problems.tables.lines import lines_of
from playground.problems.tables.numbers import MISSING, is_date, reads
from playground.problems.tables.row_names import halves, lacking_a_name
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
_WITH_UNIT = re.compile(r"[-+]?[\d.]+ ?[^\W\d_]{1,12}")
_PARTED = re.compile(r"\d (?=[-+.,]?\d)(?!\d{3}(?!\d))")  # by a space that stands between no thousands
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
    if _NUMERIC.fullmatch(plain_text(cell)) is not None or quantity(cell) is not None:
        return True
    return begins_like_number(cell) and reads(cell)


def _is_value(cell: str) -> bool:
    """Whether a cell is a number, or says that one is missing."""
    return is_numeric(cell) or cell.casefold() in MISSING


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
    lines = lines_of(text, is_own=is_own)
    tries = [_Try(lines.text, mark, lines.offset) for mark in ([lines.mark] if lines.mark else SEPARATORS)]
    best = max(tries, key=lambda tried: tried.fit)
    if best.error:
        raise TableError(best.error)
    rows, ends = without_end(best.rows, _is_value, by_spaces=best.mark == " ")
    left_out = list(lines.notes)
    if not rows:
        why = ": each line begins as a comment does, with # or the like" if lines.comments else ""
        raise TableError(f"The file has no rows{why}.")
    word = SEPARATORS.get(best.mark, f'"{best.mark}"')
    width = max(best.width, 1)
    lacks_a_name = lacking_a_name(lines.text, rows, width, best.mark, is_numeric)
    titles = list[int]()
    while len(rows) > 1 and width > 1 and _is_title(rows[:MAX_AROUND], width, lacks_a_name, by_spaces=best.mark == " "):
        titles.append(rows[0][0])
        rows = rows[1:]
    if lacks_a_name(rows[0][1]):
        rows = [(rows[0][0], ["", *rows[0][1]]), *rows[1:]]  # R writes no name over the names of rows
    width = max(width, length_of(rows[0][1])) if width > 1 else len(rows[0][1])
    if width > MAX_COLUMNS:
        raise TableError(f"Line {rows[0][0]} must have at most {MAX_COLUMNS} columns, not {width:,}: {COLUMNS}.")
    rows = _of_width(rows, width, word)
    named = names_among(rows, is_numeric)
    names = rows[named][1] if named is not None else None
    left_out += titles_left_out([*titles, *(line for line, _ in rows[: named or 0])])
    if named is not None:
        again = [line for line, cells in rows[named + 1 :] if cells == names]
        left_out += [f"line {line} left out: the names again" for line in again[:1]]
        left_out += [f"{len(again) - 1} more rows of names left out"] * (len(again) > 1)
        rows = [row for row in rows[named + 1 :] if row[1] != names]
        if len(rows) > 1 and not any(map(is_numeric, rows[0][1])) and any(map(is_numeric, rows[1][1])):
            left_out.append(f"line {rows[0][0]} left out: no numbers")  # such as units under the names
            rows = rows[1:]
    else:
        before = [comment for line, comment in lines.comments if line < rows[0][0]]
        cells = [cell for _, cell in _parsed(before[-1] if before else "", best.mark)[:1]]
        if cells and len(cells[0]) == width and not any(map(is_numeric, cells[0])):
            names = cells[0]
    if len(rows) > MAX_ROWS:
        raise TableError(f"The file must have at most {MAX_ROWS:,} rows of numbers; it has more.")
    return Rows(names, rows, word, left_out + ends)


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
        inner = range(MAX_AROUND, len(self.rows) - MAX_AROUND)  # titles and notes have no numbers, and stand around
        rows = enumerate(self.rows)
        self._numbered = [row for i, row in rows if i in inner or any(map(is_numeric, row[1]))] or self.rows
        lengths = Counter(length_of(cells) for _, cells in self._numbered)
        self.width = max(lengths, key=lambda n: (lengths[n], n == length_of(self._numbered[0][1])), default=0)

    @property
    def fit(self) -> tuple[float, int, bool, bool]:
        """How well the separator fits: the numeric cells of the rows that are as wide as most; their number; whether
        a row before them is as wide, and whether no cell has a space in it, as has 5 100 of the row 1,5 100."""
        if self.width < 2:
            return 0.0, 0, False, False
        alike = [cells for _, cells in self._numbered if length_of(cells) == self.width]
        filled = [cell for cells in alike[:200] for cell in cells[: self.width] if cell]
        cells = filled[-600:]
        share = sum(map(_likeness, cells)) / max(1, len(cells)) * len(alike) / len(self._numbered)
        before = self.rows[: self.rows.index(self._numbered[0]) + 1]
        is_named = any(length_of(cells) == self.width for _, cells in before[:-1] or before)
        return round(share, 9), len(alike), is_named, not any(" " in cell for cell in cells)


def _likeness(cell: str) -> float:
    """How much a cell is like a number alone: less if it is a date, has a unit, or a space where no thousands end."""
    start = cell[:MAX_POWER]
    if is_numeric(cell):
        return 0.3 if _PARTED.search(start) else 1.0
    if _WITH_UNIT.fullmatch(start):
        return 0.6 if " " in start else 0.9
    return 0.9 * is_date(cell)


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
        text = re.sub(r"[ \t]+", " ", text)
        text = re.sub(r"^ | $", "", text, flags=re.MULTILINE)
    else:
        text = re.sub(rf'(?<!")" +(?={re.escape(mark)}|$)', '"', text, flags=re.MULTILINE)  # "a" ; "b"
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


def _is_title(rows: list[Row], width: int, lacks_a_name: Callable[[list[str]], bool], *, by_spaces: bool) -> bool:
    """Whether the first row is no part of the table: one cell of words, or words in another number of cells than there
    are columns, with the names after them or spaces between the words."""
    first = rows[0][1]
    if len(first) == 1:
        return not is_numeric(first[0])
    if length_of(first) == width or begins_like_number(first[0]):
        return False
    after = (cells for _, cells in rows[1:] if length_of(cells) == width)
    names_follow = not any(map(is_numeric, next(after, ["0"])))
    return names_follow or (by_spaces and not lacks_a_name(first))


def _of_width(rows: list[Row], width: int, word: str) -> list[Row]:
    first = next((line for line, cells in rows if length_of(cells) <= width <= len(cells)), rows[0][0])
    for line, cells in rows:
        if length_of(cells) > width or len(cells) < width:
            decimal = word == "commas" and any(halves(row) for _, row in rows[:MAX_AROUND])
            way = " If commas are decimal marks there, write semicolons between the columns." * decimal
            raise TableError(
                f"Line {line} must have {width} columns by {word}, as line {first}, not {len(cells):,}.{way}"
            )
    return [(line, cells[:width]) for line, cells in rows]
