"""Exports of runs as they stand: with what was changed on the way, or with a word about what is not repeated."""

import ast

import numpy as np
import pytest

from playground.compare.comparison import pin
from playground.experiment import Experiment
from playground.player import Player
from playground.sharing.export import numpy_script_of, prediction_script_of, repeats, torch_script_of
from playground.sharing.saved import read_run, write_run
from tests.support.exports import measures, measures_of_the_page, names_in, rows, run
from tests.support.peers import peer
from tests.support.runs import diverged, play_to_end

SMALL = {"layers": (6, 5), "activations": ("tanh", "sigmoid"), "points": 40, "learning_rate": 0.05, "speed": 25}
CHANGES = {
    "another rate": [{"learning_rate": 0.02}],
    "a rate, and back": [{"learning_rate": 0.02}, {"learning_rate": 0.05}],
    "momentum, then its factor": [{"optimizer": "momentum"}, {"momentum": 0.5}],
    "every optimizer": [{"optimizer": name} for name in ("adam", "rmsprop", "nesterov", "gradient_descent")],
    "Adam, left and taken up": [{"optimizer": "adam"}, {"optimizer": "momentum"}, {"optimizer": "adam", "beta1": 0.0}],
    "batches": [{"batch_size": 7}, {"batch_size": 16}, {"batch_size": 0}],
    "dropout": [{"dropout": 0.3}, {"dropout": 0.0}, {"dropout": 0.2, "batch_size": 10}],
    "penalties and clipping": [{"l1": 0.001}, {"l2": 0.01}, {"l1": 0.0, "clip": 0.05}, {"l2": 0.0, "clip": 0.0}],
    "schedules": [{"schedule": "cosine", "period": 200}, {"schedule": "step", "period": 20}, {"schedule": "constant"}],
    "frozen layers": [{"freeze": 1}, {"freeze": 2}, {"freeze": 0}],
    "frozen layers of Adam": [{"optimizer": "adam"}, {"freeze": 1}, {"freeze": 0}, {"freeze": 3, "beta1": 0.5}],
    "units off and on": [{"off": "1.2"}, {"off": "1.2,2.0"}, {"off": ""}],
    "units of Adam": [{"optimizer": "adam"}, {"off": "1.2,2.0"}, {"l2": 0.01}, {"off": "2.0"}, {"off": ""}],
    "units of Nesterov, and a layer": [
        {"optimizer": "nesterov"},
        {"off": "1.2"},
        {"freeze": 1},
        {"off": "", "freeze": 0},
    ],
    "a frozen layer, out of RMSProp": [{"optimizer": "rmsprop"}, {"freeze": 1}, {"freeze": 2, "decay": 0.5}],
}

STARTS = {
    "three classes with test points": {
        "problem": "rings", "loss": "cross_entropy", "points": 60, "test_fraction": 0.2, "initializer": "xavier",
        "dropout": 0.2, "batch_size": 8,
    },
    "huber, of own points": {
        "target": "points", "own": "x,y\n3,1\n-2,1\n-1,0\n0,1\n1,0\n2,9\n", "loss": "huber", "scaling": "standard",
        "dropout": 0.1,
    },
    "Nesterov without momentum, with a schedule": {"optimizer": "nesterov", "momentum": 0.0, "schedule": "exponential"},
    "all that changes a step": {
        "l1": 0.001, "freeze": 2, "schedule": "cosine", "optimizer": "rmsprop", "batch_size": 6,
    },
    "a unit that is off": {"off": "2.1", "optimizer": "momentum", "batch_size": 6, "dropout": 0.1},
    "two points": {"target": "points", "own": "x,y\n1,2\n3,1\n"},
}  # fmt: skip


def changed_run(changes, **start):
    """A player that trained one frame with each of the settings."""
    player = Player(Experiment(**SMALL | start))
    player.train_one_frame()
    for values in changes:
        player.change(player.experiment.changed(**values))
        player.train_one_frame()
    return player


def assert_losses(script, player, tmp_path):
    printed = run(script, tmp_path)
    _, numbers = rows(printed)
    history = dict(zip(player.trainer.history.epochs.tolist(), player.trainer.history.losses.tolist(), strict=True))
    np.testing.assert_allclose(numbers[:, 1], [history[int(epoch)] for epoch in numbers[:, 0]], rtol=1e-9, atol=1e-15)
    assert numbers[-1, 0] == player.trainer.epoch
    _, measured = measures(printed)
    expected = measures_of_the_page(player.problem, player.trainer.network)
    assert measured.keys() == expected.keys()
    for points, values in expected.items():
        np.testing.assert_allclose(measured[points], values, rtol=1e-7, atol=1e-13)


@pytest.fixture(params=[numpy_script_of, torch_script_of], ids=["numpy", "torch"])
def write(request):
    """What writes a script, once for each library."""
    if request.param is numpy_script_of:
        yield request.param
        return
    torch = peer("torch")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield request.param
    torch.set_num_threads(threads)
    torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("start", [{}, {"optimizer": "momentum", "batch_size": 9, "dropout": 0.1}], ids=str)
def test_the_script_of_a_run_whose_settings_were_changed_prints_its_losses(changes, start, write, tmp_path):
    player = changed_run(changes, **start)
    script = write(player)
    assert_losses(script, player, tmp_path)
    assert "changed on the way" in ast.get_docstring(ast.parse(script))
    assert "every change" in repeats(player)


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_so_does_that_of_any_kind_of_run(start, write, tmp_path):
    player = changed_run(
        [{"optimizer": "adam", "learning_rate": 0.003, "schedule": "warm_up"}, {"l2": 0.01, "clip": 0.1}], **start
    )
    assert_losses(write(player), player, tmp_path)


@pytest.mark.parametrize("changes", [CHANGES[name] for name in ("dropout", "every optimizer", "frozen layers")])
def test_it_holds_nothing_that_its_run_does_not_use(changes, write):
    defined, used, _ = names_in(write(changed_run(changes)))
    assert defined - used - {"Ys", "A", "Z", "Xs", "L", "W"} <= {"__init__", "forward"}


def test_a_run_that_goes_on_from_an_earlier_moment_is_repeated_as_it_is(write, tmp_path):
    player = changed_run(CHANGES["another rate"])
    player.go_to(25)
    player.change(player.experiment.changed(optimizer="adam"))
    player.train_one_frame()
    assert_losses(write(player), player, tmp_path)
    player.go_to(25)  # what is shown ends here
    assert_losses(write(player), player, tmp_path)
    assert "changed on the way" not in write(player)


def test_a_run_that_goes_on_after_a_divergence_is_repeated_where_no_random_numbers_were_drawn(write, tmp_path):
    for start, is_repeated in (({"optimizer": "momentum"}, True), ({"batch_size": 10}, False)):
        player = diverged(learning_rate=5.0, speed=1, **start)
        player.change(player.experiment.changed(learning_rate=0.1, max_epochs=1500, speed=100))
        play_to_end(player)
        assert player.trainer.loss < 1e300  # a script sums squares, and those may overflow at more
        script = write(player)
        assert ("does not repeat" not in script) == is_repeated
        if is_repeated:
            assert_losses(script, player, tmp_path)


def test_the_script_of_a_run_without_changes_is_as_it_was(write, tmp_path):
    player = changed_run([])
    assert "the same losses" in repeats(player)
    assert_losses(write(player), player, tmp_path)
    assert "phases" not in write(player)


@pytest.mark.parametrize("export", [numpy_script_of, torch_script_of, prediction_script_of])
def test_of_an_untrained_or_diverged_network_it_says_so(export):
    assert "not trained" in ast.get_docstring(ast.parse(export(Player(Experiment()))))
    player = diverged(learning_rate=5.0)
    text = ast.get_docstring(ast.parse(export(player)))
    assert "diverged" in text
    assert f"in the step to epoch {player.trainer.diverged.epoch}" in text.replace("\n", " ")
    trained = changed_run([])
    assert "not trained" not in export(trained)
    assert "diverged:" not in ast.get_docstring(ast.parse(export(trained)))


@pytest.mark.parametrize("start", [{}, {"optimizer": "adam", "batch_size": 9, "dropout": 0.1, "l2": 0.01}], ids=str)
def test_what_was_set_by_hand_is_set_again(start, write, tmp_path):
    player = Player(Experiment(**SMALL | start))
    player.set_parameter(2, 0.7)  # before the first epoch
    player.train_one_frame()
    for index, value in ((3, 0.5), (3, -0.25), (11, 1.5), (-1 % player.trainer.network.parameters.size, 0.125)):
        player.set_parameter(index, value)
    player.change(player.experiment.changed(learning_rate=0.02))
    player.train_one_frame()
    player.train_one_frame()
    script = write(read_again(player))
    assert_losses(script, player, tmp_path)
    assert "set by hand at epoch 0 and 25" in ast.get_docstring(ast.parse(script)).replace("\n", " ")
    assert "weights by hand" in repeats(player)


def read_again(player):
    """The player of the saved run."""
    again = Player(player.experiment)
    again.open(read_run(write_run(player)))
    return again


@pytest.mark.parametrize("is_undone", [False, True])
def test_what_was_set_by_hand_after_a_divergence_is_repeated_with_an_optimizer_without_state(
    is_undone, write, tmp_path
):
    player = diverged(learning_rate=5.0, speed=1, optimizer="momentum")
    epoch = player.trainer.epoch
    player.set_parameter(3, 0.5)
    if is_undone:
        player.undo()
    player.change(player.experiment.changed(learning_rate=0.1, max_epochs=1500, speed=100))
    play_to_end(player)
    assert player.trainer.epoch > epoch
    assert player.trainer.loss < 1e300
    script = write(read_again(player))
    assert_losses(script, player, tmp_path)
    text = ast.get_docstring(ast.parse(script)).replace("\n", " ")
    assert f"Training diverged, and went on with an optimizer without state, at epoch {epoch}." in text
    assert (f"set by hand at epoch {epoch}" in text) != is_undone
    assert pin(player, "A").status.endswith("went on after it diverged")


def test_what_was_set_by_hand_after_epoch_1_diverged_is_named(write):
    deep = {"layers": (64, 64, 64), "activations": ("relu",) * 3, "dtype": "float32", "scale": 10.0}
    player = diverged(learning_rate=100.0, speed=1, **deep)
    assert player.trainer.epoch == 0
    player.set_parameter(3, 0.5)
    player.change(player.experiment.changed(learning_rate=1e-6, clip=0.1))
    player.train_one_frame()
    assert "set by hand at epoch 0" in ast.get_docstring(ast.parse(write(player))).replace("\n", " ")
    assert "set by hand, from epoch" in repeats(player)
