"""The pace of a player: ticks and single frames take bounded time, however slow the machine is."""

import pytest

from nn import Trainer
from playground.experiment import Experiment
from playground.player import Player, pacing
from playground.player import player as player_module
from playground.player.pacing import MAX_FRAMES_PER_TICK, SECONDS_PER_CLOCK_CHECK
from playground.player.player import FRAMES_PER_TICK, SECONDS_PER_FRAME, SECONDS_PER_TICK


class Machine:
    """A fake clock: only training takes time, `epoch` seconds per epoch, and `look` seconds per look at the clock."""

    def __init__(self, monkeypatch, epoch=0.0, look=0.0):
        self.now, self.epoch, self.look = 1000.0, epoch, look
        train = Trainer.train

        def timed_train(trainer, epochs, **options):
            done = train(trainer, epochs, **options)
            self.now += done * self.epoch
            return done

        monkeypatch.setattr(Trainer, "train", timed_train)
        for module in (player_module, pacing):
            monkeypatch.setattr(module, "computing_time", self.computing_time)

    def computing_time(self):
        self.now += self.look
        return self.now

    def time(self, call):
        """How long a call takes."""
        start = self.now
        call()
        return self.now - start


def test_the_frames_of_a_tick_are_as_many_epochs_apart_as_the_speed(monkeypatch):
    Machine(monkeypatch)
    player = Player(Experiment(speed=12))
    player.play()
    assert [frame.epoch for frame in player.frames] == [12 * n for n in range(1, FRAMES_PER_TICK + 1)]
    player.tick()
    assert player.frames[0].epoch == 12 * (FRAMES_PER_TICK + 1)


@pytest.mark.parametrize("speed", [1, 12, 1000])
@pytest.mark.parametrize("epoch", [0, 1e-5, 1e-3, 0.02, 0.3, 5])
def test_a_tick_keeps_to_its_time_however_slow_the_machine(monkeypatch, epoch, speed):
    machine = Machine(monkeypatch, epoch)
    player = Player(Experiment(speed=speed, max_epochs=1_000_000, layers=(1,), points=2))
    player.playing = True
    for _ in range(3):
        before = player.trainer.epoch
        assert machine.time(player.tick) <= SECONDS_PER_TICK + max(SECONDS_PER_CLOCK_CHECK, epoch) + 1e-9
        assert 1 <= len(player.frames) <= FRAMES_PER_TICK
        assert before < player.frames[0].epoch
        assert player.frames[-1].epoch == player.trainer.epoch


@pytest.mark.parametrize("epoch", [1e-5, 1e-3, 0.02])
def test_a_tick_of_more_frames_takes_as_much_longer(monkeypatch, epoch):
    machine = Machine(monkeypatch, epoch)
    player = Player(Experiment(speed=1000, max_epochs=1_000_000, layers=(1,), points=2))
    player.playing = True
    for _ in range(3):
        seconds = machine.time(lambda: player.tick(MAX_FRAMES_PER_TICK))
        assert seconds <= 3 * SECONDS_PER_TICK + max(SECONDS_PER_CLOCK_CHECK, epoch) + 1e-9
        assert len(player.frames) <= MAX_FRAMES_PER_TICK


@pytest.mark.parametrize("look", [0.004, 0.01, 0.05, 0.1, 0.2, 10])
def test_on_a_starved_machine_a_tick_has_fewer_frames_but_at_least_one(monkeypatch, look):
    Machine(monkeypatch, look=look)
    player = Player(Experiment())
    player.play()
    assert 1 <= len(player.frames) < FRAMES_PER_TICK
    assert player.frames[0].epoch >= 1
    player.pause()
    assert player.frames[-1].epoch == player.trainer.epoch


@pytest.mark.parametrize("epoch", [1e-5, 1e-3, 0.3, 5])
def test_a_single_frame_takes_at_most_a_second_or_one_epoch(monkeypatch, epoch):
    machine = Machine(monkeypatch, epoch)
    player = Player(Experiment(speed=1000))
    assert machine.time(player.train_one_frame) <= SECONDS_PER_FRAME + max(SECONDS_PER_CLOCK_CHECK, epoch) + 1e-9
    assert 1 <= player.trainer.epoch <= 1000


@pytest.mark.parametrize("act", [Player.tick, Player.train_one_frame])
def test_a_change_that_makes_epochs_a_thousand_times_as_long_is_noticed_at_once(monkeypatch, act):
    machine = Machine(monkeypatch, 2e-5)
    player = Player(Experiment(speed=1000))
    player.play()
    player.change(player.experiment.changed(batch_size=50))
    machine.epoch = 2e-2
    bound = SECONDS_PER_TICK if act is Player.tick else SECONDS_PER_FRAME
    assert machine.time(lambda: act(player)) <= bound + machine.epoch + 1e-9
