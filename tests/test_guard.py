"""No error replaces the page: what cannot be drawn or done is said in words, the run is kept, and there is a way on."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from playground.session import current
from tests.support.page import APP
from tests.support.visits import open_visit

PANELS = Path(current.__file__).parents[1] / "panels"
SAFE = {"safely", "then_rerun", "then_rerun_all_but_sidebar"}  # which give callbacks that do not fail
SETTINGS = {"on_click", "on_change", "on_select", "on_point", "on_pause", "on_play", "on_step"}


@pytest.fixture
def app():
    """The page, paused at epoch 12. What is broken on purpose may be reported by it."""
    app = AppTest.from_file(APP, default_timeout=20).run()
    app.button(key="step").click().run()
    return app


def epoch(app):
    return app.session_state["visit"].player.trainer.epoch


@pytest.mark.parametrize(
    ("broken", "part"),
    [
        ("playground.panels.timeline.current_visit", "The timeline"),
        ("playground.panels.controls.problem_controls", "The settings"),
        ("playground.panels.training.board_payload", "The charts"),
        ("playground.panels.training.transport_panel", "The training"),
        ("playground.page.inside_panel", "The main part"),
        ("playground.page.prepare_page", "The page"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_its_place_and_can_be_tried_again(app, monkeypatch, broken, part):
    with monkeypatch.context() as patch:
        patch.setattr(broken, fail)
        app.run()
        assert not app.exception
        assert next(error.value for error in app.error if "cannot be drawn" in error.value).startswith(part)
        assert epoch(app) == 12
    app.button(key=f"again_{part.lower().replace(' ', '_')}").click().run()
    assert not app.exception
    assert not app.error
    assert app.button(key="train")


def fail(*args, **kwargs):
    raise KeyError("no such thing")


def test_a_callback_that_fails_is_said_in_words_and_the_run_is_kept(app, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("playground.player.Player.reset", fail)
        app.button(key="reset").click().run()
    assert not app.exception
    assert any(error.value.startswith("That did not work") for error in app.error)
    assert epoch(app) == 12
    app.button(key="step").click().run()
    assert not app.error
    assert epoch(app) == 24


def test_starting_afresh_leaves_everything_behind(app, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("playground.panels.timeline.current_visit", fail)
        app.run()
    app.button(key="afresh_the_timeline").click().run()
    assert not app.exception
    assert epoch(app) == 0


def calls(path):
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", sorted(PANELS.glob("*.py")), ids=lambda path: path.name)
def test_every_callback_of_a_panel_is_safe_and_every_fragment_guarded(path):
    assigned = {
        target.id: node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in calls(path):
        for keyword in call.keywords:
            value = keyword.value
            value = assigned.get(value.id, value) if isinstance(value, ast.Name) else value
            if keyword.arg in SETTINGS and not isinstance(value, ast.Constant):
                for either in [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]:
                    assert isinstance(either, ast.Call), f"line {value.lineno}"
                    assert ast.unparse(either.func) in SAFE, f"line {value.lineno}"
    text = path.read_text()
    assert path.name == "failure.py" or "st.fragment" not in text


# --- Callbacks of widgets that are gone -------------------------------------------------------------------------------


def test_a_slider_of_a_timeline_that_is_gone_moves_nothing():
    visit, state, _ = open_visit(problem="spiral")
    for _ in range(2):
        visit.player.train_one_frame()
    visit.timeline.show(visit.player.trainer.epoch)
    key = visit.timeline.key
    state["points"] = 101
    visit.controls.apply_widgets()  # another run, without a timeline
    for late in (key, "timeline_9_9_9_9", visit.timeline.key):
        state.pop(late, None)
        visit.timeline.go_to_shown(late)
        state[late] = 0
        visit.timeline.go_to_shown(late)
    assert visit.player.trainer.epoch == 0
    assert visit.controls.rejection is None


def test_a_key_on_the_slider_does_not_undo_what_moved_the_run_since_it_was_drawn():
    visit, state, _ = open_visit()
    for _ in range(3):
        visit.player.train_one_frame()
    visit.timeline.show(36)
    key = visit.timeline.key
    visit.controls.go_to(0)
    state[key] = 24  # pressed before the slider showed epoch 0
    visit.timeline.go_to_shown(key)
    assert visit.player.trainer.epoch == 0
    visit.timeline.show(0)
    assert visit.timeline.key != key
    for moment in (12, 24):  # pressed faster than the page is drawn
        state[visit.timeline.key] = moment
        visit.timeline.go_to_shown(visit.timeline.key)
        assert visit.player.trainer.epoch == moment


def test_no_callback_needs_a_widget_that_is_gone():
    visit, state, _ = open_visit(view="network")
    before = visit.player.experiment
    for key in list(state):
        if key != "own":
            del state[key]
    visit.controls.apply_widgets()
    visit.selected.select_by_widgets()
    visit.selected.set_by_hand("hand_slider")
    visit.units_layer.choose()
    visit.views.keep_in_address()
    visit.saved_run.open()
    visit.own_points.file.take()
    visit.own_points.take_edits("own_points_1")
    visit.own_points.change_input_count()
    assert visit.player.experiment == before


def test_own_points_of_an_address_that_cannot_be_read_do_not_break_the_page():
    app = AppTest.from_file(APP, default_timeout=20)
    app.query_params["own"] = "nonsense"
    app.run().selectbox(key="target").set_value("points").run()
    assert not app.exception
    assert not [error for error in app.error if "cannot be drawn" in error.value]
