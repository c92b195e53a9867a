"""The sweep: what is trained, and what its results are."""

import math
import re

import numpy as np
import pytest

from playground.compare.cells import summary
from playground.compare.result import Result, train
from playground.compare.sweep import ON_COMMAND, ON_PAGE, SweepPlan
from playground.experiment import Experiment
from playground.player import Player
from playground.problems.measures import measure
from tests.support.processes import until
from tests.support.sweeps import CLASSES, plan_of


def test_every_combination_is_a_cell():
    plan = plan_of(("learning_rate", [0.1, 0.2]), ("batch_size", [0, 10, 20]))
    rates = [(cell.learning_rate, cell.batch_size) for cell in plan.cells()]
    assert rates == plan.values == [(0.1, 0), (0.1, 10), (0.1, 20), (0.2, 0), (0.2, 10), (0.2, 20)]


def test_units_and_activation_are_those_of_all_hidden_layers():
    deep = Experiment(layers=(3, 4, 5), activations=("tanh", "relu", "sigmoid"))
    cells = plan_of(("units", [7]), ("activation", ["sine"]), experiment=deep).cells()
    assert cells == [deep.changed(layers=(7, 7, 7), activations=("sine",) * 3)]


def test_each_value_of_layers_is_a_network_whose_last_activation_goes_on():
    deep = Experiment(layers=(3, 4), activations=("tanh", "relu"))
    cells = plan_of(("layers", [(7,), (7, 8, 9)]), ("activation", ["sine"]), experiment=deep).cells()
    assert cells == [
        deep.changed(layers=(7,), activations=("sine",)),
        deep.changed(layers=(7, 8, 9), activations=("sine",) * 3),
    ]
    (_, cell) = plan_of(("layers", [(7,), (7, 8, 9)]), experiment=deep).cells()
    assert cell.activations == ("tanh", "relu", "relu")


def test_a_command_may_sweep_far_more_than_the_page():
    rates = ("learning_rate", tuple(0.001 * (1 + n) for n in range(100)))
    axes = (rates, ("units", (1, 64)), ("momentum", (0.1, 0.2)))
    assert len(SweepPlan(Experiment(), axes, 20, 100_000, ON_COMMAND).runs()) == 100 * 2 * 2 * 20
    for values, message in [
        ({"seeds": 1001}, "1001"),
        ({"epochs": 10**7}, "10000000"),
        ({"axes": axes * 2}, "up to 4"),
    ]:
        with pytest.raises(ValueError, match=message):
            SweepPlan(
                **{"experiment": Experiment(), "axes": axes, "seeds": 1, "epochs": 1, "limits": ON_COMMAND, **values}
            )


def test_every_cell_is_trained_once_from_each_seed_and_all_cells_before_the_next_seed():
    plan = plan_of(("learning_rate", [0.1, 0.2]), experiment=Experiment(seed=9998), seeds=3)
    runs = plan.runs()
    assert list(runs) == [(cell, seed) for seed in range(3) for cell in range(2)]
    assert [(e.learning_rate, e.seed) for e in runs.values()] == [
        (0.1, 9998), (0.2, 9998), (0.1, 9999), (0.2, 9999), (0.1, 0), (0.2, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"axes": ()}, "none"),
        ({"axes": (("l1", [0]), ("l2", [0]), ("clip", [0]))}, "l1 and l2 and clip"),
        ({"axes": (("l1", [0]), ("l1", [1]))}, "l1 and l1"),
        ({"axes": (("colour", [1]),)}, "'colour'"),
        ({"axes": (("own", ["x,y"]),)}, "'own'"),
        ({"axes": (("seed", [1]),)}, "'seed'"),
        ({"axes": (("activations", [("tanh",)]),)}, "'activations'"),
        ({"axes": (("layers", [(3,), (3, 65)]),)}, "65"),
        ({"axes": (("layers", [(3,) * 5]),)}, "0 to 4 hidden layers"),
        ({"axes": (("layers", [(3,)]), ("units", [3]))}, "layers or units"),
        ({"axes": (("layers", [(), (3,)]), ("activation", ["tanh"]))}, "no hidden layer"),
        ({"axes": (("l1", []),)}, "L1"),
        ({"axes": (("l1", 0.1),)}, "L1"),
        ({"axes": (("l1", [0.1, 0.2, 0.1]),)}, "0.1 is listed twice"),
        ({"axes": (("units", [8, 8.0]),)}, "8 is listed twice"),
        ({"axes": (("learning_rate", [0.1, 1000]),)}, "1000"),
        ({"axes": (("learning_rate", [math.nan]),)}, "nan"),
        ({"axes": (("learning_rate", [True]),)}, "True"),
        ({"axes": (("units", [65]),)}, "65"),
        ({"axes": (("units", [2.5]),)}, "2.5"),
        ({"axes": (("activation", ["softmax"]),)}, "'softmax'"),
        ({"axes": (("optimizer", ["newton"]),)}, "'newton'"),
        ({"axes": (("loss", ["squared_error", "cross_entropy"]),)}, "Loss cross_entropy: "),
        ({"axes": (("low", [-5, 5]), ("high", [5]))}, "From x = 5 and To x = 5: "),
        ({"axes": (("data_seed", list(range(65))),)}, "1 to 64"),
        ({"axes": (("data_seed", list(range(13))), ("units", [1, 2, 3, 4, 5]))}, "65"),
        ({"seeds": 0}, "0"),
        ({"seeds": 10}, "10"),
        ({"seeds": 1.5}, "1.5"),
        ({"epochs": 0}, "0"),
        ({"epochs": 20_001}, "20001"),
        ({"epochs": "many"}, "'many'"),
    ],
)
def test_an_invalid_plan_is_rejected_in_one_sentence(values, message):
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        SweepPlan(**{"experiment": Experiment(), "axes": (("l1", [0.1]),), "seeds": 1, "epochs": 10, **values})
    text = str(error.value)
    assert text.endswith(".")
    assert "\n" not in text


def test_a_cell_whose_training_cannot_start_is_rejected():
    huge = Experiment(target="points", own="x,y\n1,1e90\n2,3\n", scale=0.0, dtype="float64")
    assert plan_of(("dtype", ["float64"]), experiment=huge)
    with pytest.raises(ValueError, match=r"^With Arithmetic float32: "):
        plan_of(("dtype", ["float64", "float32"]), experiment=huge)


def test_the_largest_sweep_of_the_posts_run_is_allowed_and_of_a_far_larger_one_is_not():
    rates = ("learning_rate", [0.001 * (1 + n) for n in range(ON_PAGE.cells)])
    assert len(plan_of(rates, seeds=9, epochs=20_000).runs()) == 64 * 9
    for larger in ({"layers": (64,) * 2, "activations": ("tanh",) * 2}, {"points": 1000}, {"batch_size": 5}):
        with pytest.raises(ValueError, match=r"about \d+ minutes, and the limit is 5"):
            plan_of(rates, experiment=Experiment(**larger), seeds=9, epochs=20_000)
        assert plan_of(rates, experiment=Experiment(**larger), epochs=100)


def test_a_run_is_the_training_that_the_page_plays():
    player = Player(CLASSES.changed(max_epochs=40))
    player.play()
    until(lambda: player.tick() or not player.playing)
    last = player.frames[-1]
    result = train(CLASSES, 40)
    assert (last.epoch, last.loss, last.test_loss) == (40, result.loss, result.test_loss)
    shares = [np.trace(counts) / counts.sum() for counts in last.confusion]
    assert shares == [result.accuracy, result.test_accuracy]
    assert 0 < result.accuracy < 1  # or it would prove nothing


def test_a_run_goes_through_all_of_its_epochs_whatever_would_stop_the_experiment():
    stopped = Experiment(max_epochs=3, target_loss=1000.0)
    assert train(stopped, 20).loss == train(Experiment(), 20).loss


def test_a_run_that_takes_too_long_has_failed_and_one_that_is_done_in_time_has_not():
    assert train(Experiment(), 1000, seconds=60.0)[:5] == train(Experiment(), 1000)[:5]
    assert train(Experiment(), 1000, seconds=1e-9) == Result(failed="It was not done after 0 minutes.")


def test_a_run_that_diverges_counts_as_the_worst_there_is():
    result = train(Experiment(learning_rate=100.0, test_fraction=0.2), 3000)
    assert result[:5] == (math.inf, True, math.inf, None, None)
    classes = CLASSES.changed(loss="squared_error", optimizer="gradient_descent", learning_rate=100.0, dropout=0.0)
    result = train(classes.changed(activations=("relu", "relu")), 3000)
    assert result[:5] == (math.inf, True, math.inf, 0.0, 0.0)


def test_a_cell_has_the_median_and_the_spread_over_its_seeds():
    plan = plan_of(("learning_rate", [0.1, 0.2, 0.3]), seeds=4)
    first, second, third = summary(
        plan,
        {
            (0, 0): Result(3.0, False, 5.0, 0.5, 0.25, seconds=1.0),
            (0, 1): Result(1.0, False, 7.0, 0.75, 0.5, seconds=2.0),
            (0, 2): Result(math.inf, True, math.inf, 0.0, 0.0, seconds=0.5),
            (0, 3): Result(failed="It broke."),
            (1, 0): Result(math.inf, True, seconds=1.0),
            (1, 1): Result(2.0, False, seconds=3.0),
        },
    )
    nothing = ({}, (), frozenset())
    assert first == ((0.1,), 3, 3.0, 1.0, math.inf, 1, ("It broke.",), 7.0, 0.5, 0.25, 1.0, *nothing)
    assert second == ((0.2,), 2, math.inf, 2.0, math.inf, 1, (), None, None, None, 2.0, *nothing)
    assert third == ((0.3,), 0, None, None, None, 0, (), None, None, None, None, *nothing)


def test_a_run_has_the_measures_that_its_network_has_and_a_cell_their_medians():
    experiment = Experiment(test_fraction=0.3)
    _, problem, trainer = experiment.start()
    trainer.train(50)
    training, test = measure(problem, trainer.network)
    names = ("r2", "rmse", "mae")
    measured = dict(zip(names, training, strict=True)) | {f"test_{n}": v for n, v in zip(names, test, strict=True)}
    assert train(experiment, 50).measures == measured
    _, problem, trainer = CLASSES.start()
    trainer.train(50)
    training, test = measure(problem, trainer.network)
    k = problem.classes
    found = train(CLASSES, 50)
    assert (found.precision, found.recall) == (min(training[:k]), min(training[k:]))
    assert (found.test_precision, found.test_recall) == (min(test[:k]), min(test[k:]))
    assert found.r2 is None
    lost = train(experiment.changed(learning_rate=100.0), 3000)
    assert (lost.r2, lost.rmse, lost.test_mae, lost.precision) == (-math.inf, math.inf, math.inf, None)
    plan = plan_of(("learning_rate", [0.1]), seeds=3)
    runs = [Result(1.0, False, r2=0.5), Result(1.0, False, r2=0.75, rmse=2.0), Result(1.0, False, r2=-math.inf)]
    (cell,) = summary(plan, {(0, seed): each for seed, each in enumerate(runs)})
    assert cell.measures == {"r2": 0.5, "rmse": 2.0}
