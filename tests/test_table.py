"""Tables: CSV files read into points to learn from, and written; there and back to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.numerals import MAX_QUOTED as MAX_NAME
from playground.problems.tables import MAX_BYTES, MAX_ROWS, Reading, read_table, write_table
from playground.problems.tables.rows import SEPARATORS
from tests.support.strategies import tables

GOOD = "x,y\n1,2\n3,4\n"


def read(text):
    return read_table(text.encode(), Reading(missing=False))


def same(table, names, columns):
    """Whether a table has these names, and these numbers to the last bit."""
    assert table.names == tuple(names)
    assert table.Xs.shape == (len(columns) - 1, len(columns[0]))
    assert table.Ys.shape == (1, len(columns[0]))
    assert table.Xs.dtype == table.Ys.dtype == np.float64
    return np.concatenate([table.Xs, table.Ys]).tobytes() == np.array(columns, np.float64).tobytes()


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
        ("-0.0,1\n5e-324,-1e100\n0e-999,1e100", ["x", "y"], [[-0.0, 5e-324, 0], [1, -1e100, 1e100]]),
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


def test_the_largest_files_are_read():
    rows = [f"{i},{i}" for i in range(MAX_ROWS)]
    for lines in (rows, ["a,b", *rows], ["", *rows, "", ""]):
        assert read("\n".join(lines)).Xs.shape == (1, MAX_ROWS)
    assert read(GOOD + "\n" * (MAX_BYTES - len(GOOD))).Xs.shape == (1, 2)


def test_the_tables_arrays_are_laid_out_for_training():
    table = read("1,2,3\n4,5,6\n7,8,9")
    assert table.Xs.flags.c_contiguous
    assert table.Ys.flags.c_contiguous
    assert table.Xs.flags.writeable


# --- Writing, and there and back --------------------------------------------------------------------------------------


def test_what_is_written():
    columns = [np.array([1, 0.1]), [[-0.0, 1e-300]], np.float32([0.5, 3]), [7.0, 8.0]]
    text = write_table(["x", 'the "y"', "a,b", "é"], columns)
    assert text == 'x,"the ""y""","a,b",é\n1.0,-0.0,0.5,7.0\n0.1,1e-300,3.0,8.0\n'


def test_integers_are_written_without_decimals_and_nan_as_an_empty_cell():
    text = write_table("abc", [np.arange(2), [0.0, np.nan], [2**60 + 1, -3]])
    assert text == f"a,b,c\n0,0.0,{2**60 + 1}\n1,,-3\n"


def test_more_columns_than_can_be_read_are_written():
    text = write_table("abcd", np.arange(8.0).reshape(4, 2))
    assert text == "a,b,c,d\n0.0,2.0,4.0,6.0\n1.0,3.0,5.0,7.0\n"


@pytest.mark.parametrize(("names", "columns"), [("ab", [[1, 2]]), ("a", [[1], [2]]), ("ab", [[1, 2], [3]])])
def test_columns_of_another_number_or_length_are_refused(names, columns):
    with pytest.raises(ValueError, match="zip"):
        write_table(names, columns)


@given(tables())
def test_a_table_comes_back_as_it_was_to_the_last_bit(columns):
    names, numbers = columns
    table = read(write_table(names, numbers))
    assert same(table, [" ".join(name.split()) for name in names], numbers)
    assert same(read(write_table(table.names, [*table.Xs, table.Ys])), table.names, numbers)  # names that were cleaned


@given(tables(), st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_a_table_is_read_by_every_delimiter_with_any_padding(columns, header, end, data):
    names = ["first", "second", "third"][: len(columns.names)]
    pads = st.sampled_from(["", " ", "  "])
    for delimiter in SEPARATORS:
        lines = [delimiter.join(names)] if header else []
        for row in columns.numbers.T.tolist():
            before, after, blank = data.draw(pads), data.draw(pads), data.draw(st.booleans())
            lines += [delimiter.join(f"{before}{value!r}{after}" for value in row), *[""] * blank]
        expected = names if header else [["x", "y"], ["x1", "x2", "y"]][len(names) - 2]
        assert same(read(end.join(lines)), expected, columns.numbers)
