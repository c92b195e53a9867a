"""Files as other programs write them: spreadsheets of other countries, pandas, R; read as meant, or asked about."""

import codecs

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.problems.tables import Reading, TableError, TwoMeaningsError, read_own, read_table, write_own

X_AND_Y, BOTH = [[1, 2.5, 3], [-4, 0.5, 6]], [[1, 2], [3, 5], [5, 8]]

READ = {
    "decimal comma": ("x;y\r\n1,0;-4,0\r\n2,5;0,5\r\n3,0;6,0\r\n", X_AND_Y),
    "decimal comma by tabs": ("x\ty\n1\t−4\n2,5\t0,5\n3\t6\n", X_AND_Y),
    "decimal comma by spaces": ("x y\n1,0  -4\n 2,5 0,5 \n3 6\n", X_AND_Y),
    "sep=": ("sep=;\r\nx;y\r\n1;-4\r\n2.5;0.5\r\n3;6\r\n", X_AND_Y),
    "empty rows and columns": ("\ufeffx;y;;\r\n1;-4;;\r\n;;;\r\n2,5;0,5;;\r\n3;6;;\r\n;;;\r\n;;;\r\n", X_AND_Y),
    "separators at the end": ("x,y,\n1,-4,\n2.5,0.5,\n3,6,\n", X_AND_Y),
    "row numbers of pandas": (",x,y\n0,1,-4\n1,2.5,0.5\n2,3,6\n", X_AND_Y),
    "row numbers of a sample": (",x,y\n17,1,-4\n4,2.5,0.5\n9,3,6\n", X_AND_Y),
    "row numbers of R": ('"x" "y"\n"1" 1 -4\n"2" 2.5 .5\n"3" 3 6\n', X_AND_Y),
    "an index": ("id,a,b\n1,1,-4\n2,2.5,0.5\n3,3,6\n", X_AND_Y),
    "another order": ("Y,X\n-4,1\n0.5,2.5\n6,3\n", X_AND_Y),
    "the page's own points": ("x,y,network,test point\n1.0,-4.0,0.1,0\n2.5,0.5,0.2,1\n3.0,6.0,0.3,0\n", X_AND_Y),
    "comments": ("# made by hand\n# x y\n1 -4\n2.5 0.5\n3 6\n", X_AND_Y),
    "a title and units": ("Measured in May\nx,y\n[m],[s]\n1,-4\n2.5,0.5\n3,6\n", X_AND_Y),
    "Markdown": ("| x | y |\n|---|---:|\n| 1 | -4 |\n| 2.5 | 0.5 |\n| 3 | 6 |\n", X_AND_Y),
    "thousands by the column": ('x,y\n1,"1,234,000"\n2,"5,000"\n', [[1, 2], [1_234_000, 5000]]),
    "thousands of Switzerland": ("x;y\n1;1'234.5\n2;5’000\n", [[1, 2], [1234.5, 5000]]),
    "thousands by spaces": ("x;y\n1;1\xa0234,5\n2;5 000\n", [[1, 2], [1234.5, 5000]]),
    "three decimals": ("x,y\n1.104,2.388\n2.795,3.204\n", [[1.104, 2.795], [2.388, 3.204]]),
    "three decimals by comma": ("x;y\n1,5;2,388\n2,5;3,204\n", [[1.5, 2.5], [2.388, 3.204]]),
    "x1, x2 and y in any order": ("y,x_2,X1\n5,3,1\n8,5,2\n", BOTH),
    "powers of ten": ("x;y\n1;-4×10^0\n2,5;5·10⁻¹\n3;6e0\n", X_AND_Y),
    "percents": ("x;y\n1 %;-4%\n2,5 %;0,5%\n3 %;6%\n", X_AND_Y),
    "currencies before": ("x,y\n€ 1,-$4\n€2.50,$0.50\n€ 3.00,$6\n", X_AND_Y),
    "currencies after": ("x;y\n1,00 €;−4 USD\n2,50 €;0,5 USD\n3,00 €;6 USD\n", X_AND_Y),
    "thousands of dollars": ('x,y\n1,"$1,234,000.00"\n2,"$5,000.00"\n', [[1, 2], [1_234_000, 5000]]),
    "percents without names": ("1%,-4%\n2.5%,0.5%\n3%,6%\n", X_AND_Y),
    "a column of words": ("name,a,b\nAnna,1,3\nBert,2,5\nCarl,4,5\nDora,8,5\n", [[1, 2, 4, 8], [3, 5, 5, 5]]),
}  # fmt: skip


def points(table):
    return np.vstack([table.Xs, table.Ys])


@pytest.mark.parametrize("kind", READ)
def test_a_file_is_read_as_it_is_meant(kind):
    text, columns = READ[kind]
    without_mark = ("utf-16-le", "utf-16-be") if text.removeprefix("\ufeff").isascii() else ()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", *without_mark):
        data = text.removeprefix("\ufeff").encode(encoding)
        np.testing.assert_array_equal(points(read_table(data)), columns)


def test_a_file_in_the_code_page_of_windows_is_read():
    table = read_table("größe;y\r\n1\xa0000,5;2\r\n3;4\r\n".encode("cp1252"))
    assert table.names == ("größe", "y")
    assert table.Xs.tolist() == [[1000.5, 3]]
    assert "if names look wrong, save the file as UTF-8" in table.words


def test_long_words_that_begin_alike_stay_different_classes():
    start = "http://dbpedia.org/ontology/animal/"
    table = read_table(f"a,b,kind\n1,2,{start}Cat\n2,3,{start}Dog\n3,4,{start}Cat\n".encode())
    assert table.Ys.tolist() == [[0, 1, 0]]
    assert [name[-3:] for name in table.classes] == ["Cat", "Dog"]
    middle = "a" * 40
    with pytest.raises(TableError, match="only differ in the middle"):
        read_table(f"a,b,kind\n1,2,{middle}1{middle}\n2,3,{middle}2{middle}\n".encode())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (",area,price\n0,1,2\n1,2,3\n2,3,5\n", "3 points of area (x) and price (y); column 1 left out: row numbers."),
        ("x,y\n1,2\n3,4\n", "2 points of x and y."),
        ("x,y\n1,12 %\n3,4 %\n", '2 points of x and y; column 2 (y) is in %: "12 %" is 12.'),
        ("l,w,kind\n1,2,b\n2,3,a\n3,1,b\n", "3 points of l (x1), w (x2) and kind (y), which is a or b."),
        ("t,v,w\n1,2,\n3,4,\n", "2 points of t (x) and v (y); column 3 (w) left out: empty."),
        ("a,b,c\n1,2,u\n2,1,v\n3,1,w\n4,1,z\n", "4 points of a (x) and b (y); column 3 (c) left out: no numbers."),
        ("a,b,c,d\n1,2,3,4\n5,6,7,8\n", "2 points of a (x1), b (x2) and d (y); column 3 (c) left out."),
        ("1,2,3,4,5\n5,6,7,8,9\n" * 2, "4 points of x1, x2 and y; column 3 left out; column 4 left out."),
        (
            "a,b,c,d,e,f,g\n1,2,3,4,5,6,7\n5,6,7,8,9,0,1\n",
            "2 points of a (x1), b (x2) and g (y); the other 4 columns left out.",
        ),
        (
            "k,a,b,type,c\n1,2,3,u,5\n1,3,4,v,6\n",
            "2 points of a (x1), b (x2) and type (y), which is u or v; column 1 (k) left out; column 5 (c) left out.",
        ),
        ("price,a,b,y\n1,2,3,4\n5,6,7,8\n", "2 points of price (x1), a (x2) and y; column 3 (b) left out."),
        ("target,a,b,c\n1,2,3,4\n5,6,7,8\n", "2 points of a (x1), b (x2) and target (y); column 4 (c) left out."),
        ("x,answer\n1,no\n2,yes\n", "2 points of x and answer (y); answer is a number: no is 0, yes is 1."),
    ],
)
def test_one_line_says_what_was_read(text, words):
    assert read_table(text.encode()).words == words


THOUSANDS = b'week,visitors\n1,"812"\n2,"956"\n3,"1,104"\n4,"1,287"\n'


def test_thousands_that_could_be_decimals_are_asked_about():
    with pytest.raises(TwoMeaningsError, match=r'column 2 \(visitors\), "1,104" can be 1\.104 or 1104') as caught:
        read_table(THOUSANDS)
    read = {words: read_table(THOUSANDS, reading).Ys[0, 2] for words, reading in caught.value.answers.items()}
    assert read == {"1,104 is 1.104": 1.104, "1,104 is 1104": 1104}


def test_row_numbers_without_a_name_are_asked_about():
    data = b"0,1.5,2\n1,2.5,3\n2,3.5,5\n3,4.5,5\n4,5.5,6\n"
    with pytest.raises(TwoMeaningsError, match="number of the row, or the input x1") as caught:
        read_table(data)
    assert [len(read_table(data, reading).Xs) for reading in caught.value.answers.values()] == [1, 2]


@pytest.mark.parametrize(
    ("y", "classes", "numbers"),
    [
        (["cat", "dog", "cat"], ("cat", "dog"), [0, 1, 0]),
        ([-1, 1, -1], ("class -1", "class 1"), [0, 1, 0]),
        ([3, 1, 2], ("class 1", "class 2", "class 3"), [2, 0, 1]),
        (["True", "False", "True"], ("False", "True"), [1, 0, 1]),
        ([0, 1, 0], (), [0, 1, 0]),
        ([1.5, 2, 1], (), [1.5, 2, 1]),
    ],
)
def test_labels_become_classes_with_their_names_which_own_points_keep(y, classes, numbers):
    text = "a,b,kind\n" + "".join(f"{i},{i * i},{label}\n" for i, label in enumerate(y))
    table = read_table(text.encode())
    assert (table.classes, table.Ys[0].tolist()) == (classes, numbers)
    again = read_own(write_own(table))
    assert (again.names, again.classes, again.Ys[0].tolist()) == (("a", "b", "kind"), classes, numbers)


def test_labels_that_are_numbers_are_a_number_where_the_visitor_says_so():
    data = b"a,b,kind\n1,2,1\n2,3,2\n3,1,3\n"
    assert read_table(data).numbered_classes
    table = read_table(data, Reading(classes=False))
    assert (table.classes, table.Ys.tolist()) == ((), [[1, 2, 3]])
    assert read_own(data.decode()).Ys.tolist() == [[1, 2, 3]]  # as in links and saved runs of before


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("date,v\n2020-01-01,1\n2020-01-02,2\n", "is a date or a time: write a number"),
        ("x,y\n1,12 cm\n2,13 cm\n", "has a unit: write 12 alone"),
        ("x,y\n1,$12\n2,€13\n", "has a unit: write 12 alone"),
        ("x,y\n1,12 %\n2,0.5\n", '"12 %" can be 0.12 or 12: write one of these'),
        ("x,y\n1,12 %\n2,$5\n", '"12 %" can be 0.12 or 12: write one of these'),
        ("x,y\n1,$12\n2,\n", "the cell is empty"),
        ("x,y\n1,-$-12\n2,$5\n", "is not a number|has a unit"),
        ('x,y\n1,"$1,200"\n2,"$3,400"\n', "can be 1.2 or 1200|can be 1200 or 1.2"),
        ("x,y\n1,2.0±0.1\n2,3.1±0.1\n", '"2.0±0.1" has an uncertainty: write the number alone'),
        ("x;y\n1;2:0.5\n2;3:0.5\n", '"2:0.5" is not a number'),
        ("x y\n1 2;\n3 4;\n", '"2;" is not a number'),
        ("x,y\n1,#DIV/0!\n2,3\n", "an error of the spreadsheet"),
        ("x,y\n1,–\n2,3\n", "fill in what is missing, or delete the row"),
        ("a,b,kind\n1,2,cat\n2,3,\n3,4,dog\n", r"Line 3, column 3 \(kind\): the cell is empty: write the class"),
        ("a,b,kind\n1,2,cat\n2,3,cat\n", "there must be 2 or 3 classes"),
        ("x,1,2,3,4\ny,5,6,7,8\n", "as if it lay on its side"),
        ("1,2,3,4\n5,6,7,8\n9,1,2,3\n", "as if it lay on its side"),
        ("x,y\n1,NA\n2,3\n", "fill in what is missing, or delete the row"),
    ],
)
def test_what_cannot_be_read_is_answered_in_a_sentence_that_helps(text, helps):
    with pytest.raises(TableError, match=helps):
        read_table(text.encode())


@given(
    st.lists(st.tuples(st.integers(-9999, 9999), st.integers(-99_999, 99_999)), min_size=2, max_size=30),
    st.sampled_from([",", ";", "\t", " ", "|"]),
    st.sampled_from([".", ","]),
)
def test_a_table_means_the_same_with_any_separator_and_decimal_mark(rows, separator, mark):
    if separator == mark or len({x for x, _ in rows}) == 1:
        return
    text = "".join(f"{x / 10:.1f} {y / 100:.2f}\n".replace(".", mark).replace(" ", separator) for x, y in rows)
    table = read_table(f"x{separator}y\n{text}".encode(), Reading(missing=False))
    assert points(table).T.tolist() == [[x / 10, y / 100] for x, y in rows]


def test_utf_16_that_is_none_is_refused():
    with pytest.raises(TableError, match="UTF-16"):
        read_table(codecs.BOM_UTF16_LE + b"1")
