"""Early stopping: when it stops is a function of the losses alone, the same here, in scripts, races and sweeps."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.stopping import Patience, Wait, Waits
from playground.compare.race import Race
from playground.compare.result import train
from playground.experiment import Experiment
from playground.player import Player
from playground.player.lowest import lowest_test_loss
from playground.run import train_and_report
from playground.sharing.export import numpy_script, torch_script
from playground.sharing.export.of_run import numpy_script_of
from playground.sharing.kept import experiment_part, read_experiment_part
from playground.sharing.links import from_query, to_query
from playground.sharing.saved import read_run, write_run
from tests.support.exports import rows, run
from tests.support.peers import peer
from tests.support.runs import play_to_end

OVERFITS = Experiment(
    points=12, noise=0.4, test_fraction=0.4, learning_rate=0.02, optimizer="adam", layers=(30,), patience=60
)
STALLS = Experiment(stall_epochs=40, stall_share=0.05)
BOTH = pytest.mark.parametrize("experiment", [OVERFITS, STALLS, OVERFITS.changed(batch_size=3, dropout=0.1)], ids=str)


def losses_by_epoch(experiment: Experiment, epochs: int) -> tuple[list[float], list[float]]:
    """The training and the test losses of a run that nothing stops, at every epoch."""
    player = Player(experiment.changed(patience=0, stall_epochs=0))
    losses, tested = [player.trainer.loss], [player.test_losses.loss_of(player.trainer.network)]
    for _ in range(epochs):
        player.trainer.train(1)
        losses.append(player.trainer.loss)
        tested.append(player.test_losses.loss_of(player.trainer.network))
    return losses, tested


def stop_of(losses: list[float], epochs: int, share: float) -> int:
    """Where a run with these losses stops: after so many epochs none of which was below (1 - share) times the last
    that made progress.
    """
    best, since = losses[0], 0
    for epoch, loss in enumerate(losses):
        if loss < (1 - share) * best:
            best, since = loss, epoch
        if epoch - since >= epochs:
            return epoch
    raise AssertionError("It does not stop.")


def expected(experiment: Experiment, epochs: int = 1200) -> int:
    losses, tested = losses_by_epoch(experiment, epochs)
    if experiment.patience:
        return stop_of(tested, experiment.patience, 0.0)
    return stop_of(losses, experiment.stall_epochs, experiment.stall_share)


@BOTH
def test_it_stops_at_the_same_epoch_one_at_a_time_and_thousands_at_once(experiment):
    at = expected(experiment)
    assert 40 < at < 1200
    whole, single = experiment.start().trainer, experiment.start().trainer
    assert whole.train(5000) == at
    while single.train(1):
        pass
    assert single.epoch == whole.epoch == at
    np.testing.assert_array_equal(single.network.parameters, whole.network.parameters)
    assert whole.train(1) == 0


@BOTH
@pytest.mark.parametrize("speed", [1, 12, 1000])
def test_the_page_stops_there_at_any_speed_and_says_by_what(experiment, speed):
    player = Player(experiment.changed(speed=speed))
    play_to_end(player)
    assert player.trainer.epoch == expected(experiment)
    kind, text = player.message
    assert kind == "success"
    assert text.startswith(f"Stopped at epoch {player.trainer.epoch:,}: ")
    assert ("the test loss has not been lower" in text) == (experiment.patience > 0)
    assert ("lower by more than 5 %" in text) == (experiment.stall_epochs > 0)


def test_it_trains_on_after_the_limit_is_raised_and_stops_where_that_says():
    player = Player(OVERFITS)
    play_to_end(player)
    first = player.trainer.epoch
    player.play()
    assert (player.playing, player.trainer.epoch) == (False, first)
    player.change(OVERFITS.changed(patience=200))
    assert player.message is None
    play_to_end(player)
    assert player.trainer.epoch == first + 140 == expected(OVERFITS.changed(patience=200))


@pytest.mark.parametrize("speed", [12, 1000])
def test_the_lowest_test_loss_is_then_known_at_every_epoch_and_the_run_goes_back_there(speed):
    player = Player(OVERFITS.changed(speed=speed))
    play_to_end(player)
    _, tested = losses_by_epoch(OVERFITS, player.trainer.epoch)
    epoch = int(np.argmin(tested))
    assert epoch % 12
    assert lowest_test_loss(player) == (epoch, tested[epoch], True)
    assert player.trainer.epoch == epoch + OVERFITS.patience
    player.go_to(epoch)
    assert player.frames[-1].test_loss == tested[epoch]
    play_to_end(player)
    assert player.trainer.epoch == epoch + OVERFITS.patience


def test_going_back_and_training_on_stops_at_the_same_epoch():
    player = Player(OVERFITS.changed(speed=1))
    play_to_end(player)
    at = player.trainer.epoch
    for moment in (0, 1, len(player.recording.checkpoints) // 2):
        player.go_to(player.recording.checkpoints[moment].epoch)
        play_to_end(player)
        assert player.trainer.epoch == at


def test_a_pause_on_the_film_goes_back_to_what_was_waited_for_then():
    player = Player(OVERFITS.changed(speed=2))
    player.play()
    shown = player.frames[2].epoch
    player.change(player.experiment.changed(patience=1), on_screen=shown)
    player.change(OVERFITS.changed(speed=2))
    play_to_end(player)
    assert player.trainer.epoch == expected(OVERFITS)


def test_a_saved_run_stops_where_it_would_have_stopped():
    player = Player(OVERFITS)
    for _ in range(8):
        player.train_one_frame()
    other = Player(Experiment())
    other.open(read_run(write_run(player)))
    assert other.trainer.stopping.waits == player.trainer.stopping.waits != (None, None)
    play_to_end(other)
    assert other.trainer.epoch == expected(OVERFITS)


def test_a_condition_that_is_set_on_the_way_waits_from_there():
    player = Player(OVERFITS.changed(patience=0))
    while player.trainer.epoch < 600:
        player.train_one_frame()
    at = player.trainer.epoch
    player.change(OVERFITS)
    play_to_end(player)
    assert player.trainer.epoch == at + OVERFITS.patience  # the test loss only rises there
    assert "by what the run stopped early is not in it" in " ".join(numpy_script_of(player).split())


def test_without_test_points_no_test_loss_is_waited_for():
    trainer = Experiment(patience=1).start().trainer
    assert trainer.train(50) == 50


@BOTH
def test_scripts_of_both_kinds_and_the_command_stop_at_that_epoch(experiment, tmp_path):
    at, lines = expected(experiment), {}
    lines["command"] = "\n".join(train_and_report(experiment, 5000))
    lines["numpy"] = run(numpy_script(experiment, 5000), tmp_path)
    if peer("torch"):
        lines["torch"] = run(torch_script(experiment, 5000), tmp_path)
    for each in lines.values():
        assert rows(each)[1][-1, 0] == at


def test_a_race_is_over_when_all_have_stopped_and_a_sweep_has_the_loss_of_there():
    at = expected(STALLS)
    race = Race([STALLS, STALLS.changed(stall_epochs=20)], ["a", "b"])
    race.playing = True
    while race.playing:
        race.tick()
    assert race.over
    assert at <= race.epoch < at + STALLS.speed
    losses, _ = losses_by_epoch(STALLS, at)
    assert race.frames[-1].losses[0] == losses[-1] == train(STALLS, 5000).loss


def test_links_and_kept_experiments_hold_them():
    experiment = OVERFITS.changed(stall_epochs=7, stall_share=0.2)
    assert from_query(to_query(experiment)).start.experiment == experiment
    assert read_experiment_part(experiment_part(experiment)) == experiment


def test_a_loss_that_stays_the_same_is_no_progress():
    assert Wait(1.0, 3, 0).after(9, 1.0) == Wait(1.0, 3, 0)
    assert Wait(1.0, 3, 0).after(9, 0.75, share=0.25) == Wait(1.0, 3, 0)
    assert Wait(1.0, 3, 0).after(9, 0.5, share=0.25) == Wait(0.5, 9, 0)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=60), st.integers(1, 5), st.sampled_from([0.0, 0.01, 0.5]))
def test_at_the_stop_no_loss_of_so_many_epochs_was_lower_than_that_before_them(losses, epochs, share):
    wait = Wait(math.inf, 0, 0)
    for epoch, loss in enumerate(losses):
        wait = wait.after(epoch, loss, share)
        if epoch - wait.epoch >= epochs:
            assert all(each >= (1 - share) * losses[epoch - epochs] for each in losses[epoch - epochs + 1 : epoch + 1])
            return


@pytest.mark.parametrize("values", [{"patience": -1}, {"stall_epochs": 1.5}, {"stall_share": 1}, {"stall_share": -0.1}])
def test_numbers_out_of_their_range_are_refused(values):
    with pytest.raises(ValueError, match="must be"):
        Patience(**values)


def test_all_that_is_waited_for_is_followed_from_the_latest_beginning():
    assert Waits(Wait(1.0, 9, 3), Wait(1.0, 9, 7)).began == Waits(Wait(1.0, 9, 7), Wait(1.0, 9, 3)).began == 7
    assert Waits(None, Wait(1.0, 9, 5)).began == 5
    assert Waits().began == 0


def test_only_a_test_loss_that_is_the_lowest_so_far_is_told():
    player, told = Player(OVERFITS), list[float]()
    player.trainer.stopping.on_lower = told.append
    player.trainer.train(300)
    _, tested = losses_by_epoch(OVERFITS, player.trainer.epoch)
    assert told == [loss for i, loss in enumerate(tested) if loss < min(tested[:i], default=math.inf)]
