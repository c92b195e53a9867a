"""A visit without Streamlit: opened by an address, changed in one place, ticked by the browser."""

import ast
from pathlib import Path

import pytest

from playground.experiment import DEFAULTS, Experiment
from playground.lessons import LESSONS
from playground.panels.inside import PANELS
from playground.session.control_values import values_of
from playground.session.visit import Visit
from playground.session.widget_values import SIDEBAR
from tests.support.visits import open_visit

SESSION = Path(__file__).resolve().parents[1] / "playground" / "session"
FIRST = next(iter(LESSONS.values()))


def shown(visit, state):
    """Whether every widget shows the player's experiment."""
    return values_of(visit.player.experiment).items() <= state.items()


def test_one_module_of_the_session_uses_streamlit():
    users = [
        path.name
        for path in SESSION.glob("*.py")
        if any("streamlit" in ast.unparse(node) for node in ast.walk(ast.parse(path.read_text())) if is_import(node))
    ]
    assert users == ["current.py"]


def is_import(node):
    return isinstance(node, ast.Import | ast.ImportFrom)


# --- The address ------------------------------------------------------------------------------------------------------


def test_an_address_opens_its_experiment_and_the_widgets_show_it():
    visit, state, _ = open_visit(layers="5,4", learning_rate="0.3")
    assert visit.player.experiment == Experiment(layers=(5, 4), activations=("sigmoid",) * 2, learning_rate=0.3)
    assert shown(visit, state)
    assert visit.controls.message is None
    assert not visit.player.playing


@pytest.mark.parametrize(
    "query", [{}, {"problem": "spiral", "learning_rate": "0.3"}, {"lesson": FIRST.name}], ids=["none", "link", "lesson"]
)
def test_problem_and_trainer_are_made_once_per_visit(monkeypatch, query):
    made = []
    start = Experiment.start
    monkeypatch.setattr(Experiment, "start", lambda experiment: made.append(experiment) or start(experiment))
    Visit(query, {})
    assert len(made) == 1


@pytest.mark.parametrize("play", [True, False])
def test_an_address_can_ask_to_play_unless_part_of_it_is_invalid(play):
    visit, _, _ = open_visit(play="1", **({} if play else {"learning_rate": "-1"}))
    assert visit.player.playing == play
    assert (visit.player.trainer.epoch > 0) == play


def test_an_unknown_lesson_and_an_unknown_view_are_reported_in_one_message_and_leave_the_address():
    query = {"lesson": "none", "view": "units,none"}
    visit = Visit(query, {})
    visit.open_views(PANELS)
    assert visit.controls.message.kind == "warning"
    for part in ("There is no lesson 'none'.", "There is no view 'none'"):
        assert visit.controls.message.text.count(part) == 1
    assert query == {"view": "units"}
    assert visit.views.names == ["units"]


def test_a_lesson_in_the_address_opens_its_experiment_and_its_panels():
    visit, _, query = open_visit(lesson=FIRST.name)
    visit.open_views(PANELS)
    assert query == {"lesson": FIRST.name}
    assert visit.player.experiment == FIRST.experiment
    assert set(visit.views.names) == set(FIRST.views)


# --- Another experiment -----------------------------------------------------------------------------------------------


def test_taking_an_experiment_changes_the_player_and_every_widget():
    visit, state, _ = open_visit()
    visit.controls.reject("No.")
    experiment = Experiment(problem="xor", layers=(3, 2), activations=("relu", "tanh"), features=("product",), seed=7)
    visit.controls.take(experiment)
    assert visit.player.experiment == experiment
    assert shown(visit, state)
    assert visit.controls.message is None


def test_widgets_change_the_player_and_stay_as_they_are():
    visit, state, _ = open_visit()
    state["learning_rate"], state["layer_count"], state["layers_1"] = "0.5", 2, 7
    before = dict(state)
    visit.controls.apply_widgets()
    assert visit.player.experiment == Experiment(learning_rate=0.5, layers=(20, 7), activations=("sigmoid",) * 2)
    assert state == before


def test_an_invalid_widget_is_reported_and_changes_nothing():
    visit, state, _ = open_visit()
    state["momentum"] = "many"
    visit.controls.apply_widgets()
    assert visit.controls.message.kind == "error"
    assert visit.controls.message.text.startswith("Momentum")
    assert visit.player.experiment == Experiment()
    state["momentum"] = 0.5
    visit.controls.apply_widgets()
    assert visit.controls.message is None
    assert visit.player.experiment == Experiment(momentum=0.5)


def test_two_refusals_at_once_are_both_reported_and_all_else_is_taken():
    visit, state, _ = open_visit()
    state |= {"learning_rate": "fast", "low": "9", "l2": "0,01"}
    visit.controls.apply_widgets()
    message = visit.controls.message.text
    assert "Learning rate must be" in message
    assert "x must go from a lower to a higher value" in message
    assert visit.player.experiment == Experiment(l2=0.01)
    assert (state["learning_rate"], state["l2"]) == ("0.1", "0.01")


def test_cross_entropy_without_classes_becomes_squared_error_and_says_so():
    visit, state, _ = open_visit(problem="xor", loss="cross_entropy")
    state["problem"] = DEFAULTS["problem"]
    visit.controls.apply_widgets()
    assert (visit.player.experiment.loss, state["loss"]) == ("squared_error", "squared_error")
    assert visit.controls.message.kind == "info"


def test_cross_entropy_comes_back_with_the_classes_and_both_messages_are_seen():
    visit, state, _ = open_visit(problem="circle", loss="cross_entropy")
    visit.player.train_one_frame()
    state["problem"] = "plane"
    visit.controls.apply_widgets()
    texts = [message.text for message in visit.controls.messages]
    assert "starts again at epoch 0" in texts[0]
    assert "Cross-entropy is for classes" in texts[1]
    state["problem"] = "circle"
    visit.controls.apply_widgets()
    assert (visit.player.experiment.loss, state["loss"]) == ("cross_entropy", "cross_entropy")
    assert "cross-entropy again" in visit.controls.messages[-1].text


def test_a_refused_number_does_not_hide_how_the_run_ended():
    visit, state, _ = open_visit(max_epochs="24")
    visit.controls.play()
    while visit.player.playing:
        visit.player.tick()
    state["learning_rate"] = "fast"
    visit.controls.apply_widgets()
    ended, refused = visit.controls.messages
    assert "24 epochs are done" in ended.text
    assert (refused.kind, "fast" in refused.text) == ("error", True)


def test_a_loss_that_was_chosen_meanwhile_stays():
    visit, state, _ = open_visit(problem="circle", loss="cross_entropy")
    for name, value in (("problem", "plane"), ("loss", "huber"), ("loss", "squared_error"), ("problem", "circle")):
        state[name] = value
        visit.controls.apply_widgets()
    assert visit.player.experiment.loss == "squared_error"


def test_the_seed_of_a_new_start_survives_a_late_message_while_training():
    visit, state, _ = open_visit()
    visit.controls.widgets.show_time(SIDEBAR)
    visit.player.play()
    visit.controls.new_start()
    assert state["seed"] == "1"
    state["seed"] = "0"  # as in a message that left the browser before the new start
    visit.controls.apply_widgets()
    assert (visit.player.experiment.seed, state["seed"]) == (1, "1")


def test_recovering_goes_back_with_the_suggested_learning_rate():
    visit, state, _ = open_visit(learning_rate="5", speed="1000")
    visit.player.play()
    while visit.player.playing:
        visit.tick(None)
    found = visit.diagnosis.post_mortem
    visit.diagnosis.recover()
    assert visit.player.trainer.epoch == found.good
    rate = found.offer.changes["learning_rate"]
    assert float(state["learning_rate"]) == visit.player.experiment.learning_rate == rate
    assert visit.diagnosis.post_mortem is None


# --- The board --------------------------------------------------------------------------------------------------------


def test_charts_are_needed_once_per_run_and_again_when_the_browser_has_lost_them():
    visit, _, _ = open_visit()
    assert visit.needs_charts
    assert visit.needs_charts  # asking changes nothing
    visit.note_charts_sent()
    assert not visit.needs_charts
    visit.tick({"run_id": visit.player.run_id, "lineage": 0, "until": -1})
    assert not visit.needs_charts
    visit.tick(None)
    assert visit.needs_charts
    visit.note_charts_sent()
    visit.player.reset()
    assert visit.needs_charts


def test_a_tick_trains_and_then_checks_the_goal_of_the_lesson_once(monkeypatch):
    visit, _, _ = open_visit(lesson=FIRST.name)
    visit.player.play()
    visit.lesson.reveal()
    checked = []

    def reached(player):
        checked.append(player.trainer.epoch)
        return True

    goal = type(FIRST)(**{**vars(FIRST), "reached": reached})
    monkeypatch.setitem(LESSONS, FIRST.name, goal)
    before, around = visit.player.trainer.epoch, visit.around_board
    visit.tick(None)
    assert checked == [visit.player.trainer.epoch]
    assert checked[0] > before
    assert visit.around_board != around
    visit.tick(None)
    assert len(checked) == 1  # a goal that was reached stays reached


def test_a_tick_that_ends_the_run_changes_what_stands_around_the_board():
    visit, _, _ = open_visit(max_epochs="2000")
    visit.player.play()
    around = visit.around_board
    while visit.player.playing:
        assert visit.around_board == around
        visit.tick(None)
    assert visit.around_board != around
