"""Which columns of a file are learnt: a sensible choice at first, and then the visitor's, which stays with the file."""

from types import SimpleNamespace

import pytest

from playground.session.own_file import NO_INPUT, PICKERS
from tests.support.visits import open_visit

X1, X2, Y = PICKERS
FLOWERS = b"id,length,width,when,kind\n1,5.1,3.5,2020-01-01,a\n2,4.9,3,2020-01-02,b\n3,4.7,3.2,2020-01-03,c\n"
MISSING = b"a,b,c,d\n1,2,3,NA\n4,6,5,7\n7,7,8,9\n"


@pytest.fixture
def choosing():
    """choosing(data) is the visit with a file, and choose(key, column) which has it learn another column."""

    def begin(data):
        visit, state, _ = open_visit(target="points")
        state["own_file"] = SimpleNamespace(name="own.csv", getvalue=lambda: data)
        visit.own_points.file.take()
        visit.own_points.initialize_widgets()

        def choose(key, column):
            state[key] = column
            visit.own_points.file.choose(key)
            visit.own_points.initialize_widgets()
            return [state[each] for each in PICKERS]

        return visit, choose, state

    return begin


def test_another_input_and_target_are_learnt_and_the_line_says_so(choosing):
    visit, choose, state = choosing(FLOWERS)
    file = visit.own_points.file
    assert file.columns == ("id", "length", "width", "when", "kind")
    assert [state[key] for key in PICKERS] == [1, 2, 4]
    assert visit.player.problem.class_names == ("a", "b", "c")
    assert choose(X2, NO_INPUT) == [1, NO_INPUT, 4]
    assert visit.player.problem.names == ("length", "kind")
    assert choose(Y, 2) == [1, NO_INPUT, 2]
    assert visit.player.problem.samples.tolist() == [[4.7, 4.9, 5.1], [3.2, 3, 3.5]]
    assert file.words(state["own"]) == (
        "3 points of length (x) and width (y); column 1 (id) left out; column 4 (when) left out; "
        "column 5 (kind) left out."
    )
    visit.own_points.undo()
    assert visit.player.problem.names == ("length", "kind")


def test_a_column_that_is_in_use_elsewhere_changes_places(choosing):
    visit, choose, _ = choosing(b"x1,x2,y\n1,2,3\n4,6,5\n7,7,8\n")
    assert choose(Y, 0) == [2, 1, 0]
    assert visit.player.problem.names == ("y", "x2", "x1")
    assert choose(X1, 1) == [1, 2, 0]


def test_a_column_that_cannot_be_learnt_is_answered_and_the_fields_go_back_to_what_is_in_use(choosing):
    visit, choose, state = choosing(FLOWERS)
    before, kinds = visit.player.experiment, visit.own_points.file.kinds
    assert choose(X1, 3) == [1, 2, 4]
    assert 'Line 2, column 4 (when): "2020-01-01" is a date' in visit.controls.message.text
    assert (visit.player.experiment, visit.own_points.file.kinds) == (before, kinds)
    assert visit.own_points.file.words(state["own"]) is not None


def test_a_refused_file_can_be_mended_by_another_choice(choosing):
    visit, choose, _ = choosing(MISSING)
    assert '"NA" is not a number: fill in what is missing' in visit.controls.message.text
    assert choose(Y, 2) == [0, 1, 2]
    assert visit.controls.message is None
    assert visit.player.problem.names == ("a", "b", "c")


def test_the_choice_goes_with_the_file(choosing):
    visit, choose, state = choosing(FLOWERS)
    state["own_file"] = None
    visit.own_points.file.take()
    assert visit.own_points.file.columns == ()
    before = visit.player.experiment
    for value in (None, "a", 99, -7, 1.5, True, [1]):
        choose(Y, value)
    assert visit.player.experiment == before


@pytest.mark.parametrize("value", [None, "a", 99, -7, 1.5, True, [1], NO_INPUT])
def test_whatever_is_sent_as_a_choice_changes_nothing(choosing, value):
    visit, choose, _ = choosing(FLOWERS)
    before = visit.player.experiment
    assert choose(Y, value) == [1, 2, 4]
    assert visit.player.experiment == before


def test_two_columns_leave_no_choice(choosing):
    assert choosing(b"a,b\n1,2\n3,4\n")[0].own_points.file.columns == ()
