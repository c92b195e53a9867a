"""The diagnosis: it names what a run shows and nothing else, with the run's own numbers, and its change helps."""

import re
from functools import cache

import numpy as np
import pytest

from nn import curvature
from playground.analysis.diagnosis import diagnose
from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.loss_patterns import oscillation, overfitting
from playground.experiment import Experiment
from playground.lessons import LESSONS
from playground.player import Player
from playground.problems.problems_2d import PROBLEMS_2D
from tests.support.problems import LEARNED, experiment_of

NOISY = {
    "noise": 0.5,
    "points": 60,
    "test_fraction": 0.5,
    "layers": (24, 24),
    "activations": ("tanh", "tanh"),
    "initializer": "xavier",
    "optimizer": "adam",
    "learning_rate": 0.02,
}
ADAM = {"optimizer": "adam", "learning_rate": 0.02}
FAR = {"low": 10.0, "high": 20.0}
DEEP = {"layers": (20, 20, 20), "activations": ("sigmoid",) * 3}
CASES = {  # pattern, its run, epochs, and what a close relative has otherwise that does not show it
    "steps too long": ("divergence", {"learning_rate": 5.0}, 300, {"learning_rate": 0.2}),
    "momentum adds up": (
        "divergence",
        {"learning_rate": 0.5, "activations": ("tanh",), "optimizer": "momentum"},
        300,
        {"momentum": 0.0, "learning_rate": 0.3},
    ),
    "beyond the edge": (
        "oscillation",
        {"learning_rate": 0.3, "activations": ("leaky_relu",)},
        1000,
        {"learning_rate": 0.1},
    ),
    "momentum swings": (
        "oscillation",
        {"learning_rate": 0.1, "momentum": 0.98, "optimizer": "momentum"},
        100,
        {"momentum": 0.9},
    ),
    "small batches": ("oscillation", {"learning_rate": 0.3, "batch_size": 5}, 300, {"batch_size": 0}),
    "fits noise": ("overfitting", NOISY, 500, {"points": 1000}),
    "fits classes": (
        "overfitting",
        {**NOISY, "problem": "moons", "points": 100, "loss": "cross_entropy"},
        500,
        {"noise": 0.0},
    ),
    "zeros": ("symmetric", {"initializer": "zeros"}, 1000, {"initializer": "normal"}),
    "scale 0": ("symmetric", {"scale": 0.0, "layers": (8, 8), "activations": ("tanh",) * 2}, 500, {"scale": 0.1}),
    "sigmoid output": ("out_of_range", {"output_activation": "sigmoid"}, 1000, {"target": "bump"}),
    "tanh output": (
        "out_of_range",
        {"output_activation": "tanh", "target": "absolute"},
        500,
        {"target": "sine"},
    ),
    "line": ("linear", {"activations": ("identity",)}, 1000, {"target": "formula", "formula": "x / 2 + 1"}),
    "line and classes": (
        "linear",
        {"problem": "xor", "activations": ("identity",), "loss": "cross_entropy", "learning_rate": 0.02},
        300,
        {"problem": "gaussians"},
    ),
    "died": ("dead", {"activations": ("relu",), "learning_rate": 0.3}, 1000, {"learning_rate": 0.1}),
    "died far out": (
        "dead",
        {"activations": ("relu",), "initializer": "he", "low": 5.0, "high": 15.0},
        1000,
        {"scaling": "standard"},
    ),
    "born dead": (
        "dead",
        {"activations": ("relu",) * 4, "layers": (5,) * 4, "scale": 0.5, "target": "absolute"},
        1000,
        {"scale": 2.0},
    ),
    "far inputs": ("saturated", {"activations": ("tanh",)} | FAR, 1000, {"low": -5.0, "high": 5.0}),
    "large start": (
        "saturated",
        {"activations": ("tanh",) * 2, "layers": (10, 10), "scale": 10.0, "initializer": "he", "problem": "spiral"},
        200,
        {"scale": 1.0},
    ),
    "far inputs and Adam": (
        "saturated",
        {
            "optimizer": "adam",
            "learning_rate": 0.2,
            "activations": ("sigmoid",) * 2,
            "layers": (10, 10),
            "low": 15.0,
            "high": 20.0,
        },
        100,
        {"low": -2.5, "high": 2.5, "learning_rate": 0.05},
    ),
    "hasty Adam": (
        "saturated",
        {"optimizer": "adam", "learning_rate": 1.0, "activations": ("tanh",) * 2, "layers": (10, 10)},
        1000,
        {"learning_rate": 0.02},
    ),
    "a little L2": ("penalty", {"l2": 0.01}, 1000, {"l2": 1e-5}),
    "L2": ("penalty", {"l2": 0.1}, 1000, {"l2": 1e-4}),
    "L1": ("penalty", {"l1": 0.05}, 1000, {"l1": 1e-4}),
    "short steps": ("slow", {"learning_rate": 1e-3}, 2000, {"learning_rate": 0.1}),
    "short steps of Adam": ("slow", {"learning_rate": 1e-5, "optimizer": "adam"}, 500, {"learning_rate": 0.02}),
    "halved away": ("slow", {"schedule": "step", "period": 20}, 1000, {"period": 1000}),
    "clipped away": ("slow", {"clip": 1e-4}, 1000, {"clip": 1.0}),
    "deep sigmoids": ("plateau", DEEP, 1500, {"activations": ("tanh",) * 3}),
    "one unit": ("plateau", {"layers": (1,)}, 2000, {"layers": (20,)}),
    "two units": ("plateau", {"layers": (2,)}, 2000, {"layers": (8,)}),
    "one unit at zero": (
        "plateau",
        {"layers": (1,), "activations": ("tanh",), "initializer": "zeros"},
        400,
        {"layers": (20,), "initializer": "normal"},
    ),
    "frozen": (
        "plateau",
        {"freeze": 2, "layers": (20, 20), "activations": ("sigmoid",) * 2},
        1000,
        {"freeze": 0, "activations": ("tanh",) * 2},
    ),
    "dropped": ("plateau", {"dropout": 0.9}, 2000, {"dropout": 0.0}),
    "off centre": (
        "plateau",
        {"activations": ("relu",), "learning_rate": 0.01} | FAR,
        1000,
        {"low": -5.0, "high": 5.0},
    ),
    "Adam too fast": (
        "plateau",
        {"optimizer": "adam", "learning_rate": 0.5, "activations": ("swish",) * 2, "layers": (8, 8)},
        500,
        {"learning_rate": 0.02},
    ),
    "Adam and sigmoids": (
        "plateau",
        {**ADAM, "layers": (20,) * 4, "activations": ("sigmoid",) * 4, "scale": 0.1},
        300,
        {"activations": ("tanh",) * 4, "scale": 1.0},
    ),
    "few tanh units": (
        "plateau",
        {**ADAM, "layers": (4,), "activations": ("tanh",), "problem": "checkerboard", "points": 300},
        1000,
        {"layers": (24,)},
    ),
}  # fmt: skip
EACH = pytest.mark.parametrize("case", CASES)


@cache
def _played(items, epochs):
    player = Player(Experiment(**dict(items), speed=25, max_epochs=epochs))
    while player.trainer.epoch < epochs and not player.trainer.diverged:
        player.train_one_frame()
    return player


def played(epochs, **changes):
    """A Player of an experiment after some epochs, or where it diverged; it is shared, and not to be changed."""
    return _played(tuple(sorted(changes.items())), epochs)


def case_of(case):
    """A case's player, and its first finding."""
    pattern, changes, epochs, _ = CASES[case]
    player = played(epochs, **changes)
    return player, next(finding for finding in diagnose(player) if finding.name == pattern)


def names(player):
    return [finding.name for finding in diagnose(player)]


def numbers(finding):
    """All numbers of the evidence, in order; those in per cent as shares."""
    found = re.findall(r"(?<![\w.])(\d[\d,]*\.?\d*(?:e[+-]?\d+)?)( %)?", finding.evidence)
    return [float(number.rstrip(",").replace(",", "")) / (100 if percent else 1) for number, percent in found]


def unexplained(player):
    """1 - R^2 over the training points."""
    Ys = player.problem.Ys
    with np.errstate(all="ignore"):
        errors = player.trainer.network.evaluate(player.problem.Xs)[-1].A - Ys
        return np.sum(errors**2) / np.sum((Ys - Ys.mean(axis=1, keepdims=True)) ** 2)


def close(value):
    """Equal as far as the evidence prints digits; a whole number exactly."""
    return value if isinstance(value, int | np.integer) else pytest.approx(float(value), rel=0.06, abs=1e-12)


# --- Every pattern ----------------------------------------------------------------------------------------------------


@EACH
def test_a_run_that_has_the_pattern_shows_it_first(case):
    assert names(played(CASES[case][2], **CASES[case][1]))[0] == CASES[case][0]


@EACH
def test_a_close_relative_without_it_does_not(case):
    pattern, changes, epochs, otherwise = CASES[case]
    assert pattern not in names(played(epochs, **changes | otherwise))


@EACH
def test_the_change_is_better_from_the_same_start_after_as_many_epochs(case):
    player, finding = case_of(case)
    other = played(CASES[case][2], **CASES[case][1] | finding.suggested_changes)
    assert not other.trainer.diverged
    if finding.name == "overfitting":
        assert other.frames[-1].test_loss < player.frames[-1].test_loss
    elif finding.name == "oscillation":  # where the loss of one epoch is chance
        assert other.trainer.history.losses[-50:].mean() < player.trainer.history.losses[-50:].mean()
    else:
        assert unexplained(other) < unexplained(player)


@pytest.mark.parametrize(
    ("case", "lesson", "change"),
    [
        ("momentum swings", "momentum", {"momentum": 0.9}),
        ("died far out", "relu", {"scaling": "standard"}),
        ("born dead", "relu", {"activations": ("leaky_relu",) * 4}),
        ("far inputs and Adam", "saturation", {"scaling": "standard"}),
        ("large start", "saturation", {"scale": 1.0}),
        ("hasty Adam", "saturation", {"learning_rate": 0.1}),
        ("line", "twenty_units", {"activations": ("tanh",)}),
        ("line and classes", "exclusive_or", {"activations": ("tanh",)}),
        ("L1", "l2", {"l1": 0.0005}),
        ("halved away", "learning_rate", {"schedule": "constant"}),
        ("clipped away", "learning_rate", {"clip": 0.0}),
        ("short steps of Adam", "learning_rate", {"learning_rate": 0.02}),
        ("deep sigmoids", "plateau", {"optimizer": "adam", "learning_rate": 0.02}),
        ("one unit", "one_unit", {"layers": (20,)}),
        ("two units", "twenty_units", {"layers": (20,)}),
        ("one unit at zero", "zeros", {"initializer": "normal", "scale": 1.0}),
        ("frozen", "twenty_units", {"freeze": 0}),
        ("dropped", "noise", {"dropout": 0.0}),
        ("off centre", "plateau", {"scaling": "standard"}),
        ("Adam too fast", "learning_rate", {"learning_rate": 0.02}),
        ("Adam and sigmoids", "saturation", {"activations": ("tanh",) * 4, "initializer": "xavier"}),
        ("few tanh units", "twenty_units", {"layers": (20,)}),
    ],
)
def test_the_change_takes_the_cause_away(case, lesson, change):
    _, finding = case_of(case)
    assert (finding.lesson, finding.suggested_changes) == (lesson, change)


@EACH
def test_a_finding_is_whole(case):
    player, finding = case_of(case)
    assert finding.lesson in LESSONS
    assert player.experiment.changed(**finding.suggested_changes) != player.experiment
    assert finding.action_label.startswith("Try ")
    assert finding.evidence.endswith(".")
    assert not re.search(r"\bnan\b|\binf\b|None", finding.evidence)


# --- The evidence -----------------------------------------------------------------------------------------------------


def test_divergence_tells_the_lowest_loss_the_last_and_the_edge():
    player, finding = case_of("steps too long")
    trainer, problem = player.trainer, player.problem
    low = min(player.recording.checkpoints, key=lambda moment: moment.loss)
    limit = curvature(player.experiment.make_trainer(problem).network, problem.Xs, problem.Ys).stable_learning_rate
    assert numbers(finding) == [close(n) for n in (low.loss, low.epoch, trainer.loss, trainer.epoch, 5.0, limit)]
    assert trainer.diverged.quantity.in_words in finding.evidence


def test_a_rate_offered_after_a_divergence_is_below_the_edge():
    player, finding = case_of("momentum adds up")
    problem = player.problem
    limit = curvature(player.experiment.make_trainer(problem).network, problem.Xs, problem.Ys).stable_learning_rate
    assert finding.suggested_changes["learning_rate"] < limit * (1 - player.experiment.momentum)


def test_small_batches_are_offered_half_of_what_the_whole_set_would_take():
    whole, batches = (played(300, learning_rate=5.0, batch_size=size) for size in (0, 10))
    rates = [diagnose(player)[0].suggested_changes["learning_rate"] for player in (whole, batches)]
    assert rates[1] == rates[0] / 2


def test_where_the_curvature_is_not_finite_there_is_no_edge():
    player = played(300, learning_rate=0.5, layers=(64, 64), activations=("relu", "relu"))  # diverged at once
    with pytest.raises(ValueError, match="too large"):
        curvature(player.trainer.network, player.problem.Xs, player.problem.Ys)
    assert Facts(player).stability.limit is None


def test_oscillation_counts_the_rises():
    player, finding = case_of("beyond the edge")
    trainer = player.experiment.make_trainer(player.problem)
    losses = [trainer.loss]
    for _ in range(1000):
        trainer.train(1)
        losses.append(trainer.loss)
    last = np.array(losses[951:])
    rose, fell = np.sum(np.diff(last) > 0), np.sum(np.diff(last) < 0)
    limit = curvature(player.trainer.network, player.problem.Xs, player.problem.Ys).stable_learning_rate
    assert numbers(finding) == [close(n) for n in (951, 1000, rose, fell, last.min(), last.max(), 0.3, limit)]
    assert finding.lesson == "learning_rate"


def test_swings_within_the_edge_are_those_of_the_batches():
    assert case_of("small batches")[1].lesson == "mini_batches"


def test_a_loss_that_only_falls_or_only_rises_does_not_oscillate():
    falls, rises = Player(Experiment(scale=10.0, clip=0.1)), Player(Experiment(learning_rate=0.8))
    for player, sign in ((falls, -1), (rises, 1)):
        player.trainer.train(100)
        assert (np.sign(np.diff(player.trainer.history.losses[-50:])) == sign).all()
        assert oscillation(Facts(player)) is None


def test_a_ripple_on_a_loss_that_falls_is_no_oscillation():
    player = played(60, learning_rate=0.2, optimizer="momentum")
    losses = player.trainer.history.losses[-50:]
    assert np.sum(np.diff(losses) > 0) > 10
    assert losses[-10:].mean() < 0.5 * losses[:10].mean()
    assert "oscillation" not in names(player)


def test_overfitting_tells_the_epoch_of_the_minimum_and_both_losses():
    player, finding = case_of("fits noise")
    measured = player.test_losses.up_to(500)
    epoch, lowest = measured[measured[:, 1].argmin()]
    then = player.experiment.make_trainer(player.problem)
    then.train(int(epoch))
    expected = (int(epoch), lowest, player.frames[-1].test_loss, then.loss, player.trainer.loss)
    assert numbers(finding) == [close(n) for n in expected]
    assert player.trainer.loss < then.loss


def test_symmetric_units_have_equal_rows():
    player, finding = case_of("zeros")
    layer = player.trainer.network.layers[0]
    assert (np.hstack([layer.W, layer.b]) == [layer.W[0, 0], layer.b[0, 0]]).all()
    assert numbers(finding) == [1000, 20, 1, 1]


def test_equal_rows_that_lead_elsewhere_are_not_symmetric():
    player = Player(Experiment())
    player.trainer.network.layers[0].W = np.ones((20, 1))
    player.trainer.network.layers[0].b = np.ones((20, 1))
    assert "symmetric" not in names(player)


def test_copies_that_dropout_parts_are_not_symmetric():
    assert "symmetric" not in names(Player(Experiment(initializer="zeros", dropout=0.5)))


def test_out_of_range_tells_the_least_loss():
    player, finding = case_of("sigmoid output")
    Ys = player.problem.Ys
    least = np.sum(Ys[Ys < 0] ** 2) / 2 / Ys.size  # where y < 0 the best that can be told is 0
    assert numbers(finding) == [close(n) for n in (0, 1, np.sum(Ys < 0), Ys.size, least, player.trainer.loss)]


def test_linear_tells_what_the_best_line_leaves():
    player, finding = case_of("line")
    x, y = player.problem.samples
    line = 1 - np.corrcoef(x, y)[0, 1] ** 2
    assert numbers(finding) == [close(n) for n in (1, line, unexplained(player))]


def test_linear_tells_classes_by_their_share_wrong():
    player, finding = case_of("line and classes")
    counts = player.frames[-1].confusion[0]
    assert numbers(finding)[-1] == close(1 - np.trace(counts) / counts.sum())


@pytest.mark.parametrize("changes", [{"problem": "plane"}, {"problem": "gaussians", "loss": "cross_entropy"}])
def test_a_linear_network_that_has_not_learnt_what_it_can_is_not_told_that_it_cannot(changes):
    player = Player(Experiment(**changes, activations=("identity",), learning_rate=1e-5))
    player.trainer.train(5)
    assert unexplained(player) > 0.5
    assert names(player) == []


def test_a_test_loss_that_rises_with_the_training_loss_is_no_overfitting():
    player = Player(Experiment(**NOISY))
    for _ in range(10):
        player.trainer.network.parameters[:] *= 1.1
        player.trainer.train(0)
        player.trainer.epoch += 1
        player.trainer.history.append(player.trainer.epoch, player.trainer.loss)
        player.test_losses.record(player.trainer.epoch)
    measured = player.test_losses.up_to(10)[:, 1]
    assert measured[-5:].min() > 1.3 * measured.min()
    assert overfitting(Facts(player)) is None


def test_dead_units_are_counted_now_and_at_the_start():
    player, finding = case_of("died")
    fresh = player.experiment.make_trainer(player.problem).network
    dead = [np.sum(np.ptp(n.evaluate(player.problem.Xs)[1].A, axis=1) == 0) for n in (player.trainer.network, fresh)]
    assert dead[0] > dead[1]
    assert numbers(finding) == [dead[0], 20, 1, 100, dead[1]]


def test_saturated_units_are_counted():
    player, finding = case_of("far inputs")
    A = player.trainer.network.evaluate(player.problem.Xs)[1].A
    flat = ((1 - A**2 < 0.01).mean(axis=1) >= 0.8).sum()  # tanh' = 1 - A^2, at most 1
    assert numbers(finding) == [close(n) for n in (flat, 20, 1, 0.01, 0.8, 100)]


def test_a_penalty_is_weighed_against_the_loss():
    player, finding = case_of("L2")
    network, problem = player.trainer.network, player.problem
    dWs, dbs = network.compute_gradient(network.evaluate(problem.Xs), problem.Ys)
    of_loss = np.sqrt(sum(np.sum(d**2) for d in dWs + dbs))
    of_penalty = np.sqrt(sum(np.sum((0.1 * layer.W) ** 2) for layer in network.layers))
    assert numbers(finding) == [close(n) for n in (of_loss, of_penalty, unexplained(player))]


def test_slow_tells_the_rate_in_use():
    player, finding = case_of("halved away")
    limit = curvature(player.trainer.network, player.problem.Xs, player.problem.Ys).stable_learning_rate
    assert numbers(finding) == [close(n) for n in (0.1 * 0.5**50, limit / 2, 1000, unexplained(player))]


def test_a_plateau_tells_both_ends():
    player, finding = case_of("deep sigmoids")
    trainer = player.experiment.make_trainer(player.problem)
    trainer.train(750)
    before = trainer.loss
    trainer.train(750)
    norm = np.linalg.norm(trainer.gradient)
    expected = (750, 1500, before, trainer.loss, 1 - trainer.loss / before, norm, unexplained(player))
    assert numbers(finding) == [close(n) for n in expected]


# --- Silence ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1])
def test_the_posts_run_shows_nothing_while_it_learns(seed):
    player = Player(Experiment(seed=seed))
    for epochs in (1000, 500, 500, 1000, 2000, 3000):
        player.trainer.train(epochs)
        assert names(player) == []


@pytest.mark.parametrize(("name", "epochs"), [row[:2] for row in LEARNED])
def test_settings_that_suit_a_problem_show_nothing(name, epochs):
    experiment = experiment_of(
        name, speed=100, max_epochs=epochs, test_fraction=0.3 * (name in PROBLEMS_2D)
    ).with_recommended_settings()
    player = Player(experiment)
    while player.trainer.epoch < epochs:
        player.train_one_frame()
    assert names(player) == []


@EACH
def test_before_it_has_trained_only_the_start_is_told(case):
    pattern, changes, _, _ = CASES[case]
    expected = [pattern] if pattern in ("symmetric", "out_of_range") else []
    assert names(Player(Experiment(**changes))) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"noise": 1.0},
        {"problem": "gaussians", "noise": 1.0, "loss": "cross_entropy", "points": 300},
        {"problem": "xor", "features": ("x1",), "loss": "cross_entropy", "points": 300},
    ],
)
def test_noise_is_nothing_that_could_be_learnt(changes):
    player = played(2000, **changes)
    assert unexplained(player) > 0.3
    assert names(player) == []


@pytest.mark.parametrize("batch_size", [0, 1])
def test_the_rounding_of_a_constant_is_no_pattern(batch_size):
    own = "x,y\n0,0.1\n1,0.1\n2.5,0.1\n"
    player = played(3000, target="points", own=own, learning_rate=0.5, batch_size=batch_size)
    assert player.trainer.loss < 1e-4
    assert names(player) == []


def test_a_constant_has_no_variance_to_explain():
    facts = Facts(Player(Experiment(target="points", own="x,y\n0,0.1\n1,0.1\n2.5,0.1\n")))
    assert np.isnan(facts.unexplained)
    assert not facts.underfits


def test_of_few_points_only_those_at_one_place_can_disagree():
    for own, noise in (("0,0\n1,1\n2,0\n3,1\n", 0), ("0,0\n0,1\n2,0\n2,1\n", 1)):
        player = Player(Experiment(target="points", own=f"x,y\n{own}"))
        assert Facts(player).noise == pytest.approx(2 * noise)  # half of (0 - 1)^2, in units of the variance 1/4


def test_the_noise_that_neighbours_tell_is_that_of_the_data():
    for noise in (0.0, 0.3, 1.0):
        player = Player(Experiment(noise=noise, points=1000))
        y = player.problem.samples[-1]
        assert Facts(player).noise == pytest.approx(noise**2 / y.var(), abs=0.05)


# --- Any run ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"target": "points", "own": "x,y\n1e90,1e60\n-1e95,3\n", "activations": ("relu",)},
        {"target": "points", "own": "x,y\n1e90,1e60\n-1e95,3\n", "learning_rate": 1e-6},
        {"target": "points", "own": "x,y\n0,3\n1,3\n2,3\n", "learning_rate": 0.9},
        {"target": "points", "own": "x,y\n1,2\n3,2\n", "test_fraction": 0.5},
        {"points": 2, "test_fraction": 0.5},
        {"learning_rate": 5.0, "dtype": "float32"},
        {"learning_rate": 100.0, "scale": 10.0, "activations": ("swish",), "clip": 1e-6},
        {"loss": "absolute_error", "l1": 10.0, "l2": 10.0, "dropout": 0.9, "freeze": 1},
        {"problem": "rings", "loss": "cross_entropy", "learning_rate": 100.0, "optimizer": "rmsprop"},
    ],
)
def test_it_never_raises_and_every_change_can_be_made(changes):
    player = Player(Experiment(**changes))
    for epochs in (0, 1, 60, 300):
        player.trainer.train(epochs)
        for finding in diagnose(player):
            player.experiment.changed(**finding.suggested_changes)


def test_looking_changes_nothing():
    changes, epochs = CASES["deep sigmoids"][1:3]
    player = Player(Experiment(**changes, batch_size=30))
    player.trainer.train(epochs // 3)
    twin = player.experiment.make_trainer(player.problem)
    twin.train(epochs // 3)
    diagnose(player)
    player.trainer.train(10)
    twin.train(10)
    np.testing.assert_array_equal(player.trainer.network.parameters, twin.network.parameters)


def test_a_moment_that_is_gone_back_to_is_diagnosed_by_what_was_then():
    player = Player(Experiment(learning_rate=5.0))
    player.play()
    while player.playing:
        player.tick()
    assert names(player) == ["divergence"]
    player.go_to(0)
    assert names(player) == []
