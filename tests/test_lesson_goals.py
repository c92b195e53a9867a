"""The goals of the lessons: each can be reached, and only by what it asks for."""

import pytest

from playground.experiment import Experiment
from playground.lessons import LESSONS
from playground.player import Player
from tests.support.lessons import MAX_FRAMES, SINE, play

pytestmark = pytest.mark.slow

EVERY = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


def change(**values):
    return lambda player: player.change(player.experiment.changed(**values))


def set_a_weight(player):
    play(player, player.trainer.epoch + 1000)
    player.pause()
    player.set_parameter(0, -1.0)


def set_a_line(player):
    player.set_parameter(0, 0.8)
    player.set_parameter(1, 0.1)


def train_again(player):
    """Trains past the goal and goes back to where the test loss was low."""
    play(player, 1000)
    epochs, tested = player.test_losses.up_to(1000).T
    low = epochs[tested.argmin()]
    player.go_to(min((moment.epoch for moment in player.recording.checkpoints), key=lambda epoch: abs(epoch - low)))


WAYS = {  # some ways to each goal
    "one_neuron": [set_a_line],
    "one_unit": [change(target="step")],
    "twenty_units": [change(layers=(10,)), change(layers=(8,), optimizer="momentum")],
    "relu": [change(target="absolute"), change(target="formula", formula="max(x, 0) - 1")],
    "sigmoid_output": [change(target="bump")],
    "exclusive_or": [change(layers=(4,), activations=("tanh",)), change(features=("x1", "x2", "product"))],
    "beyond_the_data": [change(high=8.0), change(high=9.0, learning_rate=0.2)],
    "gradient_check": [change(activations=("identity",))],
    "zeros": [set_a_weight],
    "saturation": [change(scale=1.0), change(scale=2.0)],
    "vanishing": [change(activations=("tanh",) * 4), change(activations=("relu",) * 4)],
    "initial_scale": [change(scale=1.0), change(scale=1.0, initializer="xavier")],
    "plateau": [change(learning_rate=0.3), change(optimizer="momentum"), change(initializer="he")],
    "learning_rate": [change(learning_rate=0.2), change(learning_rate=0.3)],
    "stable_edge": [change(learning_rate=1.0), lambda player: (play(player, 200), change(learning_rate=1.0)(player))],
    "momentum": [change(optimizer="adam"), change(optimizer="adam", learning_rate=0.02)],
    "mini_batches": [change(batch_size=1), change(batch_size=3)],
    "noise": [train_again],
    "l2": [change(l2=0.1), change(l2=1.0)],
    "early_stopping": [change(patience=20), change(patience=15)],
}
EACH_WAY = pytest.mark.parametrize(
    ("lesson", "way"),
    [pytest.param(LESSONS[name], way, id=f"{name}-{k}") for name, ways in WAYS.items() for k, way in enumerate(ways)],
)


def go(player, lesson, way):
    """Goes a way and trains until the goal is reached; some goals need no training."""
    way(player)
    assert lesson.reached(player) == (lesson.name in ("one_neuron", "gradient_check", "noise"))
    if not lesson.reached(player):
        play(player, MAX_FRAMES * lesson.experiment.speed, lesson.reached)
    assert lesson.reached(player)


def test_every_goal_has_a_way_to_it():
    assert list(WAYS) == list(LESSONS)


@EACH_WAY
def test_a_goal_is_reached_by_what_it_asks_for_within_a_minute(lesson, way):
    player = Player(lesson.experiment)
    assert not lesson.reached(player)
    go(player, lesson, way)
    assert player.trainer.epoch <= min(MAX_FRAMES * lesson.experiment.speed, lesson.experiment.max_epochs)


@EVERY
def test_a_goal_is_not_reached_by_training_alone(lesson):
    player = Player(lesson.experiment.changed(speed=25, max_epochs=3000))
    play(player, 3000, lambda player: lesson.reached(player))
    assert not player.playing  # it went to the end
    assert not lesson.reached(player)


@pytest.mark.parametrize(
    "name",
    [
        "one_neuron",
        "exclusive_or",
        "saturation",
        "vanishing",
        "initial_scale",
        "learning_rate",
        "stable_edge",
        "mini_batches",
        "noise",
        "l2",
        "early_stopping",
    ],
)
def test_a_goal_that_allows_one_change_is_not_reached_with_another(name):
    lesson = LESSONS[name]
    player = Player(lesson.experiment)
    go(player, lesson, WAYS[name][0])
    player.change(player.experiment.changed(clip=1e6))  # which never clips
    assert not lesson.reached(player)


def test_when_to_stop_allows_a_change_of_the_patience_alone():
    lesson = LESSONS["early_stopping"]
    for change_, reached in (
        ({}, True),
        ({"speed": 1}, True),
        ({"max_epochs": 1000}, False),
        ({"stall_epochs": 900}, False),
    ):
        player = Player(lesson.experiment.changed(patience=20, **change_))
        play(player, 400, lambda player: not player.playing)
        assert lesson.reached(player) == reached


@pytest.mark.parametrize(
    ("name", "values", "epochs"),
    [
        ("one_unit", {"target": "step", "layers": (2,)}, 4000),
        ("twenty_units", {"target": "bump", "layers": (8,), "optimizer": "momentum"}, 2000),
        ("twenty_units", {"layers": (8, 8), "activations": ("tanh",) * 2, "learning_rate": 0.2}, 1000),
        ("relu", {"target": "bump", "layers": (64,), "optimizer": "adam", "learning_rate": 0.01}, 1000),
        ("relu", {"target": "absolute", "activations": ("leaky_relu",)}, 1000),
        ("relu", {"problem": "plane", "target": "absolute", "optimizer": "adam"}, 1000),
        ("sigmoid_output", {"output_activation": "identity"}, 2000),
        ("sigmoid_output", {"problem": "circle", "loss": "cross_entropy", "optimizer": "adam"}, 1000),
        ("exclusive_or", {"layers": (4,), "activations": ("identity",)}, 1000),
        ("beyond_the_data", {"target": "bump", "high": 8.0}, 1000),
        ("beyond_the_data", {}, 3000),
        ("gradient_check", {"activations": ("identity",)}, 1),
        ("gradient_check", {"activations": ("identity",), "output_activation": "tanh"}, 0),
        ("zeros", {"initializer": "normal"}, 2000),
        ("zeros", {"target": "bump"}, 100),
        ("stable_edge", {"layers": (30,), "learning_rate": 10.0}, 1000),
        ("plateau", {"target": "bump"}, 100),
        ("momentum", {"target": "bump", "optimizer": "adam"}, 1000),
        ("momentum", {"optimizer": "gradient_descent", "learning_rate": 0.5}, 3000),
        ("l2", {"l2": 0.0}, 2000),
        ("l2", {"l2": 0.02}, 1500),
        ("l2", {"l2": 1.0}, 500),
    ],
)
def test_a_goal_is_not_reached_by_another_network_or_target(name, values, epochs):
    lesson = LESSONS[name]
    player = Player(lesson.experiment.changed(**values, max_epochs=max(1, epochs)))
    if epochs:
        play(player, epochs)
    assert not lesson.reached(player)


def test_a_weight_set_by_hand_counts_where_they_start_at_zero():
    lesson = LESSONS["zeros"]
    player = Player(lesson.experiment.changed(initializer="normal"))
    player.set_parameter(0, -1.0)
    play(player, 2000)
    assert player.trainer.loss < 0.1
    assert not lesson.reached(player)


def test_the_pace_is_the_learners_own():
    lesson = LESSONS["learning_rate"]
    player = Player(lesson.experiment.changed(learning_rate=0.3, speed=100, max_epochs=1900, target_loss=0.009))
    play(player, 1900)
    assert lesson.reached(player)


def unusual():
    """Players for which a careless goal would raise."""
    yield Player(Experiment(problem="three_spirals", loss="cross_entropy"))
    yield Player(Experiment(problem="plane", test_fraction=0.9, scaling="standard"))
    yield Player(Experiment(target="points", points=2, layers=(1, 1, 1, 1), activations=("relu",) * 4))
    yield Player(Experiment(problem="xor", points=2, l1=0.1, dropout=0.5, test_fraction=0.5))
    diverged = Player(Experiment(learning_rate=100.0, test_fraction=0.3))
    play(diverged, 1000)
    assert diverged.trainer.diverged
    yield diverged
    back = Player(SINE)
    play(back, 100)
    back.go_to(0)
    yield back


def test_a_goal_can_be_checked_for_any_player():
    for player in unusual():
        for lesson in LESSONS.values():
            assert lesson.reached(player) in (True, False), lesson.name
