"""A visitor's own points, read from a file. What has two meanings is asked, never guessed."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from playground.numerals import MAX_QUOTED as MAX_NAME  # characters of a column's name
from playground.numerals import quoted
from playground.problems.tables.columns import MAX_CLASSES, Choice, TwoWaysError, choose_columns
from playground.problems.tables.numbers import (
    Column,
    Mark,
    ambiguity,
    check_words,
    columns_of,
    decimal_marks,
    numbers_of,
)
from playground.problems.tables.rows import COLUMNS, is_numeric, read_rows
from playground.problems.tables.table import NAMES, Table
from playground.problems.tables.text import TableError, text_of


class Reading(NamedTuple):
    """What is known of a file beside its bytes: the visitor's answers.

    Attributes:
        mark: the decimal mark, if no number of the file shows it.
        places: of the columns of the inputs and, last, of the target.
        classes: whether a y such as -1 and 1, or 1, 2 and 3, is a class.
    """

    mark: Mark | None = None
    places: tuple[int, ...] | None = None
    classes: bool = True


UNASKED = Reading()


class TwoMeaningsError(TableError):
    """A file with two meanings.

    Attributes:
        answers: for each what to press, and the Reading that is then meant.
    """

    def __init__(self, message: str, answers: dict[str, Reading]) -> None:
        super().__init__(message)
        self.answers = answers


def read_table(data: bytes, reading: Reading = UNASKED) -> Table:
    """The Table in the bytes of a file with separated values.

    2 or 3 columns, the last of them the target unless their names say otherwise; a first row without any number names
    them. At most MAX_BYTES and MAX_ROWS, at least 2 rows.

    Raises:
        TwoMeaningsError: when it has two meanings.
        TableError: when it is no table, with line and column of the file, both counted from 1.
    """
    found = read_rows(text_of(data))
    width = len(found.rows[0][1]) if found.rows else len(found.names or ())
    if not found.rows:
        raise TableError("The file must have at least 2 rows of numbers, not 0.")
    names = list(map(_name, found.names)) if found.names is not None else None
    filled = [i for i in range(width) if any(cells[i] for _, cells in found.rows)]
    left_out = list(found.left_out)
    if names is not None:
        left_out += [
            f"column {i + 1} ({names[i]}) left out: empty" for i in range(width) if i not in filled and names[i]
        ]
    places = [f"column {i + 1} ({names[i]})" if names and names[i] else f"column {i + 1}" for i in range(width)]
    every = columns_of(found.rows, places)
    columns = [every[i] for i in filled]
    try:
        choice = choose_columns([names[i] for i in filled] if names is not None else None, columns)
    except TwoWaysError as error:
        answers = {words: reading._replace(places=places) for words, places in error.answers.items()}
        if reading.places is None or reading.places not in error.answers.values():
            raise TwoMeaningsError(str(error), answers) from None
        choice = Choice(reading.places, [])
    given = [names[filled[i]] if names is not None else "" for i in choice.places]
    own = [name or letter for name, letter in zip(given, NAMES[len(given)], strict=True)]
    return _table(own, [columns[i] for i in choice.places], reading, [*left_out, *choice.left_out], found.separator)


def read_own(text: str) -> Table:
    """The Table in the text of an experiment's own points, as `write_own` writes it: every column has its place.

    Raises:
        TableError: when it is no such text.
    """
    found = read_rows(text_of(text.encode()))
    width = len(found.names or found.rows[0][1])
    if width not in NAMES:
        raise TableError(f"Line 1 must have 2 or 3 columns, not {width:,}: {COLUMNS}.")
    given = map(_name, found.names or [""] * width)
    names = [name or letter for name, letter in zip(given, NAMES[width], strict=True)]
    places = [f"column {i + 1}" + f" ({name})" * (found.names is not None) for i, name in enumerate(names)]
    return _table(names, columns_of(found.rows, places), Reading(".", classes=False), [], "commas")


def _table(
    names: Sequence[str], columns: Sequence[Column], reading: Reading, left_out: Sequence[str], separator: str
) -> Table:
    """The Table of the chosen columns."""
    words = _class_words(columns[-1])
    numeric = columns[:-1] if words else columns
    marks = [_mark(column, numeric, reading, by_commas=separator == "commas") for column in numeric]
    values = [numbers_of(column, mark) for column, mark in zip(numeric, marks, strict=True)]
    if len(values[0]) < 2:
        raise TableError(f"The file must have at least 2 rows of numbers, not {len(values[0])}.")
    for column, inputs in zip(columns[:-1], values, strict=False):
        if all(value == inputs[0] for value in inputs):
            raise TableError(f"In every row, {column.place} is {inputs[0]}: there is nothing to learn from it.")
    classes = _classes(columns[-1], words, None if words else values[-1], len(columns), reading)
    notes = list(left_out)
    if classes:
        cells = list(map(_name, columns[-1].cells)) if words else [f"class {value:g}" for value in values[-1]]
        y = [float(classes.index(cell)) for cell in cells]
        values = [*values[: len(columns) - 1], y]
        if len(columns) == 2:  # a curve has no classes
            notes.append(f"{names[-1]} is a number: {', '.join(f'{name} is {i}' for i, name in enumerate(classes))}")
            classes = ()
    matrix = np.array(values)
    return Table(tuple(names), matrix[:-1], matrix[-1:], classes, tuple(notes))


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


def _class_words(column: Column) -> bool:
    """Whether the target is words."""
    return bool(column.cells) and not any(is_numeric(cell) or not cell for cell in column.cells)


def _classes(
    column: Column, words: bool, values: Sequence[float] | None, width: int, reading: Reading
) -> tuple[str, ...]:
    """The names of the classes, if the target has any but the numbers from 0."""
    if words:
        found = sorted(set(map(_name, column.cells)))
        check_words(column)
        if not 2 <= len(found) <= MAX_CLASSES:
            raise TableError(
                f"{column.place.capitalize()} has {len(found):,} different words, such as {quoted(found[0])}: "
                f"there can be 2 or {MAX_CLASSES} classes, or numbers."
            )
        return tuple(found)
    distinct = sorted(set(values or ()))
    if width == 3 and reading.classes and distinct in ([-1, 1], [1, 2], [1, 2, 3]):
        return tuple(f"class {value:g}" for value in distinct)
    return ()


def _name(cell: str) -> str:
    """A cleaned name; "" where nothing is left, or what is left of a long one would be a number."""
    name = " ".join("".join(c if c.isprintable() else " " for c in cell).split())[:MAX_NAME].strip()
    return "" if is_numeric(name) else name
