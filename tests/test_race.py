"""The race: contestants in step on the same data, each the run that it would be alone."""

import numpy as np
import pytest

from playground.compare.race import MAX_HISTORY, Race
from playground.compare.settings import with_values
from playground.components.precision import MAP_STEPS, MAX_SPANS
from playground.components.race import race_payload
from playground.experiment import Experiment
from playground.figures.plane import shade_limits, shades
from playground.problems.grid import SMALL_CELLS, evaluation_grid
from playground.problems.measures import measure
from playground.units_off import read_units
from tests.support.payload import unpack

OFF = {"layers": (5, 4), "activations": ("tanh", "relu"), "off": "1.3,2.0"}
RATES = [Experiment(learning_rate=rate, test_fraction=0.2) for rate in (0.05, 0.2, 0.4)]
NAMES = ("0.05", "0.2", "0.4")
PROBLEMS_2D = {
    "two classes": {"problem": "circle", "loss": "cross_entropy", "test_fraction": 0.3},
    "three classes": {"problem": "rings", "loss": "cross_entropy", "scaling": "standard"},
    "a number": {"problem": "multi_gaussian", "scaling": "standard", "test_fraction": 0.3},
}
EACH_PLANE = pytest.mark.parametrize("plane", PROBLEMS_2D.values(), ids=PROBLEMS_2D)


def raced(experiments=RATES, names=NAMES, ticks=2):
    race = Race(experiments, names)
    race.playing = True
    for _ in range(ticks):
        race.tick()
    return race


def alone(experiment, epoch):
    """(Problem, Trainer) of an experiment trained without the race, up to an epoch."""
    _, problem, trainer = experiment.start()
    trainer.train(epoch)
    return problem, trainer


def on_plane(plane, rates=(0.05, 0.2, 0.4)):
    return [Experiment(learning_rate=rate, **plane) for rate in rates]


def with_outputs(race):
    return [frame for frame in race.frames if frame.outputs is not None]


def test_every_contestant_is_the_run_that_it_would_be_alone():
    race = raced()
    assert race.epoch > 0
    for place, experiment in enumerate(RATES):
        problem, trainer = alone(experiment, race.epoch)
        assert race.frames[-1].losses[place] == trainer.loss
        output = trainer.network.evaluate(problem.network_inputs(race.grid))[-1].A
        np.testing.assert_array_equal(race.frames[-1].outputs[place], output)
        np.testing.assert_array_equal(race.losses[place], [trainer.history.losses[epoch] for epoch in race.epochs])


def test_units_that_are_off_are_off_in_every_contestant_and_a_value_may_take_them_away():
    rates = [with_values(Experiment(**OFF), {"learning_rate": rate}) for rate in (0.05, 0.2)]
    race = raced([*rates, with_values(rates[0], {"units": 3})], ("0.05", "0.2", "3 units"))
    for place, (experiment, off) in enumerate(zip(race.experiments, ("1.3,2.0", "1.3,2.0", "2.0"), strict=True)):
        problem, trainer = alone(experiment, race.epoch)
        assert trainer.network.off == read_units(off, experiment.layers)
        assert race.frames[-1].losses[place] == trainer.loss
        output = trainer.network.evaluate(problem.network_inputs(race.grid))[-1].A
        np.testing.assert_array_equal(race.frames[-1].outputs[place], output)
        _, on = alone(experiment.changed(off=""), race.epoch)
        assert on.loss != trainer.loss


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
    assert race.epoch > MAX_HISTORY
    assert len(race.epochs) <= MAX_HISTORY
    assert race.epochs[0] == 0
    assert len(set(np.diff(race.epochs))) == 1


@pytest.mark.parametrize(
    ("experiments", "message"),
    [
        (RATES[:1], "2 to 4 runs"),
        (RATES * 2, "2 to 4 runs"),
        ([Experiment(), Experiment(target="step")], "same data"),
        ([Experiment(), Experiment(data_seed=1, noise=0.1)], "same data"),
    ],
)
def test_experiments_that_cannot_race_are_rejected(experiments, message):
    with pytest.raises(ValueError, match=message):
        Race(experiments, [""] * len(experiments))


def test_other_features_are_of_the_same_points():
    race = raced([Experiment(problem="xor"), Experiment(problem="xor", features=("product",))], ("x1, x2", "x1 x2"))
    assert race.frames[-1].losses[1] < race.frames[-1].losses[0]


def test_the_browser_is_sent_what_the_race_has():
    race = raced()
    header, arrays = unpack(race_payload(race, 3))
    assert (header["run_id"], header["names"], header["plane"]) == (3, list(NAMES), None)
    np.testing.assert_array_equal(arrays["losses"], [frame.losses for frame in race.frames])
    outputs = np.array([frame.outputs[:, 0] for frame in race.frames])
    tenth_of_a_pixel = MAX_SPANS * np.ptp(race.problem.samples[1]) / 2**16
    np.testing.assert_allclose(arrays["outputs"], outputs, rtol=0, atol=tenth_of_a_pixel)
    np.testing.assert_allclose(arrays["history_losses"], race.losses, rtol=2**-24)
    low, high = header["ranges"]["log"]
    assert 10**low <= race.losses.min()
    assert race.losses.max() <= 10**high
    assert not {"shades", "accuracies"} & set(arrays)
    after = int(race.epochs[5])
    header, new = unpack(race_payload(race, 3, with_figures=False, after=after))
    assert header["history"] == {
        "lineage": 3,
        "origin": None,
        "after": after,
        "until": race.epoch,
        "stride": int(race.epochs[1]),
    }
    np.testing.assert_array_equal(new["history_losses"], arrays["history_losses"][:, 6:])
    race.playing = False
    np.testing.assert_array_equal(unpack(race_payload(race, 3))[1]["outputs"], outputs)


def test_its_measures_are_those_of_each_run_alone():
    race = raced()
    for experiment, measures in zip(RATES, race.measures, strict=True):
        problem, trainer = alone(experiment, race.epoch)
        assert measures == measure(problem, trainer.network)


# --- On a plane -------------------------------------------------------------------------------------------------------


@EACH_PLANE
def test_every_map_is_the_output_of_the_run_alone_over_the_same_grid(plane):
    experiments = on_plane(plane)
    race = raced(experiments)
    frame = with_outputs(race)[0]
    for place, experiment in enumerate(experiments):
        problem, trainer = alone(experiment, frame.epoch)
        seen = problem.network_inputs(evaluation_grid(problem.ranges, SMALL_CELLS))
        np.testing.assert_array_equal(
            frame.outputs[place], problem.y.inverse_transform(trainer.network.evaluate(seen)[-1].A)
        )
        if problem.classes:
            predicted = problem.predicted_class(trainer.network.evaluate(problem.Xs)[-1].A)
            assert frame.accuracies[place] == np.mean(predicted == problem.samples[-1])
    assert (frame.accuracies is None) == (not race.problem.classes)


def test_every_contestant_sees_the_grid_through_its_own_features():
    experiments = [Experiment(problem="xor", features=features) for features in (("x1", "x2"), ("product",))]
    race = raced(experiments, ("x1, x2", "x1 x2"))
    for place, experiment in enumerate(experiments):
        problem, trainer = alone(experiment, race.epoch)
        output = trainer.network.evaluate(problem.network_inputs(race.grid))[-1].A
        np.testing.assert_array_equal(race.frames[-1].outputs[place], output)


@EACH_PLANE
def test_some_frames_have_maps_and_the_first_and_the_last_of_an_answer_always(plane):
    race = Race([experiment.changed(max_epochs=50) for experiment in on_plane(plane)], NAMES)  # five frames
    assert race.frames[0].outputs is not None
    race.playing = True
    while race.playing:
        race.tick()
        assert race.frames[-1].outputs is not None
        assert len(with_outputs(race)) <= len(race.frames) // 3 + 1


def test_a_contestant_that_diverged_keeps_its_last_finite_map():
    experiments = on_plane(PROBLEMS_2D["a number"], (0.05, 90.0))
    race = raced(experiments, ("0.05", "90"))
    _, trainer = alone(experiments[1], race.epoch)
    assert race.diverged == [None, trainer.diverged]
    assert trainer.epoch < race.epoch
    after = [frame for frame in with_outputs(race) if frame.epoch > trainer.epoch]
    problem = race.problem
    last = problem.y.inverse_transform(trainer.network.evaluate(problem.network_inputs(race.grid))[-1].A)
    assert np.isfinite(last).all()
    assert np.abs(last).max() > np.finfo(np.float32).max
    for frame in after:
        np.testing.assert_array_equal(frame.outputs[1], last)
    start = Race(experiments, ("0.05", "90")).frames[0]
    assert not np.array_equal(start.outputs[0], after[-1].outputs[0])
    _, arrays = unpack(race_payload(race, 1))
    low, high = shade_limits(problem)
    beyond = np.abs(last[0]) > max(-low, high)
    ends = np.where(last[0] < 0, low, high)
    half_a_step = (high - low) / MAP_STEPS / 2
    np.testing.assert_allclose(arrays["shades"][-1, 1][beyond], ends[beyond], atol=half_a_step * (1 + 1e-6))


@EACH_PLANE
def test_the_browser_is_sent_the_shades_of_every_map_on_one_scale(plane):
    race = raced(on_plane(plane))
    header, arrays = unpack(race_payload(race, 1))
    problem, frames = race.problem, with_outputs(race)
    rows = header["output_rows"]
    assert [frame for frame, row in zip(race.frames, rows, strict=True) if row is not None] == frames
    assert [row for row in rows if row is not None] == list(range(len(frames)))
    low, high = header["plane"]["limits"]
    half_a_step = (high - low) / MAP_STEPS / 2 * (1 + 1e-6)
    assert arrays["shades"].shape == (len(frames), 3, header["plane"]["cells"] ** 2)
    for sent, frame in zip(arrays["shades"], frames, strict=True):
        for shade, output in zip(sent, frame.outputs, strict=True):
            np.testing.assert_allclose(shade, np.clip(shades(problem, output), low, high), rtol=0, atol=half_a_step)
    race.playing = False
    _, still = unpack(race_payload(race, 1))
    drawn = [[np.clip(shades(problem, output), low, high) for output in frame.outputs] for frame in frames]
    np.testing.assert_allclose(still["shades"], drawn, rtol=2**-24)
    if problem.classes:
        np.testing.assert_array_equal(arrays["accuracies"], [frame.accuracies for frame in frames])
    for figures in header["figures"].values():
        (heatmap,), (points,) = (figure["data"] for figure in figures["small"])
        assert (heatmap["zmin"], heatmap["zmax"]) == (low, high)
        assert [points["x"], points["y"]] == problem.samples[:2].tolist()  # and none of the test points
