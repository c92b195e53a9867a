"""A visitor's own points: read from files, links and the cells of the page's table, and written to a file."""

from playground.problems.tables.columns import choose_columns
from playground.problems.tables.numbers import reads
from playground.problems.tables.question import Reading, TwoMeaningsError
from playground.problems.tables.reading import read_own, read_table, table_of
from playground.problems.tables.rows import MAX_ROWS
from playground.problems.tables.sheet import Sheet, open_sheet
from playground.problems.tables.table import MAX_CLASSES, NAMES, Table
from playground.problems.tables.text import MAX_BYTES, TableError
from playground.problems.tables.typed_points import number_of, read_cells, target_of
from playground.problems.tables.writing import write_own, write_table

__all__ = [
    "MAX_BYTES",
    "MAX_CLASSES",
    "MAX_ROWS",
    "NAMES",
    "Reading",
    "Sheet",
    "Table",
    "TableError",
    "TwoMeaningsError",
    "choose_columns",
    "number_of",
    "open_sheet",
    "read_cells",
    "read_own",
    "read_table",
    "reads",
    "table_of",
    "target_of",
    "write_own",
    "write_table",
]
