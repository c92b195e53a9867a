"""The player: it plays the experiment's own training, frame by frame, in bounded time, and says why it stops."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import playground.player.player
from nn import Trainer, squared_error
from playground.experiment import Experiment
from playground.player.player import FRAMES_A_TICK, SECONDS_A_LOOK, SECONDS_A_STEP, SECONDS_A_TICK, Player
from playground.problems.grid import LINE, MARGIN

REFERENCE = json.loads((Path(__file__).parent / "reference" / "sine_1_20_1.json").read_text())
DIVERGING = {"learning_rate": 100.0}


def play(player):
    """Plays to the end, which must come; gives all frames."""
    player.play()
    frames = list(player.frames)
    for _ in range(500):
        if not player.playing:
            return frames
        player.tick()
        frames += player.frames
    pytest.fail("It never ends.")


def trained(epochs, **changes):
    """The trainer of the same training without a player."""
    experiment = Experiment(**changes)
    trainer = experiment.start().trainer
    trainer.train(epochs)
    return trainer


def snapshot(player):
    """All that a visitor could notice, and the parameters."""
    return (
        player.experiment, player.problem, player.trainer, player.trainer.epoch, player.trainer.loss,
        player.trainer.batch_size, player.trainer.optimizer, player.trainer.optimizer.hyperparameters,
        player.trainer.network.parameters.tolist(), player.grid.tolist(), player.frames, player.playing, player.run_id,
        player.frame_version, player.message,
    )  # fmt: skip


class Machine:
    """A clock by which only training takes time: `epoch` seconds an epoch, and `look` a look at the clock."""

    def __init__(self, monkeypatch, epoch=0.0, look=0.0):
        self.now, self.epoch, self.look = 1000.0, epoch, look
        step = Trainer.train

        def timed_step(trainer, epochs, **options):
            done = step(trainer, epochs, **options)
            self.now += done * self.epoch
            return done

        monkeypatch.setattr(Trainer, "train", timed_step)
        monkeypatch.setattr(playground.player.player, "time", SimpleNamespace(perf_counter=self.perf_counter))

    def perf_counter(self):
        self.now += self.look
        return self.now

    def time(self, call):
        """How long a call takes."""
        start = self.now
        call()
        return self.now - start


# --- It plays the training --------------------------------------------------------------------------------------------


def test_the_page_opens_on_the_posts_run():
    player = Player(Experiment())
    np.testing.assert_array_equal(player.problem.Xs[0], np.arange(-5, 5, 0.1))
    np.testing.assert_array_equal(player.problem.Ys[0], np.sin(np.arange(-5, 5, 0.1)))
    for layer, reference in zip(player.trainer.network.layers, REFERENCE["initial"], strict=True):
        np.testing.assert_array_equal(layer.W, reference["W"])
        np.testing.assert_array_equal(layer.b, reference["b"])
    assert (player.trainer.epoch, player.playing, player.message) == (0, False, None)
    assert len(player.frames) == 1
    assert player.frames[0].epoch == 0


def test_played_it_has_the_losses_of_the_posts_run():
    player = Player(Experiment(speed=50))
    for epoch, loss in REFERENCE["loss"].items():
        player.change(player.experiment.changed(max_epochs=max(int(epoch), 1)))
        if int(epoch):
            play(player)
            assert player.trainer.epoch == int(epoch)
        assert player.frames[-1].loss == pytest.approx(loss, rel=1e-9 if int(epoch) <= 1000 else 1e-6), epoch


@pytest.mark.parametrize("changes", [{}, {"batch_size": 30, "noise": 0.2}, {"optimizer": "adam"}], ids=str)
@pytest.mark.parametrize("speed", [1, 12, 250])
def test_how_it_is_played_changes_nothing_in_the_training(speed, changes):
    player = Player(Experiment(speed=speed, max_epochs=500, **changes))
    player.step()
    player.play()
    player.pause()
    frames = play(player)
    trainer = trained(500, **changes)
    np.testing.assert_array_equal(player.trainer.network.parameters, trainer.network.parameters)
    np.testing.assert_array_equal(player.trainer.history.losses, trainer.history.losses)
    assert frames[-1].loss == trainer.loss


@pytest.mark.parametrize("speed", [1, 12, 1000])
def test_a_step_is_one_frame_of_so_many_epochs_and_then_a_pause(speed):
    player = Player(Experiment(speed=speed))
    player.playing = True
    player.step()
    assert [frame.epoch for frame in player.frames] == [speed]
    assert not player.playing
    player.step()
    assert [frame.epoch for frame in player.frames] == [2 * speed]


def test_the_frames_follow_one_another_speed_epochs_apart(monkeypatch):
    Machine(monkeypatch)
    player = Player(Experiment(speed=12))
    player.play()
    assert [frame.epoch for frame in player.frames] == [12 * n for n in range(1, FRAMES_A_TICK + 1)]
    player.tick()
    assert player.frames[0].epoch == 12 * (FRAMES_A_TICK + 1)


# --- Frames -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes", [{}, {"layers": (5, 4), "activations": ("tanh", "relu")}, {"batch_size": 30, "noise": 0.5}], ids=str
)
def test_a_frame_is_the_network_of_its_moment(changes):
    player = Player(Experiment(**changes))
    frames = list(player.frames)
    for _ in range(3):
        player.step()
        frames += player.frames
    network = player.trainer.network.copy()
    Xs, Ys = player.problem.Xs, player.problem.Ys
    assert np.isnan(frames[0].change)  # nothing was before it
    for frame, before in zip(frames, [frames[0], *frames], strict=False):
        network.parameters[:] = frame.parameters
        values = network.evaluate(Xs)
        np.testing.assert_array_equal(frame.output, network.evaluate(player.grid)[-1].A)
        assert frame.loss == pytest.approx(squared_error(values[-1].A, Ys), rel=1e-12)
        dWs, dbs = network.compute_gradient(values, Ys)
        assert frame.gradient_norm**2 == pytest.approx(sum((d**2).sum() for d in dWs + dbs), rel=1e-9)
        if frame.epoch:
            assert frame.change == pytest.approx((frame.loss - before.loss) / (frame.epoch - before.epoch), rel=1e-9)


def test_a_moment_that_is_gone_back_to_tells_the_change_of_its_last_epoch_and_one_set_by_hand_none():
    player = Player(Experiment(speed=1))
    for _ in range(5):
        player.step()
    losses = player.trainer.history.losses
    player.go_to(3)
    assert player.frames[-1].change == losses[3] - losses[2]
    player.set_parameter(0, 1.0)
    assert np.isnan(player.frames[-1].change)


def test_frames_keep_what_they_had():
    player = Player(Experiment())
    player.play()
    frames = player.frames
    kept = [(frame.parameters.copy(), frame.output.copy()) for frame in frames]
    player.tick()
    for frame, (parameters, output) in zip(frames, kept, strict=True):
        np.testing.assert_array_equal(frame.parameters, parameters)
        np.testing.assert_array_equal(frame.output, output)
    assert not np.shares_memory(player.frames[-1].parameters, player.trainer.network.parameters)


@pytest.mark.parametrize(("low", "high"), [(-5, 5), (19, 19.5), (-20, 20)])
def test_the_grid_goes_a_quarter_beyond_the_range_on_either_side(low, high):
    player = Player(Experiment(low=low, high=high))
    width = high - low
    assert player.grid.shape == player.frames[0].output.shape == (1, LINE)
    assert (player.grid[0, 0], player.grid[0, -1]) == pytest.approx((low - MARGIN * width, high + MARGIN * width))
    assert MARGIN > 0
    assert player.problem.Xs.min() > player.grid[0, 0]
    assert player.problem.Xs.max() < player.grid[0, -1]


# --- Time -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", [1, 12, 1000])
@pytest.mark.parametrize("epoch", [0, 1e-5, 1e-3, 0.02, 0.3, 5])
def test_a_tick_takes_its_time_and_no_more_however_slow_the_machine(monkeypatch, epoch, speed):
    machine = Machine(monkeypatch, epoch)
    player = Player(Experiment(speed=speed, max_epochs=1_000_000, layers=(1,), points=2))
    player.playing = True
    for _ in range(3):
        before = player.trainer.epoch
        assert machine.time(player.tick) <= SECONDS_A_TICK + max(SECONDS_A_LOOK, epoch) + 1e-9
        assert 1 <= len(player.frames) <= FRAMES_A_TICK
        assert before < player.frames[0].epoch
        assert player.frames[-1].epoch == player.trainer.epoch


@pytest.mark.parametrize("look", [0.004, 0.01, 0.05, 0.1, 0.2, 10])
def test_on_a_machine_that_is_starved_a_tick_has_fewer_frames_but_never_none(monkeypatch, look):
    Machine(monkeypatch, look=look)
    player = Player(Experiment())
    player.play()
    assert 1 <= len(player.frames) < FRAMES_A_TICK
    assert player.frames[0].epoch >= 1
    player.pause()
    assert player.frames[-1].epoch == player.trainer.epoch


@pytest.mark.parametrize("epoch", [1e-5, 1e-3, 0.3, 5])
def test_a_step_takes_a_second_at_the_most_or_one_epoch(monkeypatch, epoch):
    machine = Machine(monkeypatch, epoch)
    player = Player(Experiment(speed=1000))
    assert machine.time(player.step) <= SECONDS_A_STEP + max(SECONDS_A_LOOK, epoch) + 1e-9
    assert 1 <= player.trainer.epoch <= 1000


@pytest.mark.parametrize("act", [Player.tick, Player.step])
def test_a_change_that_makes_epochs_a_thousand_times_as_long_is_noticed_at_once(monkeypatch, act):
    machine = Machine(monkeypatch, 2e-5)
    player = Player(Experiment(speed=1000))
    player.play()
    player.change(player.experiment.changed(batch_size=50))
    machine.epoch = 2e-2
    bound = SECONDS_A_TICK if act is Player.tick else SECONDS_A_STEP
    assert machine.time(lambda: act(player)) <= bound + machine.epoch + 1e-9


# --- Stopping ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", [1, 12, 1000])
@pytest.mark.parametrize("max_epochs", [1, 13, 100, 1201])
def test_it_stops_at_the_last_epoch_exactly_and_says_so(max_epochs, speed):
    player = Player(Experiment(speed=speed, max_epochs=max_epochs))
    frames = play(player)
    assert frames[-1].epoch == player.trainer.epoch == max_epochs
    assert player.message.kind == "success"
    assert f"{max_epochs:,} epochs are done" in player.message.text


@pytest.mark.parametrize("speed", [1, 12, 1000])
def test_it_stops_at_the_first_epoch_below_the_wanted_loss_and_says_so(speed):
    player = Player(Experiment(speed=speed, target_loss=0.1))
    play(player)
    losses = trained(1000).history.losses
    first = int(np.argmax(losses < 0.1))
    assert player.trainer.epoch == first
    assert player.frames[-1].loss == losses[first] < 0.1 <= losses[first - 1]
    assert player.message == ("success", f"The loss is below 0.1, at epoch {first:,}.")


@pytest.mark.parametrize("changes", [{"max_epochs": 20}, {"target_loss": 0.3}, DIVERGING], ids=str)
def test_once_finished_every_way_on_says_why_and_moves_nothing(changes):
    player = Player(Experiment(**changes))
    play(player)
    message, epoch, parameters = player.message, player.trainer.epoch, player.trainer.network.parameters.copy()
    for act in (player.play, player.step, player.tick, player.pause):
        act()
        assert not player.playing
        assert player.message == message
        assert player.trainer.epoch == epoch
        assert [frame.epoch for frame in player.frames[-1:]] == [epoch]
    np.testing.assert_array_equal(player.trainer.network.parameters, parameters)


def test_a_step_that_finishes_says_so_at_once():
    player = Player(Experiment(max_epochs=12))
    player.step()
    assert "12 epochs are done" in player.message.text


def test_a_limit_below_the_present_epoch_stops_it_where_it_is():
    player = Player(Experiment())
    player.play()
    epoch = player.trainer.epoch
    player.change(player.experiment.changed(max_epochs=1))
    player.tick()
    assert (player.trainer.epoch, player.playing) == (epoch, False)
    assert f"{epoch:,} epochs are done" in player.message.text


@pytest.mark.parametrize(
    ("changes", "further"),
    [
        ({"max_epochs": 20}, {"max_epochs": 20_000}),
        ({"target_loss": 0.3}, {"target_loss": 0.0}),
        (DIVERGING, {"learning_rate": 0.01}),
    ],
    ids=str,
)
def test_when_the_reason_is_gone_so_is_the_message_and_it_goes_on(changes, further):
    player = Player(Experiment(**changes))
    play(player)
    epoch = player.trainer.epoch
    player.change(player.experiment.changed(**further))
    assert player.message is None
    player.play()
    assert player.playing
    assert player.trainer.epoch > epoch


def test_a_pause_drops_nothing():
    player = Player(Experiment())
    player.play()
    last, version = player.frames[-1], player.frame_version
    player.pause()
    assert not player.playing
    assert player.frames == [last]
    assert player.frame_version == version + 1
    np.testing.assert_array_equal(last.parameters, player.trainer.network.parameters)
    player.tick()  # a wish of the browser that was on its way
    assert player.frames == [last]
    assert last.epoch == player.trainer.epoch


# --- Divergence -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [0, 30])
@pytest.mark.parametrize("learning_rate", [1.0, 3.0, 100.0])
@pytest.mark.parametrize("layers", [(20,), (64, 64, 64, 64)], ids=str)
def test_divergence_is_told_and_leaves_the_last_finite_state(layers, learning_rate, batch_size):
    activations = ("sigmoid",) if len(layers) == 1 else ("relu",) * 4
    changes = {"layers": layers, "activations": activations, "learning_rate": learning_rate, "batch_size": batch_size}
    player = Player(Experiment(**changes))
    frames = play(player)
    epoch, quantity = player.trainer.diverged
    assert not player.playing
    assert player.message.kind == "error"
    for words in (f"epoch {epoch:,}", quantity, f"last finite state, epoch {epoch - 1:,}.", "learning rate"):
        assert words in player.message.text
    assert frames[-1].epoch == player.trainer.epoch == epoch - 1
    assert np.isfinite([frame.loss for frame in frames]).all()
    assert all(np.isfinite(frame.parameters).all() for frame in frames)


def test_after_divergence_a_smaller_learning_rate_goes_on_from_there():
    player = Player(Experiment(**DIVERGING))
    play(player)
    epoch, loss = player.trainer.epoch, player.trainer.loss
    player.change(player.experiment.changed(learning_rate=1e-6))
    player.step()
    assert player.trainer.epoch == epoch + 12
    assert player.trainer.diverged is None
    assert player.frames[-1].loss < loss


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov"])
@pytest.mark.parametrize("batch_size", [0, 30])
def test_after_divergence_what_is_mended_by_hand_trains_again(optimizer, batch_size):
    player = Player(Experiment(optimizer=optimizer, learning_rate=3.0, batch_size=batch_size))
    play(player)
    assert player.trainer.diverged
    start = player.recording.checkpoints[0].parameters
    for place, value in enumerate(start):
        player.set_parameter(place, value)
    player.change(player.experiment.changed(learning_rate=0.01))
    epoch, loss = player.trainer.epoch, player.trainer.loss
    for _ in range(5):
        player.step()
    assert player.trainer.epoch == epoch + 5 * 12
    assert player.trainer.diverged is None
    assert player.trainer.loss < loss

    fresh = Player(player.experiment)  # which, with all the examples a step, is the same run from its start
    fresh.trainer.network.parameters[:] = start
    for _ in range(5):
        fresh.step()
    if not batch_size:
        np.testing.assert_array_equal(player.trainer.network.parameters, fresh.trainer.network.parameters)


def test_after_divergence_a_value_that_cannot_be_leaves_it_diverged():
    player = Player(Experiment(optimizer="momentum", **DIVERGING))
    play(player)
    diverged, state = player.trainer.diverged, player.trainer.optimizer.state
    with pytest.raises(ValueError, match="loss is"):
        player.set_parameter(0, np.nan)
    assert player.trainer.diverged == diverged
    np.testing.assert_array_equal(player.trainer.optimizer.state["v"], state["v"])


def test_after_divergence_reset_goes_back_to_the_start():
    player = Player(Experiment(**DIVERGING))
    play(player)
    player.reset()
    assert (player.trainer.epoch, player.trainer.diverged, player.message) == (0, None, None)


def test_a_restart_takes_back_what_was_said_of_the_run_before():
    player = Player(Experiment(**DIVERGING))
    play(player)
    player.change(player.experiment.changed(layers=(10,)))
    assert player.message.kind == "info"
    assert player.trainer.diverged is None


def test_a_run_that_diverged_in_its_very_first_step_is_forgotten_on_a_restart(monkeypatch):
    player = Player(Experiment())
    monkeypatch.setattr(player.trainer.optimizer, "step", lambda parameters, gradient: parameters.fill(np.inf))
    player.play()
    assert (player.trainer.epoch, player.message.kind) == (0, "error")
    player.change(player.experiment.changed(layers=(10,)))
    assert player.message is None


# --- Changes ----------------------------------------------------------------------------------------------------------

LIVE = [
    {"learning_rate": 0.05},
    {"optimizer": "adam"},
    {"optimizer": "momentum", "momentum": 0.5},
    {"batch_size": 30},
    {"speed": 100},
    {"max_epochs": 5000},
    {"target_loss": 0.01},
]
RESTARTING = [
    {"target": "cosine"},
    {"low": -4.0},
    {"high": 4.0},
    {"points": 50},
    {"noise": 0.1},
    {"data_seed": 1},
    {"layers": (10,)},
    {"layers": (10, 10), "activations": ("tanh", "tanh")},
    {"activations": ("tanh",)},
    {"output_activation": "tanh"},
    {"initializer": "he"},
    {"seed": 1},
]


@pytest.mark.parametrize("playing", [True, False])
@pytest.mark.parametrize("changes", LIVE, ids=str)
def test_what_can_change_at_once_does_and_the_run_goes_on(changes, playing):
    player = Player(Experiment())
    player.play()
    player.playing = playing
    epoch, run, trainer = player.trainer.epoch, player.run_id, player.trainer
    parameters = trainer.network.parameters.copy()
    player.change(player.experiment.changed(**changes))
    assert player.experiment == Experiment(**changes)
    assert (player.trainer, player.trainer.epoch, player.run_id, player.playing) == (trainer, epoch, run, playing)
    np.testing.assert_array_equal(trainer.network.parameters, parameters)
    assert trainer.optimizer.hyperparameters == player.experiment.make_optimizer().hyperparameters
    assert trainer.optimizer.name == player.experiment.optimizer
    assert trainer.batch_size == (player.experiment.batch_size or 100)
    player.step()
    assert player.trainer.epoch == epoch + player.experiment.speed


def test_a_new_learning_rate_acts_from_the_next_epoch_on_and_momentum_is_kept():
    player = Player(Experiment(optimizer="momentum"))
    player.step()
    player.change(player.experiment.changed(learning_rate=0.02, momentum=0.5))
    player.step()
    trainer = trained(12, optimizer="momentum")
    trainer.optimizer.configure(learning_rate=0.02, momentum=0.5)
    trainer.train(12)
    np.testing.assert_array_equal(player.trainer.network.parameters, trainer.network.parameters)


@pytest.mark.parametrize("playing", [True, False])
@pytest.mark.parametrize("changes", RESTARTING, ids=str)
def test_another_network_or_other_data_restart_the_run_and_it_says_so(changes, playing):
    player = Player(Experiment())
    player.play()
    player.playing = playing
    run = player.run_id
    player.change(player.experiment.changed(**changes))
    fresh = Player(Experiment(**changes))
    assert (player.trainer.epoch, player.run_id, player.playing) == (0, run + 1, playing)
    assert player.message == ("info", "Another network or other data: the run starts again at epoch 0.")
    assert [frame.epoch for frame in player.frames] == [0]
    np.testing.assert_array_equal(player.frames[0].output, fresh.frames[0].output)
    np.testing.assert_array_equal(player.problem.Ys, fresh.problem.Ys)
    np.testing.assert_array_equal(player.grid, fresh.grid)
    player.playing = False
    player.step()
    fresh.step()
    assert player.frames[0].loss == fresh.frames[0].loss


def test_at_epoch_0_there_is_no_restart_to_tell_of():
    player = Player(Experiment())
    player.change(Experiment(points=50))
    assert player.message is None


def test_that_it_restarted_is_told_until_the_next_pause():
    player = Player(Experiment())
    player.play()
    player.change(player.experiment.changed(points=50))
    player.tick()
    assert player.message.kind == "info"
    player.pause()
    assert player.message is None


def test_the_same_experiment_changes_nothing():
    player = Player(Experiment())
    player.play()
    before = snapshot(player)
    player.change(Experiment())
    assert snapshot(player) == before


class Impossible(Experiment):
    """An experiment whose training cannot start."""

    def make_trainer(self, problem):
        raise ValueError("With these parameters the loss is inf.")


@pytest.mark.parametrize("playing", [True, False])
def test_an_experiment_that_cannot_start_leaves_everything_as_it_was(playing):
    player = Player(Experiment())
    player.play()
    player.playing = playing
    before = snapshot(player)
    with pytest.raises(ValueError, match="the loss is inf"):
        player.change(Impossible(points=50))
    assert snapshot(player) == before
    player.step()
    assert player.trainer.epoch == before[3] + 12


# --- Starting again ---------------------------------------------------------------------------------------------------


def test_reset_is_the_same_start_again():
    player = Player(Experiment(batch_size=30, noise=0.2))
    first = play_some(player)
    player.reset()
    assert (player.trainer.epoch, player.playing, player.message) == (0, False, None)
    assert [frame.epoch for frame in player.frames] == [0]
    np.testing.assert_array_equal(play_some(player), first)


def play_some(player):
    player.step()
    player.step()
    return player.trainer.network.parameters.copy()


def test_new_start_is_the_start_of_the_next_seed_on_the_same_data():
    player = Player(Experiment(noise=0.2))
    player.play()
    data, parameters = player.problem.Ys, player.frames[0].parameters
    experiment = player.new_start()
    assert experiment == player.experiment == Experiment(noise=0.2, seed=1)
    assert (player.trainer.epoch, player.playing) == (0, False)
    np.testing.assert_array_equal(player.problem.Ys, data)
    assert (player.frames[0].parameters != parameters).any()
    np.testing.assert_array_equal(player.frames[0].parameters, Player(experiment).frames[0].parameters)


def test_after_the_last_seed_comes_the_first():
    player = Player(Experiment(seed=9999))
    assert player.new_start().seed == 0


@pytest.mark.parametrize(
    ("act", "runs", "versions"),
    [
        (Player.play, 0, 1),
        (Player.pause, 0, 1),
        (Player.step, 0, 1),
        (Player.tick, 0, 0),  # nothing plays
        (Player.reset, 1, 1),
        (Player.new_start, 1, 1),
        (lambda player: player.change(Experiment(speed=1)), 0, 0),
        (lambda player: player.change(Experiment(points=50)), 1, 1),
    ],
)
def test_a_start_raises_the_run_and_new_frames_the_version(act, runs, versions):
    player = Player(Experiment())
    run, version = player.run_id, player.frame_version
    act(player)
    assert (player.run_id - run, player.frame_version - version) == (runs, versions)


def test_every_tick_has_a_version_of_its_own():
    player = Player(Experiment())
    player.play()
    version = player.frame_version
    player.tick()
    player.tick()
    assert player.frame_version == version + 2


def test_two_players_share_nothing():
    one, other = Player(Experiment()), Player(Experiment())
    before = snapshot(other)
    one.play()
    one.change(one.experiment.changed(layers=(3,)))
    assert snapshot(other) == before
