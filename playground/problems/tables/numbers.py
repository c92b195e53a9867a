"""The numbers in a column of a file: all cells together show its decimal mark, since one can have two meanings."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from playground.numerals import MAX_POWER, NumeralError, plain_text, quoted, read_number, written
from playground.problems.tables.around import Row
from playground.problems.tables.text import TableError
from playground.problems.tables.units import quantity

MAX_VALUE = 1e100  # its square is still far from the largest float
Mark = Literal[".", ","]

_AMBIGUOUS = re.compile(r"([-+]?) ?([1-9]\d{0,2})([.,])(\d{3})")  # 1,234: a decimal mark, or one between thousands
_DECIMAL = re.compile(r"[-+]? ?[\d' _]*([.,])\d*(?:e.*)?", re.IGNORECASE)  # 0,5 and 1234,567
_LAST_OF_TWO = re.compile(r"[-+]? ?\d{1,3}(?:([.,])\d{3})+(?:([.,])\d*)?")  # 1.234,5 and 1.234.567
_SMALL = re.compile(r"[-+]? ?\d{1,3}")
_LARGE = re.compile(r"[-+]? ?\d{4,}")
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|fév|mär|mrz|avr|mai|maj|mei|juin|juil|aoû|okt|dez|déc|dic|abr"
)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d\d)( .*)?|"
    r"\d{1,2}:\d\d(:\d\d.*)?( ?[ap]\.?m\.?)?|\d{1,2}h\d\d|\d{4}[- ]?[QW]\d{1,2}(-\d)?|Q[1-4][- ]\d{4}|\d{4}年.*|"
    rf"(\d{{1,2}}[. -]*)?({_MONTHS})[^\W\d_]*[., -]*\d.*",
    re.IGNORECASE,
)
_CALENDAR = re.compile(  # alone, where there should be a number; a class can be called so
    r"(jan(uary?)?|feb(ruary?)?|mar(ch)?|märz|apr(il)?|may|mai|jun[ei]?|jul[yi]?|aug(ust)?|sept?(ember)?|o[ck]t(ober)?|"
    r"nov(ember)?|de[cz](ember)?|(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?|"
    r"(mon|diens|donners|frei|sams|sonn)tag|mittwoch|(lun|mar|mercre|jeu|vendre|same)di|dimanche)\.?",
    re.IGNORECASE,
)
_DAY = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.ASCII)  # 20240131
_FRACTION = re.compile(r"\d{1,2} ?/ ?\d{1,2}", re.ASCII)
_UNIT = re.compile(r"([-+]? ?\d[\d.,' _]*) ?([^\W\d_][^\d]{0,11}|[%°€$£¥‰][^\d]{0,3})")
_NO_CLASS = re.compile(r"=.*|([$¢-¥₠-⃏]|[A-Z]{3}|Fr\.) ?[-+]?\d.*")  # a formula, and CHF 5.--
_HALF = re.compile(r"[-+]?[\d.,]+e[-+]?", re.IGNORECASE)  # 1e: the exponent is missing
MISSING = {
    *("na", "n/a", "n.a.", "nan", "nat", "null", "none", "nil", "<na>", "\\n", "k.a.", "k. a.", "s/d", "missing"),
    *("-", "--", "---", "–", "—", "?", "??", ".", "..", "...", "…", "*", "x.x", "#n/a", "#nv"),
}


class Column(NamedTuple):
    """A column of a file: where it is, in words, and its cells with their lines."""

    place: str
    lines: Sequence[int]
    cells: Sequence[str]


class AmbiguousColumn(NamedTuple):
    """A column whose numbers have two meanings: a cell of it, as what it is with a decimal point and with a comma."""

    place: str
    cell: str
    readings: dict[Mark, str]


def reads(cell: str) -> bool:
    """Whether a cell is a number, however it is written."""
    try:
        read_number(cell[: MAX_POWER + 1])
    except NumeralError as error:
        return bool(error.readings)
    return True


def is_date(cell: str) -> bool:
    """Whether a cell is a date or a time, and no number."""
    return _DATE.fullmatch(cell[:MAX_POWER]) is not None and not reads(cell)


def columns_of(rows: Sequence[Row], places: Iterable[str]) -> list[Column]:
    """The columns of rows."""
    lines = [line for line, _ in rows]
    return [Column(place, lines, [cells[i] for _, cells in rows]) for i, place in enumerate(places)]


def decimal_marks(column: Column) -> set[Mark]:
    """The decimal marks that the cells of a column must have."""
    found: set[Mark] = set()
    for cell in map(plain_text, column.cells):
        if _AMBIGUOUS.fullmatch(cell):
            continue
        several, one = _LAST_OF_TWO.fullmatch(cell), _DECIMAL.fullmatch(cell)
        if several and (several[2] or cell.count(several[1]) > 1):
            found.add("," if several[1] == "." else ".")
        elif one:
            found.add("," if one[1] == "," else ".")
    return found


def ambiguity(column: Column, *, by_commas: bool, of_file: set[Mark]) -> AmbiguousColumn | None:
    """What is to be asked about a column of which no cell shows the decimal mark; None if there is one reading.

    Args:
        column: without decimal_marks of its own.
        by_commas: whether commas separate the columns, so that a decimal mark is a point, as a rule.
        of_file: the decimal marks that other columns have.
    """
    plain = [plain_text(cell) for cell in column.cells]
    matches = [match for match in map(_AMBIGUOUS.fullmatch, plain) if match]
    if not matches:
        return None
    mark = matches[0][3]
    others = [cell for cell in plain if not _AMBIGUOUS.fullmatch(cell)]
    like_thousands = any(map(_SMALL.fullmatch, others)) and not any(map(_LARGE.fullmatch, others))
    if of_file == {mark} or (mark == "." and not like_thousands and of_file != {","}):
        return None
    match = max(matches, key=lambda match: match[4].endswith("0") is False)
    sign, before, _, after = match.groups()
    decimal, whole = written(float(f"{sign}{before}.{after}")), f"{sign}{before}{after}"
    readings: dict[Mark, str] = {".": decimal, ",": whole} if mark == "." else {",": decimal, ".": whole}
    return AmbiguousColumn(column.place, match[0], readings)


def numbers_of(column: Column, mark: Mark) -> list[float]:
    """The numbers of a column.

    Args:
        column: of the file.
        mark: what a mark before three digits is in this column, if nothing else shows it.

    Raises:
        TableError: with the line of the first cell that is not a number.
    """
    return [_number(cell, mark, column.place, line) for line, cell in zip(column.lines, column.cells, strict=True)]


def check_words(column: Column) -> None:
    """Says what words are that could have been numbers: dates, numbers with units, or missing ones.

    Raises:
        TableError: with the line of the first one, if it is any of these.
    """
    if {plain_text(cell) for cell in column.cells} == {"+", "-"}:  # two classes, and nothing is missing
        return
    for line, cell in zip(column.lines, column.cells, strict=True):
        start = cell[:MAX_POWER]
        is_amount = any(pattern.fullmatch(start) for pattern in (_DATE, _UNIT, _NO_CLASS))
        if cell.casefold() in MISSING or is_amount or quantity(cell):
            _number(cell, ".", column.place, line)


def _number(cell: str, mark: Mark, place: str, line: int) -> float:
    match = _AMBIGUOUS.fullmatch(plain_text(cell))
    try:
        if match is not None:
            value = float(f"{match[1]}{match[2]}{'.' if match[3] == mark else ''}{match[4]}")
        else:
            value = read_number(cell)
            if _FRACTION.fullmatch(cell):
                raise NumeralError(f"{quoted(cell)} can be a fraction or a date: write it with decimals")
    except NumeralError as error:
        raise TableError(f"Line {line}, {place}: {fault(cell, error)}.") from None
    if not abs(value) <= MAX_VALUE:
        raise TableError(
            f"Line {line}, {place}: {quoted(cell)} is too large to train on; the maximum is {MAX_VALUE:g}."
        )
    return value


def days_in(column: Column) -> list[str]:
    """A clause on a column whose numbers all look like days, which are learned as they are."""
    if not all(_DAY.fullmatch(cell) for cell in column.cells):
        return []
    return [f"{column.place} may be days: {column.cells[0]} is learned as a number, which leaps from month to month"]


def fault(cell: str, error: NumeralError) -> str:
    """What is wrong with a cell, and what helps."""
    if not cell:
        return "the cell is empty"
    if len(cell) > 60:
        return str(error)
    if cell.casefold() in MISSING:
        return f"{quoted(cell)} is not a number: fill in what is missing, or delete the row"
    if _DATE.fullmatch(cell) or _CALENDAR.fullmatch(cell):
        return f"{quoted(cell)} is a date or a time: write a number, such as the days since the first one"
    if error.readings:
        return str(error)
    unit, amount = _UNIT.fullmatch(cell), quantity(cell)
    alone = amount.number if amount else unit[1].strip() if unit and not _HALF.fullmatch(cell) else ""
    if alone:
        return f"{quoted(cell)} has a unit: write {alone} alone, and the unit into the name of the column"
    if cell.startswith("#"):
        return f"{quoted(cell)} is not a number but an error of the spreadsheet: mend it there, or delete the row"
    if "±" in cell or "+-" in cell or "+/-" in cell:
        return f"{quoted(cell)} has an uncertainty: write the number alone"
    if cell.casefold() in ("true", "false", "yes", "no"):
        return f"{quoted(cell)} is not a number: write 1 for yes and 0 for no"
    return str(error)
