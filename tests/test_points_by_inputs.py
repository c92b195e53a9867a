"""Own points with one input and with two: each stay while the others are learnt, and after a reload."""

import pytest

from playground.problems.tables import read_own
from playground.session.own_data import MAX_UNDO
from playground.session.points_by_inputs import FIRST_POINTS, PointsByInputs
from tests.support.kept import kept_of
from tests.support.visits import open_visit

ONE, TWO = "x,y\n1,2\n3,5\n", "x1,x2,y\n0,0,1\n0,1,2\n1,0,3\n"


def learning(visit, state, count):
    """The points that are learnt once that number of inputs is chosen."""
    state["own_inputs"] = count
    visit.own_points.change_input_count()
    return points_in(visit.player.experiment.own)


def points_in(own):
    table = read_own(own)
    return table.Xs.T.tolist(), table.Ys.tolist()


def test_each_number_of_inputs_has_its_points_again_after_a_reload_even_when_no_undo_has_them():
    visit, state, _ = open_visit(target="points", own=ONE)
    visit.own_points.initialize_widgets()
    assert learning(visit, state, 2) == points_in(FIRST_POINTS[2])
    for i in range(MAX_UNDO + 1):
        visit.own_changes.change("own", f"{TWO}{i},1,4\n")
    assert points_in(ONE) not in map(points_in, visit.controls.own.replaced["own"])
    other, widgets, _ = open_visit(target="points", own=visit.player.experiment.own)
    other.own_points.initialize_widgets()
    other.taking_up.take_up(kept_of(visit))
    two = points_in(visit.player.experiment.own)
    assert learning(other, widgets, 1) == points_in(ONE)
    assert learning(other, widgets, 2) == two
    assert learning(visit, state, 1) == points_in(ONE)


@pytest.mark.parametrize("kept", [None, "x,y", {}, [5], ["no table"], [["x"]], ["x" * 600_000]])
def test_anything_else_in_the_storage_changes_nothing(kept):
    points = PointsByInputs()
    points.load(kept)
    assert [points.of(1), points.of(2), points.kept] == [FIRST_POINTS[1], FIRST_POINTS[2], ()]
