"""The table: CSV files read into points to learn from, and written; and what is refused, in what words."""

import codecs
import contextlib
import csv
import math
import re

import numpy as np
import pytest

from playground.problems.table import (
    DELIMITERS,
    MAX_BYTES,
    MAX_NAME,
    MAX_ROWS,
    MAX_VALUE,
    TableError,
    read_table,
    write_table,
)

GOOD = "x,y\n1,2\n3,4\n"


def read(text):
    return read_table(text.encode())


def same(table, names, columns):
    """Whether a table has these names, and these numbers to the last bit."""
    assert table.names == tuple(names)
    assert table.Xs.shape == (len(columns) - 1, len(columns[0]))
    assert table.Ys.shape == (1, len(columns[0]))
    assert table.Xs.dtype == table.Ys.dtype == np.float64
    return np.concatenate([table.Xs, table.Ys]).tobytes() == np.array(columns, np.float64).tobytes()


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


# --- What is read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names", "columns"),
    [
        (GOOD, ["x", "y"], [[1, 3], [2, 4]]),
        ("1,2\n3,4", ["x", "y"], [[1, 3], [2, 4]]),
        ("1,2,3\n4,5,6", ["x1", "x2", "y"], [[1, 4], [2, 5], [3, 6]]),
        ("height,age,weight\n1,2,3\n4,5,6", ["height", "age", "weight"], [[1, 4], [2, 5], [3, 6]]),
        ("1;2\n3;4", ["x", "y"], [[1, 3], [2, 4]]),
        ("1\t2\t3\n4\t5\t6", ["x1", "x2", "y"], [[1, 4], [2, 5], [3, 6]]),
        ("1,2\r\n3,4\r\n", ["x", "y"], [[1, 3], [2, 4]]),
        ("1,2\r3,4\r", ["x", "y"], [[1, 3], [2, 4]]),
        ("1,2\n3,4\r\n5,6\r7,8", ["x", "y"], [[1, 3, 5, 7], [2, 4, 6, 8]]),
        ("\n \n1,2\n\n\t\n3,4\n\r\n\n", ["x", "y"], [[1, 3], [2, 4]]),
        ("\ufeff1,2\n3,4", ["x", "y"], [[1, 3], [2, 4]]),
        ("\ufeffa,b\n1,2\n3,4", ["a", "b"], [[1, 3], [2, 4]]),
        ("  1 , 2\n3\t,\t4 ", ["x", "y"], [[1, 3], [2, 4]]),
        (" 1\t2 \n3 \t 4", ["x", "y"], [[1, 3], [2, 4]]),
        ('"a","b"\n"1","2"\n"3", "4"', ["a", "b"], [[1, 3], [2, 4]]),
        ('"a";"b"\n"1";"2"\n"3";"4"', ["a", "b"], [[1, 3], [2, 4]]),
        ("+1,-.5\n1.,1E3\n0.25e-1,1e+2", ["x", "y"], [[1, 1, 0.025], [-0.5, 1000, 100]]),
        ("-0.0,1\n5e-324,-1e100\n1e-999,1e100", ["x", "y"], [[-0.0, 5e-324, 0], [1, -1e100, 1e100]]),
        (f"0.{'1' * 27}e-2,0.{'2' * 27}e-2\n1,2", ["x", "y"], [[0.1 / 90, 1], [0.2 / 90, 2]]),  # cut at 30: no number
        ("1,5\n2,5\n3,5", ["x", "y"], [[1, 2, 3], [5, 5, 5]]),  # a constant target
        ("1,0\n1.0000000000000002,0", ["x", "y"], [[1, 1 + 2**-52], [0, 0]]),
    ],
)
def test_a_good_file_is_read(text, names, columns):
    assert same(read(text), names, columns)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("  time , speed ", ["time", "speed"]),
        (",", ["x", "y"]),
        ("a,,", ["a", "x2", "y"]),
        ('"time, in s","a ""b"""', ["time, in s", 'a "b"']),
        ('"two\nlines",b\x07c', ["two lines", "b c"]),
        ("\u202eabc,d\u200be", ["abc", "d e"]),
        ("x" * 31 + "," + "ab " * 20, ["x" * 30, ("ab " * 10).strip()]),
        ("größe,<b>y</b>", ["größe", "<b>y</b>"]),
        ("a|b;c,d", ["a|b;c", "d"]),
        ("2nd,e5", ["2nd", "e5"]),
        ("a,a", ["a", "a"]),
    ],
)
def test_a_header_is_cleaned(header, names):
    columns = np.arange(6.0).reshape(3, 2)[: len(names)].tolist()
    rows = "\n".join(",".join(map(str, row)) for row in zip(*columns, strict=True))
    table = read(f"{header}\n{rows}")
    assert same(table, names, columns)
    assert all(name.isprintable() and len(name) <= MAX_NAME for name in table.names)


@pytest.mark.parametrize("header", ["x, in m;y", "a,b,c;d", "a\tb;c"])
def test_other_delimiters_in_the_names_do_not_decide(header):
    assert read(f"{header}\n1;2\n3;4\n5;6").names == tuple(header.replace("\t", " ").split(";"))


def test_the_greatest_files_are_read():
    rows = [f"{i},{i}" for i in range(MAX_ROWS)]
    for lines in (rows, ["a,b", *rows], ["", *rows, "", ""]):
        assert read("\n".join(lines)).Xs.shape == (1, MAX_ROWS)
    assert read(GOOD + "\n" * (MAX_BYTES - len(GOOD))).Xs.shape == (1, 2)


def test_the_tables_arrays_are_laid_out_for_training():
    table = read("1,2,3\n4,5,6\n7,8,9")
    assert table.Xs.flags.c_contiguous
    assert table.Ys.flags.c_contiguous
    assert table.Xs.flags.writeable


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
        ("1_000", '"1_000" is not a number'),
        ("１２", '"１２" is not a number'),
        ("٣", '"٣" is not a number'),
        ("²", '"²" is not a number'),
        ("−1", '"−1" is not a number'),
        ("1 000", '"1 000" is not a number'),
        ("1e", '"1e" is not a number'),
        (".", '"." is not a number'),
        ("--1", '"--1" is not a number'),
        ("1.2.3", '"1.2.3" is not a number'),
        ("1+2j", '"1+2j" is not a number'),
        ("5%", '"5%" is not a number'),
        ("=1+1", '"=1+1" is not a number'),
        ("1\xa0", '"1\ufffd" is not a number'),
        ('"1\n2"', '"1\ufffd2" is not a number'),
        ('"1\n"', '"1\ufffd" is not a number'),
        ('"a ""b"""', '"a "b"" is not a number'),
        ("z" * 500, '"' + "z" * 30 + '…" is not a number'),
        ("1" * 20_000 + "x", "is not a number"),
        ('"1,5"', '"1,5" uses a decimal comma: write "1.5"'),
        ("1.1e100", '"1.1e100" is too large to train on'),
        ("-1e101", '"-1e101" is too large to train on'),
        ("1e999999999", "is too large to train on"),
        ("9" * 20_000, "is too large to train on"),
    ],
)
def test_a_cell_that_is_no_number_is_named_by_line_and_column(cell, part):
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
        ("1_000,2_000", "column 1"),
        ("１,２", "column 1"),
        ("−1,−2", "column 1"),
        ("\u200b1,\u200b2", "column 1"),
        ("1e200,1e200", "column 1"),
        ("1" * MAX_NAME + " metres,y", "column 1"),  # whose name, cut, would be a number
    ],
)
def test_a_first_row_with_a_number_in_it_is_no_header(row, place):
    assert refused(f"\n{row}\n1,2\n3,4", f"Line 2, {place}: ")


def test_the_largest_number_is_allowed_and_the_next_one_refused():
    assert read(f"0,{MAX_VALUE}\n1,{-MAX_VALUE}").Ys.tolist() == [[1e100, -1e100]]
    refused(f"0,1\n1,{math.nextafter(MAX_VALUE, math.inf)!r}", "Line 2, column 2", "too large")


@pytest.mark.parametrize(
    "row", ["1,5;2,5", "1;2,5", "1,5\t2,5", "-1,5;+2,5e3", ",5;,25", "1,5;2,5;3,5", "1;2;3,5", "1;2,5;3"]
)
@pytest.mark.parametrize("header", [True, False])
def test_decimal_commas_are_said_and_not_guessed(row, header):
    lines = [re.sub(r"[^;\t]+", "a", row), row, row, row] if header else [row, row, row]
    wrong = next(cell for cell in re.split(r"[;\t]", row) if "," in cell)
    refused(
        "\n".join(lines), f"Line {1 + header}, column ", f'"{wrong}" uses a decimal comma',
        f'write "{wrong.replace(",", ".")}"',
    )  # fmt: skip


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
        ("1,2,3,4\n5,6,7,8", ["Line 1 must have 2 or 3 columns, not 4:"]),
        ("1|2\n3|4", ["Line 1 must have 2 or 3 columns, not 1:", "separated by commas, semicolons or tabs"]),
        ("1 2\n3 4", ["Line 1 must have 2 or 3 columns, not 1:", "separated by commas, semicolons or tabs"]),
        ("\nA title\nx,y\n1,2\n3,4", ["Line 2 must have 2 or 3 columns, not 1:"]),
        ("1,2\n3,4\n\n5\n6,7", ["Line 4 must have 2 columns by commas, as line 1, not 1"]),
        ("1,2\n3,4\n5,6,\n6,7", ["Line 3 must have 2 columns by commas, as line 1, not 3"]),
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
        ('1,2\n"""3""",4', ['Line 2, column 1: ""3""']),
        ('1,2\n3"4,5', ['Line 2, column 1: "3"4"']),
        ("1" * MAX_BYTES, ["Line 1 has a cell that is far too long"]),
        ("1,2\n3," + "4" * (MAX_BYTES - 6), ["Line 2 has a cell that is far too long"]),
        ('1,2\n3,"' + "4\n" * 490_000, ["Line 2 has a cell that is far too long, or a quote that is not closed"]),
        ("1," * (MAX_BYTES // 2), ["Line 1 must have 2 or 3 columns, not 500,001:"]),
        (
            "1,2\n" + "1," * (MAX_BYTES // 2 - 2),
            ["Line 2 must have 2 columns by commas, as line 1, not 499,999"],
        ),
        ("1,2\n" * (MAX_ROWS + 1), ["at most 5,000 rows of numbers; it has more"]),
        ("a,b\n" + "1,2\n" * (MAX_ROWS + 1), ["at most 5,000 rows of numbers; it has more"]),
        ("1,2\n" * (MAX_BYTES // 4), ["at most 5,000 rows of numbers; it has more"]),
        (b"1" * (MAX_BYTES + 1), ["at most 1,000,000 bytes (1 MB), not 1,000,001"]),
        (b"\0" * 10_000_000, ["at most 1,000,000 bytes (1 MB), not 10,000,000"]),
        (GOOD.encode("utf-16"), ["UTF-16", "UTF-8"]),
        (codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"), ["UTF-16", "UTF-8"]),
        (GOOD.encode("utf-16-le"), ["Line 1 holds a NUL byte", "UTF-8"]),
        (GOOD.encode("utf-32"), ["UTF-16", "UTF-8"]),
        (b"1,2\r\n3,4\r5,6\n7,\x00", ["Line 4 holds a NUL byte"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ["Line 3 holds a NUL byte"]),
        (b"PK\x03\x04\x14\x00", ["Line 1 holds a NUL byte"]),
        ("größe,y\n1,2\n3,4".encode("latin-1"), ["Line 1 holds bytes that are not UTF-8"]),
        ("x,y\r\n1,2\r\n3,4 €".encode("cp1252"), ["Line 3 holds bytes that are not UTF-8"]),
        (codecs.BOM_UTF8 + b"1,2\n\n\n\xff", ["Line 4 holds bytes that are not UTF-8"]),
        (b"1,2\n\xed\xa0\x80", ["Line 2 holds bytes that are not UTF-8"]),  # half a surrogate pair
        ("1,2\u20283,4\n5,6", ["Line 2 must have 3 columns by commas, as line 1, not 2"]),
        ("1,2\x0c\n5,6", ['Line 1, column 2: "2\ufffd"']),
        ("<html>\n<body>\nhi, you\n</body>", ["Line 1 must have 2 or 3 columns, not 1:"]),
        ('{"a": [1, 2]}', ["at least 2 rows of numbers, not 0"]),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, str | bytes) else "",
)
def test_a_broken_file_is_refused_in_words(text, parts):
    refused(text, *parts)


def test_any_bytes_are_read_or_refused_and_nothing_else_happens():
    random = np.random.RandomState(0)
    read = 0
    for trial in range(900):
        letters = np.frombuffer([bytes(range(256)), b'012.,;\t\n\r" -e'][trial % 2], np.uint8)
        data = np.frombuffer([b"1,2\n3,4\n5,6\n", bytes(40)][trial % 3 == 0], np.uint8).copy()
        changed = random.choice(data.size, 40 if data.size == 40 else 1, replace=False)
        data[changed] = random.choice(letters, changed.size)
        with contextlib.suppress(TableError):
            table = read_table(data.tobytes())
            assert np.isfinite(table.Xs).all()
            assert np.isfinite(table.Ys).all()
            read += 1
    assert 20 < read < 600


def test_the_csv_modules_limit_is_left_as_it_was():
    before = csv.field_size_limit()
    refused("1" * (before + 1), "far too long")
    assert csv.field_size_limit() == before


# --- Writing, and there and back --------------------------------------------------------------------------------------


def test_what_is_written():
    columns = [np.array([1, 0.1]), [[-0.0, 1e-300]], np.float32([0.5, 3]), [7.0, 8.0]]
    text = write_table(["x", 'the "y"', "a,b", "é"], columns)
    assert text == 'x,"the ""y""","a,b",é\n1.0,-0.0,0.5,7.0\n0.1,1e-300,3.0,8.0\n'


def test_integers_are_written_as_such_and_what_is_no_number_as_an_empty_cell():
    text = write_table("abc", [np.arange(2), [0.0, np.nan], [2**60 + 1, -3]])
    assert text == f"a,b,c\n0,0.0,{2**60 + 1}\n1,,-3\n"


def test_more_columns_than_can_be_read_are_written():
    text = write_table("abcd", np.arange(8.0).reshape(4, 2))
    assert text == "a,b,c,d\n0.0,2.0,4.0,6.0\n1.0,3.0,5.0,7.0\n"


@pytest.mark.parametrize(("names", "columns"), [("ab", [[1, 2]]), ("a", [[1], [2]]), ("ab", [[1, 2], [3]])])
def test_columns_that_do_not_fit_are_not_written(names, columns):
    with pytest.raises(ValueError, match="zip"):
        write_table(names, columns)


def bits(random, shape):
    """Floats of every size that is read, of random bits."""
    values = random.randint(0, 2**64, size=(4, *shape), dtype=np.uint64).view(np.float64)
    with np.errstate(invalid="ignore"):
        usable = np.abs(values) <= MAX_VALUE
    return np.where(usable, values, random.standard_normal(values.shape))[0]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("inputs", [1, 2])
def test_a_table_comes_back_as_it_was_to_the_last_bit(seed, inputs):
    random = np.random.RandomState(seed)
    columns = bits(random, (inputs + 1, random.randint(2, 200)))
    letters = list("abcåß \",;'|<&=-+")
    names = ["".join(["n", *random.choice(letters, random.randint(20)), "n"]) for _ in columns]
    table = read(write_table(names, columns))
    assert same(table, [" ".join(name.split()) for name in names], columns)
    assert same(read(write_table(table.names, [*table.Xs, table.Ys])), table.names, columns)  # names that were cleaned


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("inputs", [1, 2])
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("delimiter", DELIMITERS, ids=DELIMITERS.values())
def test_random_tables_are_read_by_every_delimiter(seed, inputs, header, delimiter):
    random = np.random.RandomState(seed)
    columns = bits(random, (inputs + 1, random.randint(2, 50)))
    names = ["first", "second", "third"][: inputs + 1]
    end = random.choice(["\n", "\r\n", "\r"])
    lines = [delimiter.join(names)] if header else []
    for row in columns.T.tolist():
        pads = random.choice(["", " ", "  "], 2 * len(row))
        lines.append(delimiter.join(f"{a}{value!r}{b}" for a, value, b in zip(pads, row, pads[::-1], strict=False)))
        lines.extend([""] * random.randint(2))
    expected = names if header else [["x", "y"], ["x1", "x2", "y"]][inputs - 1]
    assert same(read(end.join(lines)), expected, columns)
