"""The film: a run that goes back to a frame that was shown is, to the last bit, the run that was stopped there."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nn import OPTIMIZERS, SCHEDULES
from nn.history import LossHistory
from playground.experiment import Experiment
from playground.player import Player, film, pacing, recording, series
from playground.player import player as player_module
from playground.player.player import FRAMES_PER_TICK
from tests.support.runs import play_to_end
from tests.support.strategies import experiments

FRAMES = 5  # per tick
TICK = 2.0**-20  # seconds between two looks at the clock, so that sums of them are exact


@pytest.fixture(autouse=True, scope="module")
def small_and_steady():
    """A clock that goes on by the same at every look, and recordings that are full after a few frames."""
    looks = itertools.count()
    with pytest.MonkeyPatch.context() as patch:
        for module in (player_module, pacing):
            patch.setattr(module, "computing_time", lambda: next(looks) * TICK)
        patch.setattr(series, "MAX_MEASUREMENTS", 8)
        patch.setattr(recording, "MAX_BYTES", recording.MAX_BYTES)  # undone at the end: see `opened`
        yield


def opened(experiment):
    """A player whose history and recording are full after a few frames."""
    player = Player(experiment)
    recording.MAX_BYTES = 12 * player.trainer.checkpoint().bytes
    player.trainer.history = LossHistory(16)
    player.trainer.history.append(0, player.trainer.loss, player.trainer.checkpoint().objective)
    return player


def plays(player, frame_counts):
    """Ticks of so many frames; returns the epochs of each."""
    player.playing = True
    epochs = []
    for count in frame_counts:
        if player.playing:
            player.tick(count)
            epochs.append([frame.epoch for frame in player.frames])
    return epochs


def of_checkpoint(checkpoint):
    state = {name: np.asarray(value).tobytes() for name, value in checkpoint.optimizer.state.items()}
    rng = str([np.asarray(value).tolist() for value in checkpoint.rng["state"].values()])
    numbers = checkpoint.epoch, checkpoint.loss, str(checkpoint.objective), checkpoint.diverged
    settings = checkpoint.optimizer.name, checkpoint.optimizer.hyperparameters
    return numbers, checkpoint.parameters.tobytes(), settings, state, rng, checkpoint.order.tobytes()


def everything(player):
    """All that a visitor could notice of a run, and all that the rest of it depends on."""
    trainer, frame = player.trainer, player.frames[-1]
    history, recorded = trainer.history, player.recording.state
    return {
        "present": of_checkpoint(trainer.checkpoint()),
        "options": (trainer.options, trainer.batch_size),
        "history": (history.stride, history.epochs.tolist(), history.losses.tolist(), str(history.objectives.tolist())),
        "recorded": [of_checkpoint(checkpoint) for checkpoint in recorded.checkpoints],
        "recording": (recorded.edits, recorded.bytes, recorded.growth),
        "test losses": player.test_losses.measurements,
        "clock": [epoch for epoch, _ in player.clock.measurements],
        "frame": {name: np.asarray(value).tobytes() for name, value in frame._asdict().items() if value is not None},
        "experiment": player.experiment,
        "playing": player.playing,
        "message": player.message,
    }


def assert_same(one, other):
    first, second = everything(one), everything(other)
    for name in first:
        assert first[name] == second[name], name


def assert_same_and_go_on_so(one, other):
    assert_same(one, other)
    for player in (one, other):
        plays(player, [FRAMES, FRAMES])
    assert_same(one, other)


@st.composite
def short_runs(draw):
    """An experiment of few epochs per frame, and a frame of the last but one or last of its ticks."""
    experiment = draw(experiments())
    experiment = experiment.changed(
        speed=draw(st.sampled_from([1, 2, 4])), max_epochs=draw(st.sampled_from([20, 20_000]))
    )
    return experiment, draw(st.integers(1, 4)), draw(st.integers(1, FRAMES)), draw(st.integers(0, 2))


@settings(max_examples=60)
@given(short_runs())
def test_to_pause_at_a_frame_is_to_have_stopped_there(run):
    experiment, ticks, frames, further = run
    player, straight = opened(experiment), opened(experiment)
    shown = plays(player, [FRAMES] * (ticks + further))
    assume(len(shown) >= ticks)
    shown = shown[ticks - 1]
    epoch = shown[min(frames, len(shown)) - 1]
    assume(epoch < player.trainer.epoch)
    player.pause(epoch)
    plays(straight, [FRAMES] * (ticks - 1) + [shown.index(epoch) + 1])
    straight.pause()
    assert straight.trainer.epoch == epoch
    assert player.clock.measurements == straight.clock.measurements
    assert_same_and_go_on_so(player, straight)


SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "learning_rate": st.sampled_from([0.01, 0.2]),
        "optimizer": st.sampled_from(list(OPTIMIZERS)),
        "batch_size": st.sampled_from([0, 7, 30]),
        "schedule": st.sampled_from(list(SCHEDULES)),
        "dropout": st.sampled_from([0.0, 0.3]),
        "l2": st.sampled_from([0.0, 0.01]),
        "speed": st.sampled_from([1, 2, 4]),
        "clip": st.sampled_from([0.0, 0.5]),
    },
)


@settings(max_examples=25)
@given(experiments(), SETTINGS, st.integers(1, 2 * FRAMES), st.integers(1, 2 * FRAMES))
def test_a_change_acts_on_what_is_not_seen_yet_and_a_pause_before_it_comes_before_it(
    experiment, changes, changed_at, paused_at
):
    experiment = experiment.changed(speed=2, max_epochs=20_000)
    player, straight = opened(experiment), opened(experiment)
    shown = [*itertools.chain(*plays(player, [FRAMES, FRAMES]))]
    assume(player.playing)
    seen = shown[changed_at - 1]
    other = experiment.changed(**changes)
    assume(other != experiment)
    player.change(other, on_screen=seen)
    full, rest = divmod(changed_at - 1, FRAMES)
    plays(straight, [FRAMES] * full + [rest + 1])
    straight.change(other)
    if seen < shown[-1]:
        straight.tick()
        assert player.frames[0].epoch > seen or player.trainer.diverged  # in the very next step
    assert_same(player, straight)
    paused_at = min(paused_at, changed_at)
    if shown[paused_at - 1] < player.trainer.epoch:
        player.pause(shown[paused_at - 1])
        before = opened(experiment)
        full, rest = divmod(paused_at - 1, FRAMES)
        plays(before, [FRAMES] * full + [rest + 1])
        before.pause()
        before.change(other)
        assert_same_and_go_on_so(player, before)


@pytest.mark.parametrize(
    "changes", [{"max_epochs": 20}, {"target_loss": 0.2}, {"learning_rate": 3.0}], ids=["limit", "target", "divergence"]
)
def test_before_the_end_of_a_run_that_ended_unseen_there_is_no_end(changes):
    experiment = Experiment(speed=1, **changes)
    player, straight = Player(experiment), Player(experiment)
    frames = play_to_end(player)
    assert player.message
    seen = frames[-3].epoch
    player.pause(seen)
    while straight.trainer.epoch < seen:
        straight.train_one_frame()
    assert (player.trainer.epoch, player.trainer.diverged, player.message) == (seen, None, None)
    np.testing.assert_array_equal(player.trainer.network.parameters, straight.trainer.network.parameters)
    assert play_to_end(player)[-1].loss == frames[-1].loss


def test_a_learning_rate_lowered_in_time_saves_a_run_that_diverged_unseen():
    player = Player(Experiment(learning_rate=3.0, speed=1))
    seen = play_to_end(player)[0].epoch
    assert player.trainer.diverged
    player.change(player.experiment.changed(learning_rate=0.01), on_screen=seen)
    assert player.playing
    assert player.message is None
    assert player.frames[0].epoch == seen + 1


@pytest.mark.parametrize("act", [Player.pause, Player.train_one_frame, Player.play])
def test_an_epoch_that_is_not_one_of_the_film_is_the_present(act):
    player, other = Player(Experiment()), Player(Experiment())
    for each in (player, other):
        each.play()
        each.tick()
    act(player, 7)
    act(other)
    assert_same(player, other)


def test_a_step_goes_on_from_what_is_seen():
    player = Player(Experiment())
    player.play()
    player.tick()
    player.train_one_frame(48)
    assert [frame.epoch for frame in player.frames] == [60]
    assert not player.playing


def test_a_paused_run_has_no_film_and_one_that_plays_a_bounded_one():
    player = Player(Experiment())
    assert player.film.epochs == []
    player.play()
    assert player.film.epochs == [12 * n for n in range(FRAMES_PER_TICK + 1)]
    for _ in range(2 * film.MAX_SCENES):
        player.tick()
    assert len(player.film.epochs) == film.MAX_SCENES * FRAMES_PER_TICK + 1
    seen = player.film.epochs[-40]
    player.film.forget_before(seen)
    assert seen in player.film.epochs
    assert len(player.film.epochs) <= 2 * FRAMES_PER_TICK + 1
    player.pause()
    assert player.film.epochs == []
