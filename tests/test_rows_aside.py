"""Rows of the table that are refused come back with the points beside which they were typed."""

from types import SimpleNamespace

import pytest

from tests.support.visits import typing_into_table

POINTS, OTHERS = "x,y\n1,2\n3,4\n", "x,y\n5,6\n7,8\n9,1\n"
REFUSED = {"edited_rows": {1: {"y": "four"}}, "added_rows": [{"x": "9"}]}


@pytest.fixture
def typed():
    """typed(edits) is what the visit is after its table has sent them; the visit's table is made of POINTS."""
    return typing_into_table(target="points", own=POINTS)


def points(visit):
    return [list(row) for row in visit.player.problem.samples.T]


def test_rows_that_are_refused_come_back_when_the_number_of_inputs_is_what_it_was(typed):
    own = typed(**REFUSED).own_points
    why = own.refusal
    for count in (2, 1):
        own._widgets.set_widget("own_inputs", count)
        own.change_input_count()
        own.initialize_widgets()
    assert own.editor.rows == [["1", "2"], ["3", "four"], ["9", ""]]
    assert own.refusal == why is not None


def test_rows_that_are_refused_come_back_with_the_undo_of_the_file_that_replaced_them(typed):
    visit = typed(**REFUSED)
    own = visit.own_points
    own._widgets.set_widget("own_file", SimpleNamespace(name="a.csv", getvalue=lambda: OTHERS.encode()))
    own.file.take()
    own.initialize_widgets()
    assert (own.refusal, points(visit)) == (None, [[5, 6], [7, 8], [9, 1]])
    own.undo()
    own.initialize_widgets()
    assert own.editor.rows == [["1", "2"], ["3", "four"], ["9", ""]]
    assert "four" in own.refusal
    own.undo()  # takes them back for good
    own.initialize_widgets()
    assert (own.refusal, own.editor.rows) == (None, [["1", "2"], ["3", "4"], ["9", ""]])
