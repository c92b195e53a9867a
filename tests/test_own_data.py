"""What the visitor made stays in the session, whatever else is looked at; what replaced it can be undone, in order."""

from types import SimpleNamespace

import pytest

from playground.experiment import DEFAULTS, Experiment
from playground.lessons import LESSONS
from playground.player import Player
from playground.problems.tables import read_table
from playground.session.own_data import MAX_UNDO
from playground.session.widget_values import MAIN, SIDEBAR
from playground.sharing.saved import write_run
from tests.support.visits import open_visit, typing_into_table

POINTS, OTHERS = "x,y\n1,2\n3,4\n", "x,y\n5,6\n7,8\n9,1\n"
PLANE = "x1,x2,y\n1,2,3\n4,5,6\n"
FORMULA, OTHER = "sin(x)", "cos(x)"


def upload_run(visit, state, **changes):
    data = write_run(Player(Experiment(**changes)))
    state[visit.saved_run.uploader_key] = SimpleNamespace(name="run.json", getvalue=lambda: data)
    visit.saved_run.open()


def look_at_a_lesson(visit, state):
    visit.lesson.begin(next(iter(LESSONS)))


def look_at_a_pinned_run(visit, state):
    own = visit.player.experiment
    visit.controls.take(Experiment(problem="circle"))
    visit.player.train_one_frame()
    visit.pins.pin()
    visit.controls.take(own)
    visit.controls.take(Experiment(target="step"))
    visit.pins.open("A")


def look_at_a_sweep(visit, state):
    cells = [Experiment(learning_rate=0.3)]
    visit.sweep.runner = SimpleNamespace(plan=SimpleNamespace(cells=lambda: cells))
    visit.sweep.open_cell(0)


def look_at_a_saved_run(visit, state):
    upload_run(visit, state, target="step")


@pytest.mark.parametrize(
    "look",
    [look_at_a_lesson, look_at_a_pinned_run, look_at_a_sweep, look_at_a_saved_run],
    ids=lambda look: look.__name__,
)
@pytest.mark.parametrize(("target", "name", "text"), [("points", "own", POINTS), ("formula", "formula", FORMULA)])
def test_own_data_stay_whatever_else_is_looked_at(look, target, name, text):
    visit, state, _ = open_visit(target=target, **{name: text})
    look(visit, state)
    assert visit.player.experiment.target != target
    state.update(problem="curve", target=target)
    visit.controls.apply_widgets()
    assert getattr(visit.player.experiment, name) == state[name] == text


@pytest.mark.parametrize(("target", "name", "texts"), [
    ("points", "own", (POINTS, OTHERS, PLANE)), ("formula", "formula", (FORMULA, OTHER, "x1 * x2")),
])  # fmt: skip
def test_own_data_that_are_replaced_come_back_in_order(target, name, texts):
    visit, state, _ = open_visit(target=target, **{name: texts[0]})
    upload_run(visit, state, target=target, **{name: texts[1]})
    visit.controls.take(Experiment(target=target, **{name: texts[2]}))
    visit.lesson.begin(next(iter(LESSONS)))
    visit.controls.take(visit.player.experiment.changed(target=target))
    for text in (texts[1], texts[0]):
        assert visit.own_changes.can_undo(name)
        visit.own_changes.undo(name)
        assert getattr(visit.player.experiment, name) == state[name] == text
    assert not visit.own_changes.can_undo(name)
    visit.own_changes.undo(name)
    assert getattr(visit.player.experiment, name) == texts[0]


def test_a_saved_run_is_opened_with_its_own_data_where_the_visitor_has_made_none():
    visit, state, _ = open_visit()
    upload_run(visit, state, target="step", own=POINTS, formula=FORMULA)
    assert (visit.player.experiment.own, visit.player.experiment.formula) == (POINTS, FORMULA)
    assert not visit.own_changes.can_undo("own")


def test_a_formula_that_is_typed_can_be_undone_and_one_that_is_refused_is_not_noted():
    visit, state, _ = open_visit(target="formula", formula=FORMULA)
    for text in (OTHER, "x +", "x"):
        state["formula"] = text
        visit.controls.apply_widgets()
    visit.own_changes.undo("formula")
    assert visit.player.experiment.formula == state["formula"] == OTHER
    visit.own_changes.undo("formula")
    assert visit.player.experiment.formula == state["formula"] == FORMULA


def test_an_undo_that_comes_before_the_browser_has_seen_the_change_takes_it_back():
    visit, state, _ = open_visit(target="points", own=POINTS)
    state |= {SIDEBAR: 0, MAIN: 0}  # what the browser has seen, at every act
    for change in ({"from": None, "to": [5, 6]}, {"from": [3, 4], "to": [3, 5]}):
        visit.own_points.change_point(change)
    for expected in ([[1, 2], [3, 4], [5, 6]], [[1, 2], [3, 4]]):
        visit.own_points.undo()
        assert visit.own_points.rows == expected
        assert visit.player.problem.Xs.size == len(expected)


def test_an_undo_that_is_not_possible_changes_nothing_and_can_be_tried_again(monkeypatch):
    visit, state, _ = open_visit(target="formula", formula=FORMULA)
    state["formula"] = OTHER
    visit.controls.apply_widgets()
    with monkeypatch.context() as patch:
        patch.setattr(Experiment, "start", lambda experiment: (_ for _ in ()).throw(ValueError("It cannot start.")))
        visit.own_changes.undo("formula")
    assert visit.player.experiment.formula == state["formula"] == OTHER
    assert "It cannot start." in visit.controls.message.text
    visit.own_changes.undo("formula")
    assert visit.player.experiment.formula == FORMULA


def test_what_can_be_undone_is_bounded():
    visit, _, _ = open_visit(target="formula")
    for k in range(MAX_UNDO + 10):
        visit.controls.take(visit.player.experiment.changed(formula=f"{k} * x"))
    for _ in range(MAX_UNDO):
        visit.own_changes.undo("formula")
    assert not visit.own_changes.can_undo("formula")
    assert visit.player.experiment.formula == "9 * x"


def test_each_number_of_inputs_has_points_of_its_own():
    visit, state, _ = open_visit(target="points", own=POINTS)
    for count, text in ((2, None), (1, POINTS)):
        state["own_inputs"] = count
        visit.own_points.change_input_count()
        assert len(visit.own_points.table.Xs) == count
        assert text is None or visit.own_points.rows == [[1, 2], [3, 4]]
    visit.own_points.undo()
    visit.own_points.undo()
    assert visit.player.experiment.own == POINTS
    assert DEFAULTS["own"] != POINTS


# --- The table --------------------------------------------------------------------------------------------------------


@pytest.fixture
def typed():
    """typed(edits) is what the visit is after its table has sent them; the visit's table is made of POINTS."""
    return typing_into_table(target="points", own=POINTS)


def points(visit):
    return [list(row) for row in visit.player.problem.samples.T]


def test_the_table_stays_the_same_through_its_own_edits(typed):
    visit = typed()
    key, base = visit.own_points.editor.key, visit.own_points.editor.base
    typed(edited_rows={0: {"y": "5"}})
    typed(edited_rows={0: {"y": "5"}}, added_rows=[{"x": "2"}])
    assert points(visit) == [[1, 5], [3, 4]]  # half a row waits
    typed(edited_rows={0: {"y": "5"}}, added_rows=[{"x": "2", "y": "0"}, {}])
    assert points(visit) == [[1, 5], [2, 0], [3, 4]]
    typed(edited_rows={0: {"y": "5"}}, added_rows=[{"x": "2", "y": "0"}], deleted_rows=[1])
    assert points(visit) == [[1, 5], [2, 0]]
    assert (visit.own_points.editor.key, visit.own_points.editor.base) == (key, base)


def test_half_a_row_neither_restarts_the_run_nor_is_an_edit_to_undo(typed):
    visit = typed()
    visit.player.train_one_frame()
    epoch = visit.player.trainer.epoch
    typed(added_rows=[{"x": "2"}])
    assert visit.player.trainer.epoch == epoch > 0
    assert not visit.own_points.can_undo


def test_points_that_change_elsewhere_are_shown_and_half_a_row_stays(typed):
    visit = typed(added_rows=[{"x": "2"}])
    key = visit.own_points.editor.key
    visit.own_points.change_point({"from": None, "to": [8, 9]})
    visit.own_points.initialize_widgets()
    assert visit.own_points.editor.key != key
    assert visit.own_points.editor.base == [["1", "2"], ["3", "4"], ["8", "9"], ["2", ""]]


def test_edits_of_a_table_that_is_gone_are_known_already_or_answered_in_words(typed):
    visit = typed(added_rows=[{"x": "2", "y": "0"}])
    key = visit.own_points.editor.key
    visit.own_points.undo()
    visit.own_points.initialize_widgets()
    typed(key, added_rows=[{"x": "2", "y": "0"}])  # a late message
    assert "type it again" not in str(visit.controls.message)
    assert points(visit) == [[1, 2], [3, 4]]
    typed(key, added_rows=[{"x": "2", "y": "0"}, {"x": "7", "y": "7"}])
    assert "type it again" in visit.controls.message.text
    assert points(visit) == [[1, 2], [3, 4]]


def test_a_bad_cell_is_named_by_its_row_in_the_table_half_rows_counted(typed):
    visit = typed(added_rows=[{"x": "2"}, {"x": "5", "y": "a lot"}])
    assert visit.controls.message.text.startswith('Row 4, y: "a lot" is not a number')


def test_rows_that_cannot_be_learnt_stay_to_be_completed_and_undo_takes_them_back_first(typed):
    visit = typed(edited_rows={0: {"y": "5"}})
    key = visit.own_points.editor.key
    typed(edited_rows={0: {"y": "5"}}, deleted_rows=[0, 1])
    assert "at least 2 rows" in visit.controls.message.text
    assert (visit.own_points.editor.key, points(visit)) == (key, [[1, 5], [3, 4]])
    visit.own_points.undo()
    visit.own_points.initialize_widgets()
    assert visit.own_points.editor.base == [["1", "5"], ["3", "4"]]
    visit.own_points.undo()
    assert points(visit) == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "edits",
    [
        None, 5, [], {"edited_rows": 3, "added_rows": 4, "deleted_rows": 5},
        {"edited_rows": {99: {"x": 1}, -1: {"x": 1}, "a": {"x": 1}, 0: 5, 1: {"z": 4}}},
        {"added_rows": [3, None, {"z": 1}]}, {"deleted_rows": ["a", None, 99]},
    ],
)  # fmt: skip
def test_whatever_is_sent_for_the_table_raises_nothing(edits):
    visit, state, _ = open_visit(target="points", own=POINTS)
    visit.own_points.initialize_widgets()
    key = visit.own_points.editor.key
    for sent_for in (key, "own_points_77", "nowhere"):
        state[key] = edits
        visit.own_points.take_edits(sent_for)
    assert visit.player.experiment.own == POINTS
    assert read_table(visit.player.experiment.own.encode()).Ys.tolist() == [[2, 4]]
