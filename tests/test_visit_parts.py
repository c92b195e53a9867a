"""The parts of a visit without Streamlit: the lesson, the selected parameter, pins, race, landscape and saved runs."""

from types import SimpleNamespace

import pytest

from playground.analysis.selection import Selection
from playground.experiment import Experiment
from playground.lessons import LESSONS
from playground.player import line
from playground.player.line import Line
from playground.session import landscape
from playground.session.widget_values import MAIN
from playground.sharing.saved import write_run
from tests.support.runs import played
from tests.support.visits import open_visit

FIRST, SECOND = list(LESSONS.values())[:2]


# --- The lesson -------------------------------------------------------------------------------------------------------


def test_a_prediction_can_be_changed_until_the_answer_is_revealed():
    lesson = open_visit(lesson=FIRST.name).visit.lesson
    for answer in (1, 0):
        lesson.predict(answer)
        assert lesson.predicted == answer
    lesson.reveal()
    lesson.predict(1)
    assert lesson.predicted == 0


def test_beginning_another_lesson_starts_over_at_epoch_0_and_closes_the_menu():
    visit, state, query = open_visit(lesson=FIRST.name)
    state["lessons"] = True
    visit.lesson.predict(0)
    visit.lesson.reveal()
    visit.player.play()
    visit.lesson.begin(SECOND.name)
    assert query["lesson"] == SECOND.name
    assert (visit.lesson.predicted, visit.lesson.revealed, visit.lesson.reached) == (None, False, False)
    assert (visit.player.trainer.epoch, visit.player.playing) == (0, False)
    assert visit.player.experiment == SECOND.experiment
    assert not state["lessons"]
    assert set(SECOND.views) <= set(visit.views.names)


def test_leaving_a_lesson_keeps_the_run():
    visit, _, query = open_visit(lesson=FIRST.name)
    visit.player.play()
    epoch = visit.player.trainer.epoch
    visit.lesson.leave()
    assert visit.lesson.lesson is None
    assert "lesson" not in query
    assert visit.player.trainer.epoch == epoch > 0


def test_a_goal_counts_only_once_the_answer_is_revealed():
    visit = open_visit(lesson=FIRST.name).visit
    for place, value in enumerate((0.8, 0.1)):
        visit.player.set_parameter(place, value)
    assert FIRST.reached(visit.player)
    visit.lesson.check_goal()
    assert not visit.lesson.reached
    visit.lesson.reveal()
    assert not visit.lesson.reached  # asking changes nothing
    visit.lesson.check_goal()
    assert visit.lesson.reached
    assert visit.lesson.done == {FIRST.name}


# --- The selected parameter -------------------------------------------------------------------------------------------


def test_a_selection_is_gone_with_its_unit_and_back_with_it():
    visit = open_visit().visit
    visit.selected.select([1, 19, 0])
    assert visit.selected.selection == Selection(1, 19, 0)
    visit.controls.take(Experiment(layers=(3,)))
    assert visit.selected.selection is None
    assert visit.selected.shown == Selection(1, 0, 0)
    visit.controls.take(Experiment())
    assert visit.selected.selection == Selection(1, 19, 0)


@pytest.mark.parametrize("choice", [None, "x", [1], [0, 0, 0], [1, 20, 0], [1, 0, 2], [True, 0, 0], {"layer": 1}])
def test_an_invalid_selection_is_ignored(choice):
    visit, state, _ = open_visit()
    visit.selected.select(choice)
    assert visit.selected.selection is None
    assert "walk_unit" not in state


def test_a_value_set_by_hand_is_the_parameters_unless_the_widget_is_stale():
    visit, state, _ = open_visit()
    visit.selected.set_setters()
    old = visit.selected.value
    state["hand_number"] = 1.5
    visit.selected.set_by_hand("hand_number")
    assert visit.selected.value == 1.5
    visit.controls.widgets.show_time(MAIN)
    visit.selected.set_setters()
    state["hand_slider"] = old  # as in a message that left the browser before the slider knew
    visit.selected.set_by_hand("hand_slider")
    assert visit.selected.value == 1.5


# --- Pins, race, landscape --------------------------------------------------------------------------------------------


def test_a_pinned_experiment_is_opened_from_its_start():
    visit, state, _ = open_visit()
    visit.pins.pin()
    assert visit.pins.pinned == []  # there is nothing to pin yet
    visit.player.train_one_frame()
    visit.pins.pin()
    visit.controls.take(Experiment(layers=(3,)))
    visit.pins.open("A")
    assert visit.player.experiment == Experiment()
    assert state["layers_0"] == 20
    assert visit.player.trainer.epoch == 0
    visit.pins.unpin("A")
    assert visit.pins.pinned == []


def test_race_and_training_never_run_together():
    visit = open_visit().visit
    visit.player.play()
    visit.race.start("learning_rate", (0.1, 0.3), ("0.1", "0.3"))
    assert (visit.player.playing, visit.race.playing) == (False, True)
    visit.race.tick(None)
    assert visit.race.needs_charts
    visit.race.tick({"run_id": visit.race.number, "lineage": 0, "until": -1})
    assert not visit.race.needs_charts
    assert visit.race.after == -1
    until = visit.race.race.epoch
    visit.race.tick({"run_id": visit.race.number, "lineage": visit.race.number, "until": until})
    assert visit.race.after == until
    visit.race.tick({"run_id": visit.race.number, "lineage": visit.race.number, "until": 10**9})
    assert visit.race.after == -1
    visit.race.set_playing(False)
    epoch = visit.race.race.epoch
    visit.race.tick({"run_id": visit.race.number, "lineage": 0, "until": -1})
    assert visit.race.race.epoch == epoch > 0


def test_a_race_that_cannot_start_is_reported_and_leaves_the_training_alone():
    visit = open_visit().visit
    visit.player.play()
    visit.race.start("learning_rate", (0.1,), ("0.1",))
    assert visit.race.race is None
    assert visit.controls.rejection.text.endswith("No race was started.")
    assert visit.player.playing


def test_a_map_belongs_to_its_run_and_its_moment():
    visit = open_visit().visit
    visit.player.train_one_frame()
    assert not visit.landscape.is_current
    visit.landscape.start()
    assert visit.landscape.is_current
    visit.player.train_one_frame()
    assert not visit.landscape.is_current
    assert visit.landscape.requested.epoch < visit.player.trainer.epoch
    visit.player.reset()
    assert visit.landscape.requested is None


def test_two_visitors_map_at_a_time_and_the_next_one_once_a_map_is_done_or_dropped(monkeypatch):
    monkeypatch.setattr(landscape, "SECONDS_PER_PIECE", 0.0)  # a point at a time
    monkeypatch.setattr(landscape, "LINE", Line(at_once=2, patience=60))
    maps = [open_visit().visit.landscape for _ in range(5)]
    for each in maps:
        each.start()
    assert [each.before for each in maps] == [0, 0, 1, 2, 3]
    assert [each.requested.landscape.progress > 0 for each in maps] == [True, True, False, False, False]
    maps[0].cancel()
    monkeypatch.setattr(landscape, "SECONDS_PER_PIECE", 60.0)
    maps[1].advance()
    assert maps[1].requested.landscape.done
    for each in maps[2:4]:
        each.advance()
        assert each.requested.landscape.done
    maps[4].advance()
    assert maps[4].requested.landscape.done


def test_who_has_not_asked_for_a_map_for_a_while_queues_again_and_keeps_what_is_computed(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(line, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(landscape, "SECONDS_PER_PIECE", 0.0)
    maps = [open_visit().visit.landscape for _ in range(3)]
    monkeypatch.setattr(landscape, "LINE", Line(at_once=1, patience=20))
    for each in maps:
        each.start()
    for _ in range(3):
        now[0] += 10
        maps[1].advance()
    maps[1].advance()
    progress = maps[1].requested.landscape.progress
    assert progress > 0
    maps[0].advance()
    assert maps[0].before == 1
    assert 0 < maps[0].requested.landscape.progress < progress


# --- Saved runs -------------------------------------------------------------------------------------------------------


def test_a_saved_run_is_opened_and_a_damaged_one_is_reported():
    player = played(learning_rate=0.05)
    visit, state, _ = open_visit()
    state["share"] = True
    for name, data in (("bad.json", b"{}"), ("good.json", write_run(player))):
        content = data if isinstance(data, bytes) else data.encode()
        state[visit.saved_run.uploader_key] = SimpleNamespace(name=name, getvalue=lambda content=content: content)
        key = visit.saved_run.uploader_key
        visit.saved_run.open()
        assert visit.saved_run.uploader_key != key  # an empty uploader
        if name == "bad.json":
            assert visit.saved_run.error.startswith("bad.json: ")
            assert visit.player.experiment == Experiment()
            assert state["share"]
    assert visit.saved_run.error is None
    assert visit.player.experiment == player.experiment
    assert visit.player.trainer.epoch == player.trainer.epoch
    assert (state["share"], state["learning_rate"]) == (False, "0.05")
