"""A visitor's own points, read from a file. What has two meanings is asked, never guessed."""

from collections.abc import Sequence

import numpy as np

from playground.numerals import quoted
from playground.problems.tables.columns import Choice, choose_columns
from playground.problems.tables.missing import missing_rows
from playground.problems.tables.names import class_names, name_of
from playground.problems.tables.numbers import (
    Column,
    Mark,
    ambiguity,
    check_words,
    columns_of,
    days_in,
    decimal_marks,
    numbers_of,
)
from playground.problems.tables.question import UNASKED, Reading, TwoMeaningsError
from playground.problems.tables.rows import COLUMNS, begins_like_number, is_numeric, read_rows
from playground.problems.tables.sheet import Sheet, open_sheet
from playground.problems.tables.table import MAX_CLASSES, NAMES, Table, are_few
from playground.problems.tables.text import TableError, text_of
from playground.problems.tables.units import without_unit

OWN = Reading(".", classes=False, missing=False)  # in which everything is what it seems
NUMBERED = ([-1, 1], [1, 2], [1, 2, 3])  # classes, if their target is learnt from two inputs


def read_table(data: bytes, reading: Reading = UNASKED) -> Table:
    """The Table in the bytes of a file with separated values, at most MAX_BYTES and MAX_ROWS, at least 2 rows.

    Raises:
        TwoMeaningsError: when it has two meanings.
        TableError: when it is no table, with line and column of the file, both counted from 1.
    """
    sheet = open_sheet(data)
    return table_of(sheet, choose_columns(sheet, reading), reading)


def table_of(sheet: Sheet, choice: Choice, reading: Reading) -> Table:
    """The Table of the chosen columns of a file.

    Raises:
        TwoMeaningsError: when it has two meanings.
        TableError: when there is no number where one should be, with line and column of the file.
    """
    given = [sheet.names[i] if sheet.names is not None else "" for i in choice.places]
    names = [name or letter for name, letter in zip(given, NAMES[len(given)], strict=True)]
    if choice.is_own:
        reading = reading._replace(classes=False, missing=False)  # classes have their names there
    columns = [sheet.columns[i] for i in choice.places]
    return _table(names, columns, reading, [*sheet.left_out, *choice.left_out], sheet.separator)


def read_own(text: str) -> Table:
    """The Table in the text of an experiment's own points, as `write_own` writes it: every column has its place.

    Raises:
        TableError: when it is no such text.
    """
    found = read_rows(text_of(text.encode()), is_own=True)
    width = len(found.names or found.rows[0][1])
    if width not in NAMES:
        raise TableError(f"Line 1 must have 2 or 3 columns, not {width:,}: {COLUMNS}.")
    given = map(name_of, found.names or [""] * width)
    names = [name or letter for name, letter in zip(given, NAMES[width], strict=True)]
    places = [f"column {i + 1}" + f" ({name})" * (found.names is not None) for i, name in enumerate(names)]
    return _table(names, columns_of(found.rows, places), OWN, [], "commas")


def _table(
    names: Sequence[str], columns: Sequence[Column], reading: Reading, left_out: Sequence[str], separator: str
) -> Table:
    """The Table of the chosen columns."""
    target = columns[-1]
    words = _words(target) if _has_words(target.cells) else None
    numeric, in_units = _without_units(columns if words is None else columns[:-1])
    marks = [_mark(column, numeric, reading, by_commas=separator == "commas") for column in numeric]
    values = [numbers_of(column, mark) for column, mark in zip(numeric, marks, strict=True)]
    gone = missing_rows(numeric, values, reading)
    values = [[value for i, value in enumerate(each) if i not in gone.rows] for each in values]
    words = [word for i, word in enumerate(words) if i not in gone.rows] if words is not None else None
    if len(values[0]) < 2:
        raise TableError(f"The file must have at least 2 rows of numbers, not {len(values[0])}.")
    for column, inputs in zip(columns[:-1], values, strict=False):
        if all(value == inputs[0] for value in inputs):
            raise TableError(f"In every row, {column.place} is {inputs[0]}: there is nothing to learn from it.")
    can_be_classes = words is None and len(columns) == 3 and reading.classes is not False
    if can_be_classes and (sorted(set(values[-1])) in NUMBERED or (reading.classes and are_few(values[-1]))):
        words = [f"class {value:g}" for value in values.pop()]
    classes, notes = tuple(sorted(set(words or ()))), [*left_out, *in_units, *gone.notes]
    notes += [clause for column in numeric for clause in days_in(column)]
    if words is not None:
        values.append([float(classes.index(word)) for word in words])
    if classes and len(columns) == 2:  # a curve has no classes
        notes.append(f"{names[-1]} is a number: {', '.join(f'{name} is {i}' for i, name in enumerate(classes))}")
        classes = ()
    matrix = np.array(values)
    return Table(tuple(names), matrix[:-1], matrix[-1:], classes, tuple(notes))


def _without_units(columns: Sequence[Column]) -> tuple[list[Column], list[str]]:
    """The columns without percent signs and currencies that a whole column has; and clauses that say so."""
    found, notes = [], list[str]()
    for column in columns:
        cells, unit = without_unit(list(column.cells))
        found.append(column._replace(cells=cells))
        if unit:
            notes.append(f"{column.place} is in {unit}: {quoted(column.cells[0])} is {cells[0]}")
    return found, notes


def _mark(column: Column, columns: Sequence[Column], reading: Reading, *, by_commas: bool) -> Mark:
    """The decimal mark of a column."""
    own = decimal_marks(column)
    if len(own) == 1:
        return own.pop()
    if reading.mark is not None:
        return reading.mark
    of_file = set().union(*map(decimal_marks, columns))
    found = ambiguity(column, by_commas=by_commas, of_file=of_file)
    if found is None:
        return "," if of_file == {","} else "."
    answers = {f"{found.cell} is {words}": reading._replace(mark=mark) for mark, words in found.readings.items()}
    one, other = found.readings.values()
    raise TwoMeaningsError(
        f'In {found.place}, "{found.cell}" can be {one} or {other}: choose below what is meant, or write it so.',
        answers,
    )


def _has_words(cells: Sequence[str]) -> bool:
    """Whether the cells of a target are words, some of them perhaps empty."""
    filled = list(filter(None, cells))
    return bool(filled) and not any(map(is_numeric, filled)) and not all(map(begins_like_number, filled))


def _words(column: Column) -> list[str]:
    """The name of each row's class, in a target of words."""
    if "" in column.cells:
        line = column.lines[column.cells.index("")]
        raise TableError(f"Line {line}, {column.place}: the cell is empty: write the class, or delete the row.")
    check_words(column)
    names = class_names(column)
    found = sorted(set(names.values()))
    if len(found) < 2:
        raise TableError(
            f"In every row, {column.place} is {quoted(found[0])}: there must be 2 or {MAX_CLASSES} classes."
        )
    if len(found) > MAX_CLASSES:
        raise TableError(
            f"{column.place.capitalize()} has {len(found):,} different words, such as {quoted(found[0])}: "
            f"there can be 2 or {MAX_CLASSES} classes, or numbers."
        )
    return [names[cell] for cell in column.cells]
