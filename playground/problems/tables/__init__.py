"""A visitor's own points: read from files, links and the cells of the page's table, and written to a file."""

from playground.problems.tables.columns import MAX_CLASSES
from playground.problems.tables.question import Reading, TwoMeaningsError
from playground.problems.tables.reading import read_own, read_table
from playground.problems.tables.rows import MAX_ROWS
from playground.problems.tables.table import NAMES, Table
from playground.problems.tables.text import MAX_BYTES, TableError
from playground.problems.tables.typed_points import read_cells, target_of
from playground.problems.tables.writing import write_own, write_table

__all__ = [
    "MAX_BYTES",
    "MAX_CLASSES",
    "MAX_ROWS",
    "NAMES",
    "Reading",
    "Table",
    "TableError",
    "TwoMeaningsError",
    "read_cells",
    "read_own",
    "read_table",
    "target_of",
    "write_own",
    "write_table",
]
