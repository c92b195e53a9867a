"""Points typed into the cells of a table: each cell is read as meant, or named; nothing typed is lost."""

import pytest

from playground.problems.tables import TableError, read_cells
from playground.problems.tables.typed_points import MAX_FAULTS
from tests.support.visits import open_visit

PLANE = "x1,x2,y\n1,2,3\n4,5,6.5\n7,8,9\n"


def test_cells_are_read_as_meant():
    rows = [["0,5", "−2"], ["1e-3", "20 000"], [" 23,4 ", "1,234,567"]]
    assert read_cells(("x", "y"), rows).points == [[0.5, -2], [0.001, 20_000], [23.4, 1_234_567]]


def test_each_cell_that_is_no_number_is_named_by_row_and_column():
    with pytest.raises(TableError) as caught:
        read_cells(("x", "y"), [["1", "2"], ["abc", "20.000"], ["1e200", "3"]])
    assert str(caught.value) == (
        'Row 2, x: "abc" is not a number such as 1.5 or -2e-3; row 2, y: "20.000" can be 20 or 20000: write one of '
        'these; row 3, x: "1e200" is too large to train on; the maximum is 1e+100.'
    )


def test_of_very_many_bad_cells_the_first_are_named_and_the_others_counted():
    with pytest.raises(TableError, match=r"row 3, x: .*; and 1,995 more cells\.$") as caught:
        read_cells(("x", "y"), [["a" * 99, "b" * 99]] * 1000)
    assert str(caught.value).count("is not a number") == MAX_FAULTS


def edited(visit, state, **edits):
    """What the visit says after edits in the table's widget, which it is sent as the browser would."""
    visit.own_points.initialize_widgets()
    key = visit.own_points.editor.key
    state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
    visit.own_points.take_edits(key)
    return visit.controls.message


def test_edits_with_a_decimal_comma_are_learnt():
    visit, state, _ = open_visit(target="points")
    assert edited(visit, state, edited_rows={0: {"x": "−2,5"}}, added_rows=[{"x": "1e1", "y": "0,25"}]) is None
    assert visit.player.problem.samples[:, [0, -1]].tolist() == [[-2.5, 10], [1, 0.25]]


def test_a_refused_edit_is_answered_by_row_and_column_and_what_was_typed_stays():
    visit, state, _ = open_visit(target="points", own=PLANE)
    visit.own_points.initialize_widgets()
    before, key = visit.player.experiment, visit.own_points.editor.key
    message = edited(visit, state, edited_rows={1: {"y": "a lot"}}, added_rows=[{"x1": "1", "x2": "2", "y": "1,234"}])
    assert message.text.startswith('Row 2, y: "a lot" is not a number such as 1.5 or -2e-3; row 4, y: "1,234" can be')
    assert message.text.endswith("The points of the run are unchanged.")
    assert (visit.player.experiment, visit.own_points.editor.key) == (before, key)  # so that the widget keeps its edits
    assert edited(visit, state, edited_rows={1: {"y": "0,5"}}) is None
    assert visit.player.problem.samples[2].tolist() == [3, 0.5, 9]


@pytest.mark.parametrize("cell", [None, "", " "])
def test_a_row_that_is_not_complete_waits(cell):
    visit, state, _ = open_visit(target="points")
    before = visit.player.experiment
    assert edited(visit, state, added_rows=[{"x": "3", "y": cell}]) is None
    assert visit.player.experiment == before


def test_the_cells_show_every_number_so_that_it_is_read_back():
    numbers = [[0.1, 1e-300], [1 / 3, -0.0], [1e22, 123456789.125]]
    own = "x,y\n" + "".join(f"{x!r},{y!r}\n" for x, y in numbers)
    visit = open_visit(target="points", own=own).visit
    assert read_cells(("x", "y"), visit.own_points.cells).points == numbers


@pytest.mark.parametrize(("typed", "y"), [("0,5", 0.5), ("−2", -2), ("2e1", 20), ("1", 1)])
def test_the_y_of_new_points_is_read_as_meant(typed, y):
    visit = open_visit(target="points", own=PLANE).visit
    visit.own_points.change_point({"from": None, "to": [1, 1, typed]})
    assert visit.own_points.rows[-1] == [1, 1, y]


@pytest.mark.parametrize("typed", ["", "many", "1,234", "nan"])
def test_a_y_of_new_points_that_is_no_number_is_answered(typed):
    visit = open_visit(target="points", own=PLANE).visit
    visit.own_points.change_point({"from": None, "to": [1, 1, typed]})
    assert visit.controls.message.text.startswith(f'New points have y = "{typed}" ')
    assert len(visit.own_points.rows) == 3


def test_cells_and_new_points_of_classes_have_their_names():
    own = "a,b,kind\n1,2,cat\n2,3,dog\n4,1,cat\n"
    visit = open_visit(target="points", own=own).visit
    visit.own_points.change_point({"from": None, "to": [1, 1, "dog"]})
    assert visit.own_points.cells[-1] == ["1", "1", "dog"]
    assert visit.player.problem.class_names == ("cat", "dog")
    visit.own_points.change_point({"from": None, "to": [1, 3, "cow"]})
    assert '"cow" is not one of cat, dog' in visit.controls.message.text
