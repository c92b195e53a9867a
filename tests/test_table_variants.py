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
    "full-width commas": ("ｔ，ｖ\n１，２\n３，４\n５，６\n", "ｔ (x) and ｖ (y)."),
    "Fortran": ("x y\n0.1D+01 2\n3 4\n0.05d2 6\n", "x and y."),
}  # fmt: skip


@pytest.mark.parametrize("name", POINTS)
def test_a_file_gives_its_points_and_says_what_was_left_out(name):
    text, words = POINTS[name]
    for data in (text.encode(), text.replace("\n", "\r\n").encode("utf-16"), b"\xef\xbb\xbf" + text.encode()):
        table = read_table(data)
        assert (table.Xs[0, :3].tolist(), table.Ys[0, :3].tolist()) == (X, Y)
        assert table.words.partition(" points of ")[2] == words


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("Yes yes No", ("No", "Yes")), ("true FALSE True", ("FALSE", "true")), ("A a B", ("A", "B", "a")),
        ("'cat' dog cat", ("cat", "dog")), ("sunny rain sunny", ("rain", "sunny")), ("Mar May Mar", ("Mar", "May")),
        ("march decider march", ("decider", "march")),
    ],
)  # fmt: skip
def test_classes_are_words_in_any_letters(words, classes):
    rows = "".join(f"{i},{i * i},{word}\n" for i, word in enumerate(words.split()))
    assert read_table(f"a,b,kind\n{rows}".encode()).classes == classes


REFUSED = {
    '[{"x": 1, "y": 2}]': "is JSON", '{"x": [1, 2]}': "is JSON", "[[1, 2], [3, 4]]": "list in brackets",
    "<!DOCTYPE html><html>": "page of the web", "  <table><tr>": "page of the web", '<?xml version="1.0"?>': "XML",
    "%PDF-1.4": "is a PDF", "{\\rtf1 x}": "text document", "PAR1": "data for programs", "GIF89a": "picture",
    "month,y\nJan,1\nFeb,2\n": '"Jan" is a date', "day,y\nMon,1\nTuesday,2\n": '"Mon" is a date',
    "x,y\n1 m,2 s\n3 m,4 s\n": "write 1 alone, and the unit into the name", "x,y\n1,2\n1st,3\n": "write 1 alone",
    "x,y\n1/2,1\n3/4,2\n": '"1/2" can be a fraction or a date', "x,y\n1,(5)\n2,3\n": '"(5)" can be -5 or 5',
    "x,y\n1,5%\n2,0.1\n": '"5%" can be 0.05 or 5', "x,y\n1,5-\n2,3\n": '"5-" can be -5 or 5',
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


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"\x1f\x8b\x08x", b"\x93NUMPY\x01", b"\x80\x04\x95"])
def test_what_is_no_text_is_named(data):
    with pytest.raises(TableError, match=r"^The file is (a picture|an archive|data for programs): save its numbers as"):
        read_table(data)
