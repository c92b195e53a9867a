"""Files as programs and people write them: the right points and what was left out, or a sentence that helps."""

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
    "x,y\n1,5,2,5\n3,5,4,5\n": "Line 1 must have 4 columns by commas, as line 2, not 2",
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
