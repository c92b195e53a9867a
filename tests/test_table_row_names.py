"""Names of rows, titles before them and totals after them: none of these is learnt, or a class."""

import pytest

from playground.problems.tables import TableError, read_table

BODY = "1,2\n3,4\n5,6\n"

READ = {  # text, and what the page says of it
    "a total of named rows": (
        "who,x,y\nann,1,2\nbob,3,4\ncid,5,6\nTotal,9,12\n",
        "x and y; line 5 left out: total; column 1 (who) left out.",
    ),
    "names of three rows": (
        "who;a;b\nann;1;2\nbob;3;4\ncid;5;6\n",
        "a (x) and b (y); column 1 (who) left out: no numbers.",
    ),
    "many titles": (
        "".join(f"Set {i} of all\n" for i in range(1, 31)) + f"t,v\n{BODY}",
        "t (x) and v (y); lines 1 to 30 left out: titles.",
    ),
    "a title of as many words": (
        f"Operator: Kim\nt v\n{BODY.replace(',', ' ')}",
        "t (x) and v (y); line 1 left out: a title.",
    ),
    "words in a comment at the end": ("1 2\n3 4\n5 6\n# the end\n", "x and y."),
    "names in a comment, and another at the end": ("# t v\n1 2\n3 4\n5 6\n# the end\n", "t (x) and v (y)."),
    "names of three rows beside x and y": ("who,x,y\nann,1,2\nbob,3,4\ncid,5,6\n", "x and y; column 1 (who) left out."),
    "R, by commas": ('"x","y"\n"1",1,2\n"2",3,4\n"3",5,6\n', "x and y; column 1 left out: row numbers."),
    "R, by commas, no quotes": ("x,y\n1,1.5,2\n2,3.5,4\n3,5.5,6\n", "x and y; column 1 left out: row numbers."),
}


@pytest.mark.parametrize("name", READ)
def test_what_stands_around_the_points_is_left_out(name):
    text, words = READ[name]
    table = read_table(text.encode())
    assert table.Ys[0].tolist() == [2, 4, 6]
    assert table.words == f"3 points of {words}"


@pytest.mark.parametrize(
    ("text", "columns"),
    [("x,y\n1,5,2\n2,5,4\n3,5,7\n", (3, 2)), ("id,a,b\n1,12,5,7\n2,-3,25,8\n3,4,5,9\n", (4, 3))],
)
def test_decimals_after_a_comma_are_no_column_without_a_name(text, columns):
    with pytest.raises(TableError) as caught:
        read_table(text.encode())
    expected, found = columns
    assert f"must have {expected} columns by commas, as line 2, not {found}." in str(caught.value)
    assert "If commas are decimal marks there, write semicolons between the columns." in str(caught.value)


def test_three_words_can_be_classes_where_they_are_called_so_or_stand_last():
    assert read_table(b"kind,a,b\np,1,2\nq,3,4\nr,5,6\n").classes == ("p", "q", "r")
    assert read_table(b"a,b,who\n1,2,p\n3,4,q\n5,6,r\n").classes == ("p", "q", "r")
    assert read_table(b"x,y,who\n1,2,p\n3,4,q\n5,6,r\n").classes == ("p", "q", "r")
