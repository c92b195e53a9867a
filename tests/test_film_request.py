"""What the browser says of the film: how much it asks for, where it stops, what is on screen; and anything else."""

import pytest

from playground.experiment import Experiment
from playground.player import pacing
from playground.player import player as player_module
from playground.session import screen
from playground.session.visit import Visit
from tests.support.visits import open_visit

NOT_REQUESTS = [None, 7, "x", [], {"run_id": []}, {"run_id": 1, "epoch": "12", "number": 1e300, "frames": True}]
NOT_REQUESTS += [{"run_id": True, "epoch": -12, "number": 2**70, "frames": -5}, {"run_id": 99, "epoch": 12}]


@pytest.fixture(autouse=True)
def _endless_time(monkeypatch):
    """Every tick brings all its frames, however busy the machine."""
    for module in (player_module, pacing):
        monkeypatch.setattr(module, "computing_time", lambda: 0.0)


@pytest.mark.parametrize("request_", NOT_REQUESTS, ids=repr)
@pytest.mark.parametrize("act", [Visit.tick, Visit.pause, Visit.step, Visit.play])
def test_whatever_the_browser_sends_the_run_goes_on_from_where_it_is(act, request_):
    visit, plain = open_visit().visit, open_visit().visit
    for each in (visit, plain):
        each.player.play()
    act(visit, request_)
    act(plain, {})
    assert len(visit.player.frames) == len(plain.player.frames)
    assert visit.player.trainer.epoch == plain.player.trainer.epoch
    assert visit.player.playing == plain.player.playing


@pytest.mark.parametrize(("asked", "got"), [(0, None), (30, None), (45, 45), (10**9, 90)])
def test_a_request_gets_as_many_frames_as_it_asks_for_within_bounds(monkeypatch, asked, got):
    visit = open_visit().visit
    counts = []
    monkeypatch.setattr(visit.player, "tick", counts.append)
    visit.tick({"frames": asked})
    assert counts == [got]


def test_a_pause_is_answered_with_the_number_of_its_request():
    visit = open_visit().visit
    visit.player.play()
    visit.pause({"run_id": visit.player.run_id, "epoch": 48, "number": 5})
    assert (visit.player.trainer.epoch, visit.player.playing, visit.answered) == (48, False, 5)


def test_a_run_that_ended_by_itself_plays_for_the_rest_of_the_page_until_its_end_is_seen():
    visit = open_visit(max_epochs="720").visit
    visit.player.play()
    visit.note_around_drawn()
    run = visit.player.run_id
    visit.tick({"run_id": run, "epoch": 12})
    assert not visit.player.playing
    assert visit.around_board == visit.around_drawn
    visit.tick({"run_id": run, "epoch": 720})
    assert visit.around_board != visit.around_drawn


@pytest.mark.parametrize("wait_ms", [20, 200])
def test_a_change_while_it_trains_acts_from_what_is_on_screen_when_its_answer_arrives(monkeypatch, wait_ms):
    visit, state, _ = open_visit()
    now = [1000.0]
    monkeypatch.setattr(screen.time, "monotonic", lambda: now[0])
    visit.player.play()
    visit.tick({"run_id": visit.player.run_id, "epoch": 120, "wait_ms": wait_ms})
    now[0] += 0.05
    state["learning_rate"] = 0.05
    visit.controls.apply_widgets()
    seconds = visit.player.continues_from / 12 / 60 - 120 / 12 / 60
    assert 0.05 + wait_ms / 1000 < seconds < 0.05 + wait_ms / 1000 + 0.2
    assert visit.player.playing
    frames = visit.player.frames
    assert len(frames) == 30
    visit.tick({"run_id": visit.player.run_id, "epoch": 132, "wait_ms": wait_ms})
    assert visit.player.frames is frames  # the request that came with the change
    visit.note_charts_sent()
    visit.tick({"run_id": visit.player.run_id, "epoch": 132, "wait_ms": wait_ms})
    assert visit.player.continues_from == frames[-1].epoch
    visit.pause({"run_id": visit.player.run_id, "epoch": frames[3].epoch})
    straight = Experiment().start().trainer
    straight.train(frames[0].epoch - 12)
    straight.optimizer.configure(learning_rate=0.05)
    straight.train(48)
    assert visit.player.trainer.loss == straight.loss


@pytest.mark.parametrize("said", [{}, {"epoch": 120}, {"wait_ms": 20}, {"epoch": 121, "wait_ms": 20}], ids=str)
def test_where_it_is_unknown_what_is_on_screen_a_change_acts_on_what_follows(said):
    visit, state, _ = open_visit()
    visit.player.play()
    visit.tick({"run_id": visit.player.run_id, **said})
    epoch = visit.player.trainer.epoch
    state["learning_rate"] = 0.05
    visit.controls.apply_widgets()
    assert visit.player.trainer.epoch == epoch
