"""What stands on the page and is in no run outlives a reload as it was: refused texts, half rows, the selected unit."""

import base64

import pytest

from playground.problems.tables import MAX_ROWS
from playground.session.keeping import Keeping
from playground.session.own_data import MAX_KEPT
from playground.sharing.kept import pack
from playground.sharing.links import to_query
from tests.support.kept import kept_of
from tests.support.page import Page
from tests.support.visits import open_visit, typing_into_table


def reloaded(visit):
    """A new session of the same page, after what the browser has kept of a visit."""
    opened = open_visit(**to_query(visit.player.experiment))
    opened.visit.own_points.initialize_widgets()
    opened.visit.taking_up.take_up(kept_of(visit))
    return opened


@pytest.mark.parametrize(
    ("query", "name", "text"),
    [
        ({"target": "formula", "formula": "x**2"}, "formula", "2*(x"),
        ({"target": "formula", "formula": "x**2"}, "formula", ""),
        ({"target": "sine"}, "formula", "x +"),
        ({"layers": "2"}, "given", "1, 2, x"),
        ({}, "exercise_task", "What happens to the <b>loss</b>?"),
        ({}, "exercise_goal", "loss<0.0"),
    ],
)
def test_what_is_typed_and_not_in_use_stands_in_its_field_again(query, name, text):
    visit, state, _ = open_visit(**query)
    state[name] = text
    visit.controls.apply_widgets()
    refused = visit.controls.formula_refusal
    other, widgets, _ = reloaded(visit)
    assert widgets[name] == text
    assert other.player.experiment == visit.player.experiment
    assert str(other.controls.formula_refusal) == str(refused)


def test_a_formula_that_is_taken_after_all_is_not_refused_again():
    visit, state, _ = open_visit(target="formula", formula="x**2")
    given = {}
    for text in ("2*(x", "2*x"):
        state["formula"] = text
        visit.controls.apply_widgets()
        given |= visit.keeping.parts()
    message = kept_of(visit)
    message["parts"] |= {name: base64.b64encode(data).decode() for name, data in given.items()}
    other = open_visit(target="formula", formula="2*x")
    other.visit.taking_up.take_up(message)
    assert other.state["formula"] == "2*x"
    assert other.visit.controls.formula_refusal is None


def test_rows_that_are_refused_or_half_stand_in_the_table_again():
    type_in = typing_into_table(target="points")
    visit = type_in(added_rows=[{"x": "1"}, {"x": "2", "y": "a dozen"}])
    assert "a dozen" in visit.own_points.refusal
    other = reloaded(visit).visit
    other.own_points.initialize_widgets()
    assert other.own_points.editor.rows == visit.own_points.editor.rows
    assert other.own_points.editor.rows[-2:] == [["1", ""], ["2", "a dozen"]]
    assert other.own_points.refusal == visit.own_points.refusal
    assert other.player.experiment == visit.player.experiment
    other.own_points.undo()
    other.own_points.initialize_widgets()
    assert other.own_points.refusal is None
    assert other.own_points.editor.rows == [*other.own_points.cells, ["1", ""]]


def test_the_selected_unit_is_selected_again():
    visit = open_visit(layers="3,4").visit
    visit.selected.select([2, 3, 1])
    other = reloaded(visit).visit
    assert other.selected.selection == (2, 3, 1)


def test_where_nothing_is_unfinished_nothing_of_it_is_kept():
    visit = open_visit().visit
    assert visit.keeping.parts() == {}
    visit.player.train_one_frame()
    assert "unfinished" not in visit.keeping.parts()


def test_a_table_is_looked_through_once_however_often_it_is_asked_for():
    visit = typing_into_table(target="points")(added_rows=[{"x": "1"}])
    editor, key = visit.own_points.editor, visit.unfinished.key
    assert key is not None
    editor.rows.clear()  # as nothing does: a change makes other rows
    assert visit.unfinished.key == key


def test_rows_for_which_there_is_no_room_are_left_out():
    visit = typing_into_table(target="points")(added_rows=[{"x": "1" * MAX_KEPT}])
    assert visit.unfinished.state["rows"] is None
    assert "unfinished" in Keeping.parts(visit.keeping)


@pytest.mark.parametrize(
    "state",
    [
        None,
        7,
        [],
        {"texts": 3, "rows": 4, "selection": 5},
        {"texts": {"formula": ["x"], "seed": "8", "exercise_task": "x" * 100_000}, "rows": {}, "selection": [1]},
        {"texts": {"learning_rate": "9"}, "rows": [[["1", "2", "3"]], None], "selection": [99, 0, 0]},
        {"rows": [[["1", 2]], None], "selection": ["a", 0, 0]},
        {"rows": [[["1", "2"]], "x" * 2000], "selection": [1, -1, 0]},
        {"rows": [[["1", "2"]] * (MAX_ROWS + 1), None], "selection": [True, 0, 0]},
    ],
)
def test_anything_else_in_the_storage_changes_nothing(state):
    visit = open_visit(target="points").visit
    visit.player.train_one_frame()
    message = kept_of(visit)
    message["parts"]["unfinished"] = base64.b64encode(pack(state)).decode()
    other, widgets, _ = open_visit(target="points")
    other.own_points.initialize_widgets()
    before, rows = dict(widgets), other.own_points.editor.rows
    other.taking_up.take_up(message)
    other.own_points.initialize_widgets()
    assert {name: widgets[name] for name in before} == before
    assert (other.own_points.editor.rows, other.own_points.refusal) == (rows, None)
    assert other.selected.selection is None
    assert other.player.trainer.epoch == visit.player.trainer.epoch


def test_the_page_says_again_what_is_wrong_with_the_formula(monkeypatch):
    visit, state, _ = open_visit(target="formula", formula="x**2")
    state["formula"] = "2*(x"
    visit.controls.apply_widgets()
    message = kept_of(visit)
    page = Page(target="formula", formula="x**2")
    monkeypatch.setattr("playground.panels.keeper.keeper", lambda *_, **__: message)
    page.run()
    assert page.app.text_input(key="formula").value == "2*(x"
    assert any("never closed" in caption.value for caption in page.app.caption)
