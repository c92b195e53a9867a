"""A block that is pasted into the table lands as rows; what cannot be learnt in it is named, and stays."""

import pytest

from playground.session.pasted import pasted_block
from tests.support.visits import open_visit

POINTS, PLANE = "x,y\n1,2\n3,4\n", "a,b,kind\n1,2,cat\n2,3,dog\n"


class Table:
    """A visit and its table of points, as a browser shows it."""

    def __init__(self, own):
        self.visit, self.state, _ = open_visit(target="points", own=own)
        self.own = self.visit.own_points
        self.own.initialize_widgets()

    def paste(self, *lines, at=None):
        """Pastes lines into the first column: below the last row, or from row `at` on."""
        columns, base = self.own.editor.columns, len(self.own.editor.base)
        places = range(base if at is None else at, (base if at is None else at) + len(lines))
        cells = dict(zip(places, lines, strict=True))
        self.edit(
            edited_rows={place: {columns[0]: cell} for place, cell in cells.items() if place < base},
            added_rows=[{columns[0]: cell} for place, cell in cells.items() if place >= base],
        )
        return self.points

    def edit(self, **edits):
        key = self.own.editor.key
        self.state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
        self.own.take_edits(key)
        self.own.initialize_widgets()

    @property
    def points(self):
        return self.own.rows

    @property
    def rows(self):
        return self.own.editor.rows

    @property
    def said(self):
        message = self.visit.controls.message
        return message.text if message else ""


@pytest.mark.parametrize(
    "lines",
    [
        ["5;6", "7;8"], ["5;6;", "7;8;"], ["5|6", "7 | 8"], ["5, 6", "7, 8"], ["5.0,6.0", "7.0,8.0"],
        ["5 6", "7 8"], ["5,0;6,0", "7,0;8"], ["x;y", "5;6", "7;8"], ['"5";"6"', '"7";"8"'], ["5;6", "", "7;8"],
        ["(5, 6)", "(7, 8)"], ["[5, 6],", "[7, 8]"], ["| 5 | 6 |", "| 7 | 8 |"], ["5,0, 6,0", "7,0, 8,0"],
    ],
)  # fmt: skip
def test_a_block_lands_as_rows(lines):
    assert Table(POINTS).paste(*lines) == [[1, 2], [3, 4], [5, 6], [7, 8]]
    assert Table("x,y\n0,9\n0.5,9\n").paste(*lines, at=0)[:2] == [[5, 6], [7, 8]]


@pytest.mark.parametrize(
    "lines", [["1,5 2,5 3", "3,5 4,5 4"], ["1,5, 2,5, 3", "3,5, 4,5, 4"], ["1.5,2.5,3", "3.5,4.5,4"]]
)
def test_a_block_is_parted_where_its_cells_are_numbers(lines):
    assert Table("x1,x2,y\n1,2,3\n4,5,7\n").paste(*lines)[2:] == [[1.5, 2.5, 3], [3.5, 4.5, 4]]


def test_each_bad_cell_of_a_block_is_named_and_the_rows_stay():
    table = Table(POINTS)
    assert table.paste("5;6", "7;lots", "a few;8") == [[1, 2], [3, 4]]
    assert table.said.startswith('Row 4, y: "lots" is not a number such as 1.5 or -2e-3; row 5, x: "a few" is not')
    assert table.rows[2:] == [["5", "6"], ["7", "lots"], ["a few", "8"]]
    table.edit(edited_rows={3: {"y": "0"}, 4: {"x": "9"}})
    assert table.points[2:] == [[5, 6], [7, 0], [9, 8]]


@pytest.mark.parametrize(("apart", "points"), [(True, [[1, 2], [3, 4], [5, 6], [7, 8]]), (False, [[1, 2], [3, 4]])])
def test_commas_that_can_be_decimal_are_asked_about(apart, points):
    table = Table(POINTS)
    table.paste("5,6", "7,8")
    assert "can be read in two ways" in table.said
    table.own.answer_about_block(apart)
    table.own.initialize_widgets()
    assert (table.said, table.points) == ("", points)
    assert table.rows[2:] == ([["5", "6"], ["7", "8"]] if apart else [["5,6", ""], ["7,8", ""]])


@pytest.mark.parametrize("lines", [["0,5"], ["20 000", "30 000"], ["5", "7"], ["5;6;7", "1;2;3"], ["-1;", "2;"]])
def test_what_is_no_block_stays_in_its_cell(lines):
    table = Table(POINTS)
    table.paste(*lines)
    assert table.rows[2:] == [[line, ""] for line in lines]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([["1", "2"], ["3", "4"]], [["1;2", "2"]]),
        ([["1", "2"]], [["1", "5;6"]]),
        ([["1", "2"]], [["1;2", "3"]]),
        ([], [["", "1;2"]]),
        ([], []),
    ],
)
def test_other_edits_are_no_block(before, after):
    assert pasted_block(before, after, ("x", "y")) is None


def test_rows_that_are_refused_survive_a_click_on_the_chart():
    table = Table(POINTS)
    table.edit(edited_rows={0: {"y": "a lot"}}, added_rows=[{"x": "5", "y": "many"}, {"x": "6"}])
    for change in ({"from": None, "to": [8, 9]}, {"from": [3, 4], "to": [3, 5]}, {"from": [8, 9], "to": None}):
        table.own.change_point(change)
        table.own.initialize_widgets()
        assert table.own.refusal is not None
    assert table.points == [[1, 2], [3, 5]]
    assert table.rows == [["1", "a lot"], ["3", "5"], ["5", "many"], ["6", ""]]
    table.edit(edited_rows={0: {"y": "7"}, 2: {"y": "1"}})
    assert table.points == [[1, 7], [3, 5], [5, 1]]
    assert table.own.refusal is None


def test_a_table_that_was_off_the_page_comes_back_as_it_was():
    table = Table(POINTS)
    table.edit(edited_rows={0: {"y": "7"}}, added_rows=[{"x": "6"}])
    del table.state[table.own.editor.key]  # Streamlit forgets it, and the browser its edits
    table.own.initialize_widgets()
    assert table.own.editor.base == [["1", "7"], ["3", "4"], ["6", ""]]
    table.edit(edited_rows={1: {"y": "0"}})
    assert table.points == [[1, 7], [3, 0]]


# --- Classes ----------------------------------------------------------------------------------------------------------


def test_a_new_class_is_typed_into_the_table():
    table = Table(PLANE)
    table.edit(added_rows=[{"a": "5", "b": "6", "kind": "bird"}])
    assert table.visit.player.problem.class_names == ("bird", "cat", "dog")
    assert table.points == [[1, 2, 1], [2, 3, 2], [5, 6, 0]]
    assert table.said == '"bird" is a new class.'
    table.edit(edited_rows={2: {"kind": "dog"}}, added_rows=[{"a": "5", "b": "6", "kind": "Dog"}])
    assert table.visit.player.problem.class_names == ("cat", "dog")


@pytest.mark.parametrize("cell", ["5", "NA", "?", "1,5"])
def test_what_can_be_no_class_is_named(cell):
    table = Table(PLANE)
    table.edit(added_rows=[{"a": "5", "b": "6", "kind": cell}])
    assert table.said.startswith(f'Row 3, kind: "{cell}" is not one of cat, dog.')
    assert table.visit.player.problem.class_names == ("cat", "dog")


def test_a_fourth_class_is_named():
    table = Table(PLANE)
    table.edit(added_rows=[{"a": "5", "b": "6", "kind": "cow"}, {"a": "5", "b": "7", "kind": "emu"}])
    assert table.said.startswith('Row 4, kind: "emu" is not one of cat, cow, dog; there can be 3 classes at most.')


def test_numbered_classes_are_typed_as_numbers_too():
    table = Table("a,b,kind\n1,2,class 1\n2,3,class 2\n")
    table.edit(added_rows=[{"a": "5", "b": "6", "kind": "1"}, {"a": "5", "b": "7", "kind": "3"}])
    assert table.visit.player.problem.class_names == ("class 1", "class 2", "class 3")
    assert table.points[2:] == [[5, 6, 0], [5, 7, 2]]


def test_one_class_alone_is_answered():
    table = Table(PLANE)
    table.edit(edited_rows={1: {"kind": "cat"}})
    assert "there must be 2 or 3 classes" in table.said


def test_a_cell_that_is_too_long_for_a_reader_of_csv_is_no_block():
    assert pasted_block([["1", "2"]], [["1", "2"], ["1" * 200_000, ""]], ("x", "y")) is None
