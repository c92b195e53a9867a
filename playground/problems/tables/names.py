"""The names of columns and classes in a file, cleaned and shortened for the page."""

from playground.numerals import MAX_QUOTED as MAX_NAME  # characters
from playground.problems.tables.numbers import Column
from playground.problems.tables.rows import is_numeric
from playground.problems.tables.text import TableError


def name_of(cell: str) -> str:
    """A column's name; "" where nothing is left, or what is left of a long one would be a number."""
    name = _cleaned(cell).lstrip("# ")[:MAX_NAME].strip()  # in a file, a # before the first name begins a comment
    return "" if is_numeric(name) else name


def class_names(column: Column) -> dict[str, str]:
    """What the classes in a column of words are called, by their cells: as long as the cells differ, their names do.

    Raises:
        TableError: when they only differ in the middle of long words.
    """
    first: dict[str, str] = {}  # Yes and yes are one class; A and a can be two
    words = {cell: _cleaned(cell) for cell in column.cells}
    words = {cell: first.setdefault(w.casefold() if len(w) > 1 else w, w) for cell, w in words.items()}
    for shorten in (_start, _end):
        names = {cell: shorten(word) for cell, word in words.items()}
        if len(set(names.values())) == len(set(words.values())) and not any(map(is_numeric, names.values())):
            return names
    raise TableError(f"The words in {column.place} only differ in the middle: write shorter ones.")


def _cleaned(cell: str) -> str:
    words = " ".join("".join(c if c.isprintable() else " " for c in cell).split())
    is_quoted = len(words) > 2 and words[0] + words[-1] in ("''", '""', "“”", "„“", "«»")
    return words[1:-1].strip() if is_quoted else words


def _start(word: str) -> str:
    return word[:MAX_NAME].strip()


def _end(word: str) -> str:
    return word if len(word) <= MAX_NAME else f"…{word[1 - MAX_NAME :].strip()}"
