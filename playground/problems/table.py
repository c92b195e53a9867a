"""A visitor's own points, read from a CSV file and written to one. Anything but a plain table is an error."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from nn.arrays import Matrix
from playground.numerals import SIMPLE as NUMBER

MAX_BYTES = 1_000_000
MAX_ROWS = 5_000
MAX_NAME = 30  # characters of a column's name
MAX_VALUE = 1e100  # its square is still far from the largest float
DELIMITERS = {"\t": "tabs", ";": "semicolons", ",": "commas"}  # commas last: "1,5;2,5" could be three columns
NAMES = {2: ("x", "y"), 3: ("x1", "x2", "y")}
COLUMNS = "one or two inputs, then the target, separated by commas, semicolons or tabs"

# No two ways to match the same text, so that a cell of any length is matched in linear time.
_NUMERIC = re.compile(  # meant as a number, so not the name of a column, even if it is not a number here
    r"[-+−]?(?:0x[0-9a-f]+|nan|inf(?:inity)?|[.,]?\d+(?:[.,_' ]\d+)*\.?(?:e[-+−]?\d+)?)", re.IGNORECASE
)


Row: TypeAlias = tuple[int, list[str]]  # the line of the file on which it starts, and its cells


class TableError(ValueError):
    """An error in a file, in a sentence for the visitor."""


@dataclass(frozen=True)
class Table:
    """The contents of a file.

    Attributes:
        names: of the columns, the target's last. They are a visitor's own words: show them as text only.
        Xs: (inputs, m) float64, one or two inputs.
        Ys: (1, m) float64, the target.
    """

    names: tuple[str, ...]
    Xs: Matrix
    Ys: Matrix


def read_table(data: bytes) -> Table:
    """The Table in the bytes of a CSV file.

    2 or 3 columns, the last of them the target, separated by commas, semicolons or tabs; a first row without any
    number names them. At most MAX_BYTES and MAX_ROWS, at least 2 rows.

    Raises:
        TableError: when it is anything else, with line and column of the file, both counted from 1.
    """
    text = _text(data)
    tries = [(*_rows(text, delimiter), word) for delimiter, word in DELIMITERS.items()]
    rows, error, word = max(tries, key=lambda found: _fit(found[0]))
    if error:
        raise TableError(error)
    _check_widths(rows, word)

    (_, cells), width = rows[0], len(rows[0][1])
    names = tuple(_name(cell) or default for cell, default in zip(cells, NAMES[width], strict=True))
    header = not any(_NUMERIC.fullmatch(cell) for cell in (*cells, *names))  # in neither: names are cut and cleaned
    rows, names = (rows[1:], names) if header else (rows, NAMES[width])
    if len(rows) > MAX_ROWS:
        raise TableError(f"The file must have at most {MAX_ROWS:,} rows of numbers; it has more.")
    places = [f"column {i} ({name})" if header else f"column {i}" for i, name in enumerate(names, start=1)]
    values = [[_number(*cell, line) for cell in zip(row, places, strict=True)] for line, row in rows]
    if len(values) < 2:
        raise TableError(f"The file must have at least 2 rows of numbers, not {len(values)}.")
    columns = np.array(values).T.copy()  # (inputs + 1, m)
    for place, column in zip(places[:-1], columns, strict=False):
        if (column == column[0]).all():
            raise TableError(f"In every row, {place} is {column[0]}: there is nothing to learn from it.")
    return Table(names, columns[:-1], columns[-1:])


def write_table(names: Sequence[str], columns: Iterable[npt.ArrayLike]) -> str:
    """The text of a CSV file: a line with the names, then one line per example, every number to its last bit.

    Args:
        names: of the columns; none may be a number.
        columns: one array of m numbers per name. Integers are written without decimals, and nan as an empty cell.

    Raises:
        ValueError: when there are not as many columns as names, or they differ in length.
    """
    cells = [_cells(np.ravel(column)) for _, column in zip(names, columns, strict=True)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *zip(*cells, strict=True)])
    return text.getvalue()


def _cells(column: npt.NDArray[Any]) -> list[Any]:
    if column.dtype.kind in "iu":
        return list(column.tolist())
    return ["" if value != value else value for value in column.astype(np.float64).tolist()]  # nan is not itself


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise TableError(f"The file must have at most {MAX_BYTES:,} bytes (1 MB), not {len(data):,}.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise TableError("The file is in UTF-16; save it as UTF-8.")
    if b"\0" in data:
        raise TableError(f"Line {_line(data, data.index(0))} holds a NUL byte: this is not a text file in UTF-8.")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = _line(error.object, error.start)
        raise TableError(f"Line {line} holds bytes that are not UTF-8; save the file as UTF-8.") from None


def _line(data: bytes, position: int) -> int:
    return 1 + len(re.findall(rb"\r\n?|\n", data[:position]))


def _rows(text: str, delimiter: str) -> tuple[list[Row], str | None]:
    """The rows that are not blank; and the error in the quotes, or None."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for row in reader:
            if row and delimiter.join(row).strip():
                rows.append((line, [cell.strip(" \t") for cell in row]))
                if len(rows) > MAX_ROWS + 1:  # a header and one row too many
                    break
            line = reader.line_num + 1
    except csv.Error as error:
        fault = "a cell that is far too long" if "field limit" in str(error) else "text after a closing quote"
        return rows, f"Line {line} has {fault}, or a quote that is not closed."
    return rows, None


def _fit(rows: list[Row]) -> tuple[int, int]:
    """How well a delimiter fits: how many rows are as wide as the first, then how many of their cells are numeric."""
    width = len(rows[0][1]) if rows else 0
    alike = [row for _, row in rows if len(row) == width > 1]
    return len(alike), sum(bool(_NUMERIC.fullmatch(cell)) for row in alike for cell in row[: max(NAMES)])


def _check_widths(rows: list[Row], word: str) -> None:
    if not rows:
        raise TableError("The file has no rows.")
    first, width = rows[0][0], len(rows[0][1])
    if width not in NAMES:
        raise TableError(f"Line {first} must have 2 or 3 columns, not {width:,}: {COLUMNS}.")
    for line, row in rows:
        if len(row) != width:
            raise TableError(f"Line {line} must have {width} columns by {word}, as line {first}, not {len(row):,}.")


def _number(cell: str, place: str, line: int) -> float:
    value = float(cell) if NUMBER.fullmatch(cell) else None
    if value is not None and abs(value) <= MAX_VALUE:
        return value
    if value is not None:
        fault = f"{_shown(cell)} is too large to train on; the maximum is {MAX_VALUE:g}"
    elif not cell:
        fault = "the cell is empty"
    elif NUMBER.fullmatch(cell.replace(",", ".", 1)):
        fault = f"{_shown(cell)} uses a decimal comma: write {_shown(cell.replace(',', '.', 1))}"
    else:
        fault = f"{_shown(cell)} is not a number such as 1.5 or -2e-3"
    raise TableError(f"Line {line}, {place}: {fault}.")


def _shown(cell: str) -> str:
    text = _printable(cell[:MAX_NAME], "\N{REPLACEMENT CHARACTER}")
    return f'"{text}…"' if len(cell) > MAX_NAME else f'"{text}"'


def _name(cell: str) -> str:
    return " ".join(_printable(cell, " ").split())[:MAX_NAME].strip()


def _printable(text: str, replacement: str) -> str:
    return "".join(character if character.isprintable() else replacement for character in text)
