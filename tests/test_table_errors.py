"""Files that are not tables of points are refused, in words that name the line and the column."""

import codecs
import contextlib
import csv
import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.problems.tables import MAX_BYTES, MAX_ROWS, TableError, read_table
from playground.problems.tables.numbers import MAX_VALUE


def read(text):
    return read_table(text.encode())


def refused(text, *parts):
    """The message a file is refused with, in which each of the parts occurs."""
    with pytest.raises(TableError) as caught:
        read_table(text if isinstance(text, bytes) else text.encode())
    message = str(caught.value)
    assert [part for part in parts if part not in message] == [], message
    assert message.endswith(".")
    assert message.isprintable()
    assert len(message) < 300
    return message


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("", "the cell is empty"),
        ("  ", "the cell is empty"),
        ('""', "the cell is empty"),
        ("abc", '"abc" is not a number'),
        ("nan", '"nan" is not a number'),
        ("NaN", '"NaN" is not a number'),
        ("inf", '"inf" is not a number'),
        ("-Infinity", '"-Infinity" is not a number'),
        ("0x1F", '"0x1F" is not a number'),
        ("²", '"²" is not a number'),
        ("1e", '"1e" is not a number'),
        (".", '"." is not a number'),
        ("--1", '"--1" is not a number'),
        ("1.2.3", '"1.2.3" is not a number'),
        ("1+2j", '"1+2j" is not a number'),
        ("5%", '"5%" can be 0.05 or 5: write one of these'),
        ("=1+1", '"=1+1" is not a number'),
        ('"1\n2"', '"1\ufffd2" is not a number'),
        ('"a ""b"""', '"a "b"" is not a number'),
        ("z" * 500, '"' + "z" * 30 + '…" is not a number'),
        ("1" * 20_000 + "x", "is not a number"),
        ("1.1e100", '"1.1e100" is too large to train on'),
        ("-1e101", '"-1e101" is too large to train on'),
        ("1e999999999", "is too large to train on"),
        ("9" * 20_000, "is too large to train on"),
    ],
)
def test_an_invalid_cell_is_refused_by_line_and_column(cell, part):
    assert refused(f"time,speed,y\n1,2,3\n\n4,{cell},6\n7,8,9", part).startswith("Line 4, column 2 (speed): ")
    assert refused(f"1,2,3\n4,5,{cell}\n", part).startswith("Line 2, column 3: ")


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("1,b", "column 2"),
        ("a,2", "column 1"),
        ("1,", "column 2"),
        (",2", "column 1"),
        ("nan,nan", "column 1"),
        ("-inf,y", "column 1"),
        ("0x10,0x11", "column 1"),
        ("1e200,1e200", "column 1"),
    ],
)
def test_a_first_row_with_a_number_is_not_a_header(row, place):
    assert refused(f"\n{row}\n1,2\n3,4", f"Line 2, {place}: ")


def test_the_largest_number_is_allowed_and_the_next_one_refused():
    assert read(f"0,{MAX_VALUE}\n1,{-MAX_VALUE}").Ys.tolist() == [[1e100, -1e100]]
    refused(f"0,1\n1,{math.nextafter(MAX_VALUE, math.inf)!r}", "Line 2, column 2", "too large")


def test_the_delimiter_is_right_in_the_message_of_a_padded_file():
    refused("1,\t2\n3,\tx\n", 'Line 2, column 2: "x"')


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["no rows"]),
        ("\ufeff", ["no rows"]),
        ("\n\r\n  \n\t\n\r", ["no rows"]),
        (" ", ["no rows"]),
        ('""\n""', ["no rows"]),
        ("x,y\n", ["at least 2 rows of numbers, not 0"]),
        ("x,y\n1,2\n", ["at least 2 rows of numbers, not 1"]),
        ("1,2", ["at least 2 rows of numbers, not 1"]),
        ("1,2\n1,3\n1,4", ["In every row, column 1 is 1.0", "nothing to learn"]),
        ("a,Big B,c\n1,2,3\n4,2,5", ["In every row, column 2 (Big B) is 2.0", "nothing to learn"]),
        ("0,1\n-0.0,2", ["In every row, column 1 is"]),
        ("1\n2\n3", ["Line 1 must have 2 or 3 columns, not 1:", "one or two inputs, then the target"]),
        ("1,2\n3,4\n\n5\n6,7", ["Line 4 must have 2 columns by commas, as line 1, not 1"]),
        ("\nx,y,z\n3,4,5\n5,6", ["Line 4 must have 3 columns by commas, as line 2, not 2"]),
        ("1,2\n3;4\n", ["Line 2 must have 2 columns by commas, as line 1, not 1"]),
        ("1;2\n3;4\n5\t6", ["Line 3 must have 2 columns by semicolons, as line 1, not 1"]),
        ('a,b\n1,2\n"3,4\n5,6\n', ["Line 3 has", "a quote that is not closed"]),
        ('"', ["Line 1 has", "a quote that is not closed"]),
        ('a,b\n1,2\n3,"4"5\n6,7', ["Line 3 has", "text after a closing quote"]),
        ('a,b\n1,2\n3,"4"\n"5""\n6,7', ["Line 4 has", "a quote that is not closed"]),
        ('"a\nb",c\n1,2\n3,x', ['Line 4, column 2 (c): "x"']),
        ('1,2\n3,"4\n5\n6"\n7,8', ["Line 2, column 2: "]),
        ('1,2\n""3"",4', ["Line 2 has", "quote"]),
        ('1,2\n"""3x""",4', ['Line 2, column 1: ""3x""']),
        ("1,2\n1e-999,4", ["Line 2, column 1", "too near to 0"]),
        ("1/2,3\n1/3,4", ["Line 1, column 1", '"1/2" can be a fraction or a date: write it with decimals']),
        ('1,2\n3"4,5', ['Line 2, column 1: "3"4"']),
        ("1" * MAX_BYTES, ["Line 1 has a cell that is far too long"]),
        ("1,2\n3," + "4" * (MAX_BYTES - 6), ["Line 2 has a cell that is far too long"]),
        ('1,2\n3,"' + "4\n" * 490_000, ["more than 20,000 lines"]),
        ("1," * (MAX_BYTES // 2), ["Line 1 must have at most 100 columns, not 500,000:"]),
        (
            "1,2\n" + "1," * (MAX_BYTES // 2 - 2),
            ["Line 2 must have 2 columns by commas, as line 1, not 499,999"],
        ),
        ("1,2\n" * (MAX_ROWS + 1), ["at most 5,000 rows of numbers; it has more"]),
        ("a,b\n" + "1,2\n" * (MAX_ROWS + 1), ["at most 5,000 rows of numbers; it has more"]),
        ("1,2\n" * (MAX_BYTES // 4), ["at most 5,000 rows of numbers; it has more"]),
        (b"1" * (MAX_BYTES + 1), ["at most 1,000,000 bytes (1 MB), not 1,000,001"]),
        (b"\0" * 10_000_000, ["at most 1,000,000 bytes (1 MB), not 10,000,000"]),
        (b"1,2\r\n3,4\r5,6\n7,\x00", ["Line 4 holds a NUL byte"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ["The file is a picture"]),
        (b"PK\x03\x04\x14\x00", ["a workbook of a spreadsheet", "CSV"]),
        ("x,y\r\n1,2\r\n3,4 €".encode("cp1252"), ['Line 3, column 2 (y): "4 €" has a unit: write 4 alone']),
        (codecs.BOM_UTF8 + b"1,2\n\n\n\xff", ["Line 4 must have 2 columns"]),
        (b"x,y\n1,2\n3,\x81", ["Line 3 holds bytes that are not UTF-8"]),
        ("1,2\u20283,4\n5,6", ["Line 2 must have 3 columns by commas, as line 1, not 2"]),
        ("<html>\n<body>\nhi, you\n</body>", ["The file is a page of the web"]),
        ('{"a": [1, 2]}', ["The file is JSON"]),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, str | bytes) else "",
)
def test_an_invalid_file_is_refused_with_a_sentence(text, parts):
    refused(text, *parts)


SPACES = " " * 300_000
LONG = {
    "spaces in a row": f"1,{SPACES}2\n3,4\n", "spaces in a name": f"a{SPACES}b,y\n1,2\n3,4\n",
    "brackets in a name": f"x{' (' * 150_000},y\n1,2\n", "a quote": f'"{"," * 300_000}\n1,2\n',
    "digits of LIBSVM": "1" * 300_000 + ":x", "comments": "1 # " * 100_000,
    "titles": "\n".join([*(f"a{i}{' b' * (2 + i % 7)}" for i in range(4000)), *(f"{i} {i % 7}" for i in range(1050))]),
}  # fmt: skip


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_text_of_any_kind_is_read_in_linear_time(text):
    start = time.perf_counter()
    with contextlib.suppress(TableError):
        read(text)
    assert time.perf_counter() - start < 5


BYTES = st.binary(max_size=40) | st.text('012.,;\t\n\r" -e', max_size=40).map(str.encode)


@given(BYTES | BYTES.map(lambda middle: b"1,2\n3," + middle + b"\n5,6\n"))
@settings(max_examples=500)
def test_any_bytes_are_a_table_or_a_table_error(data):
    with contextlib.suppress(TableError):
        table = read_table(data)
        assert np.isfinite(table.Xs).all()
        assert np.isfinite(table.Ys).all()


def test_the_limit_of_the_csv_module_is_unchanged():
    before = csv.field_size_limit()
    refused("1" * (before + 1), "far too long")
    assert csv.field_size_limit() == before
