"""Files as programs and people write them: the right points and what was left out, or a sentence that helps."""

from itertools import permutations

import pytest

from playground.problems.tables import TableError, TwoMeaningsError, read_table

X, Y = [1.0, 3.0, 5.0], [2.0, 4.0, 6.0]
BODY, TURNED = "1,2\n3,4\n5,6\n", "2,1\n4,3\n6,5\n"

POINTS = {  # text, and what the page says of it after the names
    "R, semicolons": ('"";"x";"y"\n"1";1;2\n"2";3;4\n"3";5;6\n', "x and y; column 1 left out: row numbers."),
    "R, spaces": ('"x" "y"\n"1" 1 2\n"2" 3 4\n"3" 5 6\n', "x and y; column 1 left out: row numbers."),
    "pandas, shuffled": (",x,y\n7,1,2\n2,3,4\n9,5,6\n", "x and y; column 1 left out: row numbers."),
    "dates before x and y": (
        "when,x,y\n2024-01-01,1,2\n2024-01-02,3,4\n2024-01-03,5,6\n2024-01-04,7,8\n",
        "x and y; column 1 (when) left out.",
    ),
    "y first": (f"y,x\n{TURNED}", "x and y."),
    "y first, with units": (f"y [cm],x (s)\n{TURNED}", "x (s) (x) and y [cm] (y)."),
    "y first, units by a slash": (f"y/cm,x / s\n{TURNED}", "x / s (x) and y/cm (y)."),
    "Matlab's comment": ("% measured\n1 2\n3 4\n5 6\n", "x and y."),
    "Matlab's names": ("% t v\n1 2\n3 4\n5 6\n", "t (x) and v (y)."),
    "comments of C": (f"// measured\nx,y\n{BODY}", "x and y."),
    "a comment at the end": (f"x,y\n{BODY}# end\n", "x and y."),
    "titles": (f"Report,\nMade by,Me\nx,y\n{BODY}", "x and y; line 1 left out: a title; line 2 left out: a title."),
    "a title as wide as the names": (f"Name: A, B\nx,y\n{BODY}", "x and y; line 1 left out: a title."),
    "units under the names": (f"x,y\nm,s\n{BODY}", "x and y; line 2 left out: no numbers."),
    "names once more": ("x,y\n1,2\n3,4\nx,y\n5,6\n", "x and y; line 4 left out: the names again."),
    "a total": (f"x,y\n{BODY}Total,12\n", "x and y; line 5 left out: total."),
    "mean and spread": (f"x,y\n{BODY}Mean:,4\nStd,2\n", "x and y; line 5 left out: mean; line 6 left out: std."),
    "a source": (f"x,y\n{BODY}\nSource: World Bank\n", "x and y; line 6 left out: a note."),
    "rows in quotes": ('"x,y"\n"1,2"\n"3,4"\n"5,6"\n', "x and y."),
    "cells in quotes twice": ('"x","y"\n"""1""","""2"""\n"""3""","""4"""\n"""5""","""6"""\n', "x and y."),
    "cells in single quotes": ("'x','y'\n'1','2'\n'3','4'\n'5','6'\n", "x and y."),
    "cells in round quotes": ("x,y\n“1”,“2”\n“3”,“4”\n“5”,“6”\n", "x and y."),
    "cells as texts of Excel": ('x,y\n="1",="2"\n="3",="4"\n="5",="6"\n', "x and y."),
    "a sheet's end of MS-DOS": (f"x,y\n{BODY}\x1a", "x and y."),
    "psql": (" x | y \n---+---\n 1 | 2\n 3 | 4\n 5 | 6\n(3 rows)\n", "x and y; line 6 left out: a note."),
    "MySQL": ("+---+---+\n| x | y |\n+---+---+\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |\n+---+---+\n", "x and y."),
    "a drawn box": ("┌───┬───┐\n│ x │ y │\n├───┼───┤\n│ 1 │ 2 │\n│ 3 │ 4 │\n│ 5 │ 6 │\n└───┴───┘\n", "x and y."),
    "comments by semicolons": ("; measured\nx,y\n1,2\n; moved\n3,4\n5,6\n", "x and y."),
    "ARFF": ("@relation a\n@attribute x numeric\n@attribute y numeric\n@data\n1,2\n3,4\n5,6\n", "x and y."),
    "a tibble": (
        "# A tibble: 3 × 2\n      x     y\n  <dbl> <dbl>\n1     1     2\n2     3     4\n3     5     6\n",
        "x and y; column 1 left out: row numbers.",
    ),
    "rupees": ("x,p\n1,₹2\n3,₹4\n5,₹6\n", 'x and p (y); column 2 (p) is in ₹: "₹2" is 2.'),
    "kroner": ("x;p\n1;2,00 kr\n3;4,00 kr\n5;6,00 kr\n", 'x and p (y); column 2 (p) is in kr: "2,00 kr" is 2,00.'),
    "more words than classes": (
        "a,b,kind\n1,2,p\n3,4,q\n5,6,r\n7,8,s\n9,9,p\n",
        "a (x) and b (y); column 3 (kind) left out: 4 different words, and there can be 3 classes.",
    ),
    "full-width commas": ("ｔ，ｖ\n１，２\n３，４\n５，６\n", "ｔ (x) and ｖ (y)."),
    "numbers of Fortran alone": ("1.0D+00 2.0D+00\n3.0D+00 4.0D+00\n5.0D+00 6.0D+00\n", "x and y."),
    "comments after rows": ("1, 2  # first\n3, 4\n5, 6 # last, and so on\n", "x and y; comments after rows left out."),
    "comments of C after rows": ("x y\n1 2 // a\n3 4 // b\n5 6 // c\n", "x and y; comments after rows left out."),
    "comments of Matlab after rows": ("1 2 % first\n3 4\n5 6\n", "x and y; comments after rows left out."),
    "decimal commas by spaces": ("1,0 2,0\n3,0 4,0\n5,0 6,0\n", "x and y."),
    "decimal commas by commas and spaces": ("1,0, 2,0\n3,0, 4,0\n5,0, 6,0\n", "x and y."),
    "decimal commas by commas and spaces, some": ("x, y\n1,0, 2\n3, 4,0\n5,0, 6,0\n", "x and y."),
    "decimal commas in quotes": ('"1,0","2,0"\n"3,0","4,0"\n"5,0","6,0"\n', "x and y."),
    "names in quotes and commas and spaces": ('"x", "y"\n1,0, 2,0\n3,0, 4,0\n5,0, 6,0\n', "x and y."),
    "quotes and spaces": ('"x" ; "y"\n1 ; 2\n3 ; 4\n5 ; 6\n', "x and y."),
    "quotes and a comment": ('"x","y"\n"1","2"  # first\n"3","4"\n"5","6"\n', "x and y; comments after rows left out."),
    "a place over time": ("t\tx\n1\t2\n3\t4\n5\t6\n", "t (x) and x (y)."),
    "LIBSVM": ("2 7:1\n4 7:3\n6 7:5\n", "feature 7 (x) and target (y)."),
    "a printed data frame": (
        "   x  y\n0  1  2\n1  3  4\n2  5  6\n\n[3 rows x 2 columns]\n",
        "x and y; line 6 left out: a note; column 1 left out: row numbers.",
    ),
    "a printed series": ("1  2\n3  4\n5  6\nName: y, dtype: int64\n", "x and y; line 4 left out: a note."),
    "sentences around": (
        "Measured by Ann in 2024\nx y\n1 2\n3 4\n5 6\nThe end of it\n",
        "x and y; line 1 left out: a title; line 6 left out: a note.",
    ),
    "a note of two words": ("x y\n1 2\n3 4\n5 6\nSource: me\n", "x and y; line 5 left out: a note."),
    "a note of two words below tabs": ("x\ty\n1\t2\n3\t4\n5\t6\nSource: me\n", "x and y; line 5 left out: a note."),
    "a title of two words above tabs": (
        "My points\nt (s)\tv\n1\t2\n3\t4\n5\t6\n",
        "t (s) (x) and v (y); line 1 left out: a title.",
    ),
    "thousands by spaces": ("x,y\n1,2\n3,4\n5,6\n1 000,12 345\n", "x and y."),
    "settings before the names": (
        "Sample rate,100\nChannel,2\nt,v\ns,m\n1,2\n3,4\n5,6\n",
        "t (x) and v (y); line 1 left out: a title; line 2 left out: a title; line 4 left out: no numbers.",
    ),
    "days before x and y": (
        "Datum;x;y\n01.02.2024;1;2\n02.02.2024;3;4\n03.02.2024;5;6\n04.02.2024;7;8\n",
        "x and y; column 1 (Datum) left out.",
    ),
    "days of a few months": (
        "t,x,y\n1. Mai 2024,1,2\n2. Mai 2024,3,4\n3. Juni 2024,5,6\n4. Juli 2024,7,8\n",
        "x and y; column 1 (t) left out.",
    ),
    "numbers of passengers": (
        "PassengerId,a,b\n1,1,2\n2,3,4\n3,5,6\n", "a (x) and b (y); column 1 (PassengerId) left out: row numbers."
    ),
    "Arabic marks": ("x؛y\n١؛٢\n٣؛٤\n٥؛٦\n", "x and y."),
    "Fortran": ("x y\n0.1D+01 2\n3 4\n0.05d2 6\n", "x and y."),
}  # fmt: skip


@pytest.mark.parametrize("name", POINTS)
def test_a_file_gives_its_points_and_says_what_was_left_out(name):
    text, words = POINTS[name]
    windows, old_mac = text.replace("\n", "\r\n").encode("utf-16"), text.replace("\n", "\r").encode()
    for data in (text.encode(), windows, old_mac, b"\xef\xbb\xbf" + text.encode()):
        table = read_table(data)
        assert (table.Xs[0, :3].tolist(), table.Ys[0, :3].tolist()) == (X, Y)
        assert table.words.partition(" points of ")[2] == words


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("Yes yes No", ("No", "Yes")), ("true FALSE True", ("FALSE", "true")), ("A a B", ("A", "B", "a")),
        ("'cat' dog cat", ("cat", "dog")), ("sunny rain sunny", ("rain", "sunny")), ("Mar May Mar", ("Mar", "May")),
        ("march decider march", ("decider", "march")), ("+ - +", ("+", "-")), ("− + −", ("+", "−")),
    ],
)  # fmt: skip
def test_classes_are_words_in_any_letters(words, classes):
    rows = "".join(f"{i},{i * i},{word}\n" for i, word in enumerate(words.split()))
    assert read_table(f"a,b,kind\n{rows}".encode()).classes == classes


def test_rows_of_libsvm_have_zeros_where_nothing_stands():
    table = read_table(b"+1 1:0.5 3:0.7\n-1 1:0.1 # far\n\n+1 2:2e-1\n")
    assert table.names == ("feature 1", "feature 2", "target")
    assert [*table.Xs.tolist(), *table.Ys.tolist()] == [[0.5, 0.1, 0.0], [0.0, 0.0, 0.2], [1.0, 0.0, 1.0]]
    assert "column 3 (feature 3) left out" in table.words


@pytest.mark.parametrize("names", ["target,a,b", "class,a,b", "Label,u,v"])
def test_of_three_columns_the_one_that_is_called_so_is_the_target(names):
    table = read_table(f"{names}\n0,2,3\n1,4,5\n0,7,7\n".encode())
    assert (table.names[-1], table.Ys.tolist()) == (names.partition(",")[0], [[0, 1, 0]])


def test_a_title_with_a_word_less_than_there_are_columns_names_none():
    table = read_table(b"My points\n1.5 1 2\n2.5 3 4\n0.5 5 7\n")
    assert [*table.Xs.tolist(), *table.Ys.tolist()] == [[1.5, 2.5, 0.5], [1, 3, 5], [2, 4, 7]]
    assert table.names == ("x1", "x2", "y")


@pytest.mark.parametrize("rest", ["0.5,1", "0.5,0.5,up", "0.5,1,7,9"])
def test_a_column_that_counts_the_rows_of_a_file_without_names_is_asked_about(rest):
    rows = [f"{i},{rest.replace('0.5', f'{i * i}.5').replace('up', 'up' if i % 2 else 'down')}" for i in range(4)]
    with pytest.raises(TwoMeaningsError, match="is it the number of the row, or the input x1") as caught:
        read_table("\n".join(rows).encode())
    without, with_it = (read_table("\n".join(rows).encode(), each) for each in caught.value.answers.values())
    assert without.Xs[0].tolist() == [0.5, 1.5, 4.5, 9.5]
    assert with_it.Xs[0].tolist() == [0, 1, 2, 3]


def test_colours_are_classes_and_no_comments():
    table = read_table(b"1 2 #ff0000\n2 3 #00ff00\n4 5 #ff0000\n")
    assert table.classes == ("#00ff00", "#ff0000")


def test_whole_numbers_that_may_be_halves_of_decimal_ones_are_asked_about():
    data = b"30,64,1,1\n30,62,3,1\n31,65,4,2\n34,60,1,2\n"
    with pytest.raises(
        TwoMeaningsError, match='"30,64,1,1" can be 4 whole numbers, or 2 with decimal commas'
    ) as caught:
        read_table(data)
    (reading,) = caught.value.answers.values()
    assert read_table(data, reading).Ys.tolist() == [[0, 0, 1, 1]]  # classes 1 and 2
    with pytest.raises(TwoMeaningsError, match='"0,2,0,4" can be 4 whole numbers'):
        read_table(b"0,2,0,4,up\n0,6,0,8,down\n0,8,0,2,up\n1,0,0,4,down\n")
    with pytest.raises(TwoMeaningsError, match='"-1 874,5,75 508,5" can be 4 whole numbers'):
        read_table(b"-1 874,5,75 508,5\n1 522,4,145 381,3\n901,80,2 835,45\n17,2,3,4\n")
    for other in (b"a,b,c,d\n" + data, data.replace(b",62", b",-62"), data.replace(b",", b";")):
        assert read_table(other).Xs.shape[1] == 4


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_classes_beside_decimal_commas_are_parted_by_spaces(order):
    rows = [("0,25", "0,5", "up"), ("0,75", "1,25", "down"), ("1,25", "3,5", "up"), ("2,5", "7", "down")]
    table = read_table("\n".join(" ".join(row[i] for i in order) for row in rows).encode())
    inputs = [[0.25, 0.75, 1.25, 2.5], [0.5, 1.25, 3.5, 7]]
    assert table.Xs.tolist() == (inputs if order.index(0) < order.index(1) else inputs[::-1])
    assert (table.classes, table.Ys.tolist()) == (("down", "up"), [[1, 0, 1, 0]])


def test_numbers_that_look_like_days_are_learned_and_told():
    table = read_table(b"day,y\n20240131,1\n20240201,2\n20240202,3\n")
    assert table.Xs.tolist() == [[20240131, 20240201, 20240202]]
    assert "column 1 (day) may be days: 20240131 is learned as a number" in table.words
    assert "may be days" not in read_table(b"x,y\n20240131,1\n20249901,2\n").words


REFUSED = {
    '[{"x": 1, "y": 2}]': "is JSON", '{"x": [1, 2]}': "is JSON", "[[1, 2], [3, 4]]": "list in brackets",
    "<!DOCTYPE html><html>": "page of the web", "  <table><tr>": "page of the web", '<?xml version="1.0"?>': "XML",
    "%PDF-1.4": "is a PDF", "{\\rtf1 x}": "text document", "PAR1": "data for programs", "GIF89a": "picture",
    "month,y\nJan,1\nFeb,2\n": '"Jan" is a date', "day,y\nMon,1\nTuesday,2\n": '"Mon" is a date',
    "x,y\n1 m,2 s\n3 m,4 s\n": "write 1 alone, and the unit into the name", "x,y\n1,2\n1st,3\n": "write 1 alone",
    "x,y\n1/2,1\n3/4,2\n": '"1/2" can be a fraction or a date', "x,y\n1,(5)\n2,3\n": '"(5)" can be -5 or 5',
    "x,y\n1,5%\n2,0.1\n": '"5%" can be 0.05 or 5', "x,y\n1,5-\n2,3\n": '"5-" can be -5 or 5',
    "x,y\n#VALUE!,1\n2,3\n3,4\n": 'Line 2, column 1 (x): "#VALUE!" is not a number but an error of the spreadsheet',
    "t,y\n1:05 PM,1\n2:05 PM,2\n": "is a date or a time", "q,y\n2020Q1,1\n2020Q2,2\n": "is a date or a time",
    "#1,2,3\n#2,4,5\n": "no rows: each line begins as a comment does",
    "(1, 2)\n(3, 4)\n": "list in brackets", "x = [1, 2]\ny = [3, 4]\n": "part of a program",
    "array([[1., 2.],\n       [3., 4.]])": "part of a program", "<!-- a --><table>": "page of the web",
    "x,y\n1,-$5\n2,($3)\n": '"-$5" has a unit: write -5 alone', "x,y\n1,1e+\n2,3\n": '"1e+" is not a number',
    "x,y\n1,5,2,5\n3,5,4,5\n": "not 2. If commas are decimal marks there, write semicolons between the columns.",
    "x;p\n1;CHF 5.--\n2;CHF 6.--\n": '"CHF 5.--" is not a number', "x,y\n1,=A2*2\n2,=A3*2\n": '"=A2*2" is not a number',
    "{{1, 2}, {3, 4}}": "list in brackets", "INSERT INTO t VALUES (1,2);": "part of a program",
    "t,y\n1. Mai 2024,1\n2. Mai 2024,2\n": "is a date or a time", "t;y\nMontag;1\nmardi;2\n": '"Montag" is a date',
    "2 1:1\n" + " ".join(["1", *(f"{i}:1" for i in range(1, 120))]): "at most 99 features, not 119",
    "x;y\n1;2\n3;4\n;6\n": "Line 4, column 1 (x): the cell is empty",
}  # fmt: skip
MISSING = ("NA", "-", "?", ".", "...", "*", "n.a.", "<NA>", "\\N", "NaT", "NULL", "#N/A", "k.A.", "missing")


REFUSED |= {f"x,y\n1,{each}\n2,3\n": "fill in what is missing" for each in MISSING}


@pytest.mark.parametrize(("text", "words"), REFUSED.items())
def test_a_file_is_refused_with_a_sentence_that_helps(text, words):
    with pytest.raises(TableError) as caught:
        read_table(text.encode())
    assert words in str(caught.value)
    assert not isinstance(caught.value, TwoMeaningsError)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"\x1f\x8b\x08x", b"\x93NUMPY\x01", b"\x80\x04\x95", b"PK\x03\x04  x.npy"]
)
def test_what_is_no_text_is_named(data):
    with pytest.raises(TableError, match=r"^The file is (a picture|an archive|data for programs): save its numbers as"):
        read_table(data)
