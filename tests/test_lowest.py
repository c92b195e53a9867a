"""The lowest test loss: it is the lowest that was measured, and the timeline goes back to that very network."""

import numpy as np
import pytest

from playground.components.board import board_payload
from playground.experiment import Experiment
from playground.player import Player, series
from playground.player.lowest import lowest_test_loss
from playground.player.recording import Recording
from playground.sharing.saved import read_run, write_run
from tests.support.page import Page
from tests.support.payload import unpack

OVERFITS = {
    "points": 12, "noise": 0.4, "test_fraction": 0.4, "learning_rate": 0.02, "optimizer": "adam", "layers": (30,),
}  # fmt: skip


def played(ticks: int = 12, **values) -> tuple[Player, dict[int, float]]:
    """A run that overfits, and every test loss that a frame of it had."""
    player = Player(Experiment(**OVERFITS | values))
    seen = {0: player.frames[-1].test_loss}
    player.play()
    for _ in range(ticks):
        seen |= {frame.epoch: frame.test_loss for frame in player.frames}
        player.tick()
    seen |= {frame.epoch: frame.test_loss for frame in player.frames}
    return player, seen


def test_it_is_the_lowest_of_all_frames_however_much_the_series_is_thinned(monkeypatch):
    monkeypatch.setattr(series, "MAX_MEASUREMENTS", 8)
    player, seen = played()
    epoch = min(seen, key=seen.get)
    assert 0 < epoch < player.trainer.epoch
    assert lowest_test_loss(player) == (epoch, seen[epoch], True)


def test_going_there_is_exact_and_keeps_what_came_later():
    player, seen = played()
    player.pause()
    last, (epoch, loss, _) = player.trainer.epoch, lowest_test_loss(player)
    player.go_to(epoch)
    assert player.frames[-1].test_loss == loss == seen[epoch]
    twin = Player(Experiment(**OVERFITS))
    twin.trainer.train(epoch)
    np.testing.assert_array_equal(player.trainer.network.parameters, twin.trainer.network.parameters)
    assert lowest_test_loss(player).epoch == epoch
    player.go_to(last)
    assert player.trainer.epoch == last


def test_training_on_from_before_it_finds_the_lowest_up_to_there_and_then_the_same_one_again():
    player, _ = played()
    player.pause()
    found = lowest_test_loss(player)
    before = max(moment.epoch for moment in player.recording.checkpoints if moment.epoch < found.epoch)
    player.go_to(before)
    player.train_one_frame()
    measured = dict(player.test_losses.measurements)
    assert lowest_test_loss(player).loss == min(measured.values())
    player.play()
    while player.trainer.epoch < 2 * found.epoch:
        player.tick()
    assert lowest_test_loss(player).loss <= found.loss * 1.01


def test_a_parameter_set_by_hand_has_another_test_loss():
    player, _ = played()
    player.pause()
    player.go_to(lowest_test_loss(player).epoch)
    player.set_parameter(0, 3.0)
    assert dict(player.test_losses.measurements)[player.trainer.epoch] == player.frames[-1].test_loss
    lowest = lowest_test_loss(player)
    assert lowest.loss == min(loss for _, loss in player.test_losses.measurements)
    player.go_to(lowest.epoch)
    assert player.frames[-1].test_loss == lowest.loss


def test_going_back_on_the_film_goes_back_to_the_lowest_of_then():
    player, _ = played(ticks=1)
    shown = player.frames[3].epoch
    player.pause(shown)
    losses = dict(player.test_losses.measurements)
    assert max(losses) == shown
    assert lowest_test_loss(player)[:2] == min(losses.items(), key=lambda each: each[1])


def test_a_saved_run_goes_back_to_it():
    player, _ = played()
    player.pause()
    other = Player(Experiment())
    other.open(read_run(write_run(player)))
    assert lowest_test_loss(other) == lowest_test_loss(player)
    for each in (player, other):
        each.go_to(lowest_test_loss(player).epoch)
    assert other.frames[-1].test_loss == lowest_test_loss(player).loss
    np.testing.assert_array_equal(other.trainer.network.parameters, player.trainer.network.parameters)


def test_without_test_points_there_is_none():
    player = Player(Experiment())
    player.train_one_frame()
    assert lowest_test_loss(player) is None
    assert unpack(board_payload(player, with_figures=False))[0]["lowest_test"] is None
    assert isinstance(player.recording, Recording)
    assert player.recording.lowest is None


def test_at_an_earlier_moment_the_chart_marks_the_lowest_up_to_there():
    player, _ = played()
    player.pause()
    epoch = player.recording.checkpoints[3].epoch
    player.go_to(epoch)
    at, loss = unpack(board_payload(player, with_figures=False))[0]["lowest_test"]
    assert at <= epoch
    assert loss == min(value for each, value in player.test_losses.measurements if each <= epoch)


def test_one_press_goes_there():
    page = Page(**{name: str(value) for name, value in OVERFITS.items() if name != "layers"}, layers="30", speed="100")
    for _ in range(12):
        page.click("step")
    epoch, loss, _ = lowest_test_loss(page.player)
    assert 0 < epoch < page.epoch
    button = page.app.button(key="lowest_test")
    assert button.label == f"Lowest test loss, {loss:.4g}, at epoch {epoch:,}: go there"
    page.click("lowest_test")
    assert page.epoch == epoch
    assert page.player.frames[-1].test_loss == loss
    assert page.app.button(key="lowest_test").disabled


def test_without_test_points_the_page_has_no_such_button():
    page = Page().click("step")
    with pytest.raises(KeyError):
        page.app.button(key="lowest_test")


def test_of_equal_losses_the_first_is_the_lowest(monkeypatch):
    player = Player(Experiment(test_fraction=0.2))
    monkeypatch.setattr(type(player.test_losses), "measurements", [(3, 0.25), (5, 0.125), (9, 0.125)])
    assert lowest_test_loss(player).epoch == 5
