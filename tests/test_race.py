"""The race: runners in step on the same data, each the run that it would be alone."""

import numpy as np
import pytest

from playground.compare.race import HISTORY, Race
from playground.experiment import Experiment
from playground.live.race_payload import race_payload
from tests.test_payload import unpack

RATES = [Experiment(learning_rate=rate, test_fraction=0.2) for rate in (0.05, 0.2, 0.4)]
NAMES = ("0.05", "0.2", "0.4")


def raced(experiments=RATES, names=NAMES, ticks=2):
    race = Race(experiments, names)
    race.playing = True
    for _ in range(ticks):
        race.tick()
    return race


def test_every_runner_is_the_run_that_it_would_be_alone():
    race = raced()
    assert race.epoch > 0
    for place, experiment in enumerate(RATES):
        problem = experiment.make_problem()
        trainer = experiment.trainer(problem)
        trainer.step(race.epoch)
        assert race.frames[-1].losses[place] == trainer.loss
        output = trainer.network.evaluate(problem.see(race.grid))[-1].A
        np.testing.assert_array_equal(race.frames[-1].outputs[place : place + 1], output)
        np.testing.assert_array_equal(race.losses[place], [trainer.history.losses[epoch] for epoch in race.epochs])


def test_all_of_them_are_at_the_same_epoch_in_every_frame():
    race = raced()
    epochs = [frame.epoch for frame in race.frames]
    assert epochs == sorted(set(epochs))
    assert epochs[-1] == race.epoch


def test_one_that_diverges_stays_where_it_was_and_the_others_run_on():
    race = raced([Experiment(learning_rate=rate) for rate in (0.1, 90.0)], ("0.1", "90"))
    calm, wild = race.diverged
    assert calm is None
    assert wild.epoch <= race.epoch
    assert np.isfinite(race.losses).all()
    assert race.playing


def test_it_ends_with_the_epochs_and_when_nobody_is_left():
    race = raced([e.changed(max_epochs=30) for e in RATES], ticks=5)
    assert (race.epoch, race.over, race.playing) == (30, True, False)
    assert raced([Experiment(learning_rate=90.0), Experiment(learning_rate=95.0)], ("a", "b"), ticks=5).over


def test_the_history_is_bounded_and_begins_at_the_start():
    race = raced([Experiment(layers=(1,), speed=1000), Experiment(layers=(2,), speed=1000)], ("1", "2"), ticks=6)
    assert race.epoch > HISTORY
    assert len(race.epochs) <= HISTORY
    assert race.epochs[0] == 0
    assert len(set(np.diff(race.epochs))) == 1


@pytest.mark.parametrize(
    ("experiments", "said"),
    [
        (RATES[:1], "2 to 4 runs"),
        (RATES * 2, "2 to 4 runs"),
        ([Experiment(), Experiment(target="step")], "same data"),
        ([Experiment(), Experiment(data_seed=1, noise=0.1)], "same data"),
    ],
)
def test_what_cannot_race_is_refused(experiments, said):
    with pytest.raises(ValueError, match=said):
        Race(experiments, [""] * len(experiments))


def test_other_features_see_the_same_points():
    race = raced([Experiment(problem="xor"), Experiment(problem="xor", features=("product",))], ("x1, x2", "x1 x2"))
    assert race.frames[-1].outputs is None
    assert race.frames[-1].losses[1] < race.frames[-1].losses[0]


def test_the_browser_is_sent_what_the_race_has():
    race = raced()
    header, arrays = unpack(race_payload(race, 3))
    assert (header["race"], header["names"], header["fits"]) == (3, list(NAMES), True)
    np.testing.assert_array_equal(arrays["losses"], [frame.losses for frame in race.frames])
    np.testing.assert_array_equal(arrays["outputs"], [frame.outputs for frame in race.frames])
    np.testing.assert_array_equal(arrays["history_losses"], race.losses)
    low, high = header["ranges"]["log"]
    assert 10**low <= race.losses.min()
    assert race.losses.max() <= 10**high
    header, arrays = unpack(race_payload(raced([e.changed(problem="circle") for e in RATES]), 1))
    assert not header["fits"]
    assert "outputs" not in arrays
