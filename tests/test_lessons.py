"""The lessons: every claim of every lesson, on the very run that it opens, and the way to every goal."""

import re
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest

from nn import gradient_check
from playground.analysis.contributions import contributions, unit_reports
from playground.analysis.learning_rate import largest_curvature
from playground.analysis.mistakes import MISTAKES
from playground.analysis.walk import walk
from playground.experiment import Experiment
from playground.lessons import LESSONS, Lesson
from playground.panels.inside import PANELS
from playground.player import Player
from playground.sharing.links import from_query, to_query

MINUTE = 3000  # pictures, at 50 a second
SINE = Experiment()
EVERY = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


# --- What a claim is held against -------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def trained(experiment, epochs):
    """A Trainer of the experiment after some epochs, and its problem; to be looked at only."""
    _, problem, trainer = experiment.start()
    assert trainer.train(epochs) == epochs <= MINUTE * experiment.speed
    return trainer, problem


@lru_cache(maxsize=64)
def losses(experiment, epochs):
    """The loss of each epoch, the start's first."""
    trainer = experiment.start().trainer
    found = [trainer.loss]
    for _ in range(epochs):
        trainer.train()
        found.append(trainer.loss)
    return np.array(found)


@lru_cache(maxsize=64)
def epochs_to(loss, experiment, most=7000):
    trainer = experiment.start().trainer
    trainer.train(most, stop_below=loss)
    assert trainer.loss < loss
    return trainer.epoch


def loss_after(epochs, experiment):
    return trained(experiment, epochs)[0].loss


def output(trainer, x):
    return trainer.network.evaluate(np.atleast_2d(x))[-1].A[0]


def numbers(text):
    """The numbers of a text, as they are written; not those of names such as W2, dA^1 and x_1."""
    found = re.findall(r"(?<![\w^.])[-−]?\d[\d,]*(?:\.\d+)?(?!\w)", text)
    return {number.rstrip(",").replace("−", "-") for number in found}


def proved(lesson, *figures):
    """Every number of the question and of the explanation is one of the figures, and every figure one of them."""
    assert numbers(f"{lesson.question} {lesson.explanation}") == {f"{figure}" for figure in figures}


def answer(lesson):
    return lesson.choices[lesson.right]


def number_of(choice):
    (number,) = numbers(choice)
    return float(number.replace(",", ""))


def nearest(lesson, value):
    """The choice whose number is nearest in proportion."""
    return min(filter(numbers, lesson.choices), key=lambda choice: abs(np.log(number_of(choice) / value)))


def thousands(epochs, digits):
    return f"{round(epochs, digits):,}"


def to_25(epochs):
    return 25 * round(epochs / 25)


# --- The claims -------------------------------------------------------------------------------------------------------


def test_one_unit():
    lesson = LESSONS["one_unit"]
    trainer, problem = trained(lesson.experiment, 5000)
    x, y = problem.samples
    line = np.polynomial.Polynomial.fit(x, y, 1)
    line_loss = np.mean((line(x) - y) ** 2) / 2
    assert f"{trainer.loss:.2f}" == f"{line_loss:.2f}" == "0.25"
    slopes = np.diff(output(trainer, np.linspace(-7.5, 7.5, 401)))
    assert (slopes > 0).all() or (slopes < 0).all()
    assert np.ptp(np.sign(np.diff(y))) == 2  # a sine does both
    assert answer(lesson) == "One S-curve, rising or falling"
    proved(lesson, "5,000", "0.25")


def test_twenty_units():
    lesson = LESSONS["twenty_units"]
    trainer, problem = trained(lesson.experiment, 3000)
    assert 1 - trainer.loss / (problem.samples[1].var() / 2) > 0.96  # R^2
    assert answer(lesson) == "Close to the sine"
    A, fit = (values.A for values in trainer.network.evaluate(np.linspace(-5, 5, 1001)[None])[1:])
    parts = contributions(A, trainer.network.layers[-1].Wb)
    np.testing.assert_allclose(parts.weighted.sum(axis=0) + parts.bias, fit[0], atol=1e-12)
    directions = np.sign(np.diff(parts.weighted))
    assert (np.ptp(directions, axis=1) == 0).all()  # no unit turns
    assert {-1, 1} == set(directions[:, 0])  # so where the sum does, they are in balance
    assert np.ptp(np.sign(np.diff(fit[0]))) == 2
    proved(lesson, "3,000", lesson.experiment.layers[0], 0.01, thousands(epochs_to(0.01, SINE), -2))


def test_relu():
    lesson = LESSONS["relu"]
    trainer, _ = trained(lesson.experiment, 2000)
    w, b = trainer.network.layers[0].Wb.T
    kinks = np.sort(-b / w)
    assert (np.abs(kinks) < 5).all()
    for low, high in pairwise([-5, *kinks, 5]):
        y = output(trainer, np.linspace(low, high, 7))
        np.testing.assert_allclose(np.diff(y, 2), 0, atol=1e-9)  # straight from kink to kink
    assert answer(lesson) == "Straight pieces, joined at kinks"
    (stage,) = [stage for stage in walk(trainer) if stage.name.startswith("dZ1")]
    assert set(np.unique(stage.matrices[1].values)) == {0, 1}
    left, right = (kinks < 0).sum(), (kinks > 0).sum()
    proved(lesson, 0, 1, len(w), "2,000", left, right, f"{trainer.loss:.4f}")


def test_sigmoid_output():
    lesson = LESSONS["sigmoid_output"]
    trainer, problem = trained(lesson.experiment, 5000)
    y = problem.samples[1]
    least = np.mean(np.minimum(y, 0) ** 2) / 2  # of all curves between 0 and 1
    assert number_of(answer(lesson)) == 0.12 < least
    assert epochs_to(0.01, SINE)
    start = lesson.experiment.make_trainer(problem).loss
    assert f"{start:.2f}" in lesson.choices[2]
    assert trainer.loss < start - 0.05
    assert loss_after(20_000, lesson.experiment) > trainer.loss - 0.003
    crest = output(trainer, 1.6)[0]  # sigmoid' = A(1 - A)
    assert np.sin(1.6) > 0.99
    assert crest * (1 - crest) < 1e-4
    proved(lesson, 0, 1, 0.01, f"{least:.2f}", f"{trainer.loss:.2f}", "5,000", 1.6)


def test_exclusive_or():
    lesson = LESSONS["exclusive_or"]
    trainer, problem = trained(lesson.experiment, 1000)
    counts = problem.confusion(trainer.network, problem.samples)
    right = np.trace(counts)
    shares = {"About half": 0.5, "About three quarters": 0.75, "All": 1}
    assert answer(lesson) == min(shares, key=lambda choice: abs(shares[choice] - right / counts.sum()))
    rng = np.random.RandomState(0)
    middle, step = rng.uniform(-6, 6, (2, 50)), rng.uniform(-1, 1, (2, 50))
    for values in trainer.network.evaluate(np.hstack([middle - step, middle, middle + step]))[1:]:
        before, there, after = np.split(values.Z, 3, axis=1)
        np.testing.assert_allclose(before + after, 2 * there, atol=1e-9)  # even slopes, the logit too
    many = loss_after(1000, lesson.experiment.changed(layers=(64,)))
    assert f"{many:.3f}" == f"{trainer.loss:.3f}"
    assert trainer.loss == pytest.approx(loss_after(200, lesson.experiment), rel=1e-3)
    proved(lesson, lesson.experiment.layers[0], counts.sum(), right, f"{trainer.loss:.3f}", 64)


def test_beyond_the_data():
    lesson = LESSONS["beyond_the_data"]
    trainer, problem = trained(lesson.experiment, 3000)
    assert problem.samples[0].max() == pytest.approx(4.9)
    assert Player(lesson.experiment).grid.max() == 7.5  # it can be seen there
    near, far, further = output(trainer, [7.5, 100.0, 1000.0])
    assert near < -2
    assert answer(lesson).startswith("Below −2")
    assert output(trainer, 4.9)[0] > near
    assert f"{far:.1f}" == f"{further:.1f}"
    slopes = trainer.network.layers[0].g[1](trainer.network.evaluate(np.array([[100.0]]))[1].Z)
    assert np.median(slopes) < 1e-6
    figures = f"{near:.1f}", f"{far:.1f}", f"{trainer.loss:.4f}", f"{np.sin(7.5):.2f}"
    proved(lesson, *figures, 4.9, 7.5, "3,000", 100, 1000)


def test_gradient_check_lesson():
    lesson = LESSONS["gradient_check"]
    trainer, problem = trained(lesson.experiment, 0)

    def errors(network, mistake=None):
        check = gradient_check(network, problem.Xs, problem.Ys, compute_gradient=mistake and mistake.compute_gradient)
        layers = [name.split("[")[0] for name in check.names]
        return {name: max(e for e, n in zip(check.errors, layers, strict=True) if n == name) for name in set(layers)}

    wrong = errors(trainer.network, MISTAKES["derivative"])
    assert max(errors(trainer.network).values()) < 1e-8
    assert MISTAKES["derivative"].label in lesson.question
    assert {name for name, error in wrong.items() if error > 1e-7} == {"W1", "b1"}
    assert answer(lesson) == "Only the hidden layer's, W1 and b1"
    assert min(wrong["W1"], wrong["b1"]) > 0.5
    proved(lesson, 0, 8, f"{100 * max(wrong.values()):.0f}", 1)
    goal = lesson.experiment.changed(activations=("identity",)).make_trainer(problem).network
    assert max(errors(goal, MISTAKES["derivative"]).values()) < 1e-7


def test_zeros():
    lesson = LESSONS["zeros"]
    trainer, _ = trained(lesson.experiment, 5000)
    hidden, above = trainer.network.layers
    assert np.abs(trained(lesson.experiment, 0)[0].gradient).max() > 1e-3
    assert np.abs(hidden.W).min() > 0.01  # they did learn
    for rows in (hidden.Wb, above.W.T, walk_matrix(trainer, "dA1: one layer down", "dA1")):
        assert len(rows) == 20
        np.testing.assert_allclose(rows, rows[:1].repeat(20, axis=0), rtol=1e-9)
    assert answer(lesson) == "All the same: they stay copies"
    one = loss_after(5000, LESSONS["one_unit"].experiment)
    assert f"{one:.2f}" == f"{trainer.loss:.2f}"
    proved(lesson, 0, 20, "5,000", f"{trainer.loss:.2f}")


def walk_matrix(trainer, stage, name):
    (matrix,) = [m for s in walk(trainer) if s.name == stage for m in s.matrices if m.name == name]
    return matrix.values


def test_saturation():
    lesson = LESSONS["saturation"]
    trainer, problem = trained(lesson.experiment, 5000)
    start = lesson.experiment.make_trainer(problem)
    share = np.mean([report.saturated for report in unit_reports(trainer, problem, 1)])
    assert 0 < epochs_to(0.05, lesson.experiment.changed(scale=1.0)) <= 500
    left, right = output(trainer, np.linspace(-5, -1, 9)), output(trainer, np.linspace(1, 5, 9))
    assert max(np.ptp(left), np.ptp(right)) < 0.1 * abs(left.mean() - right.mean())
    assert answer(lesson) == "A step in the middle, and no more"
    moved = np.abs(trainer.network.layers[0].W / start.network.layers[0].W - 1)
    assert (moved < 0.04).sum() == 4 == len(moved) - 1
    assert np.median(walk_matrix(trainer, "dZ1: through the activation", "g'(Z1)")) < 1e-6
    scale = f"{lesson.experiment.scale:g}"
    proved(lesson, 5, 1, 0.05, 500, scale, "5,000", f"{100 * share:.0f}", 0, 4, f"{trainer.loss:.2f}")


def test_plateau():
    lesson = LESSONS["plateau"]
    found = losses(lesson.experiment, 500)
    assert found[10] - found[100] < 0.05 * (found[0] - found[10])
    assert found[500] < found[100] / 3
    assert answer(lesson) == "Hardly move, and fall again later"
    trainer, problem = trained(lesson.experiment, 30)
    x, y = problem.samples
    line, own = (np.polynomial.Polynomial.fit(x, values, 1) for values in (y, output(trainer, x)))
    assert np.abs(own(x) - output(trainer, x)).max() < 0.02
    assert f"{np.mean((line(x) - y) ** 2) / 2:.2f}" == f"{found[30]:.2f}" == "0.25"
    gradients = [trained(lesson.experiment, epoch)[0].gradient for epoch in (0, 50, 300)]
    assert abs(gradients[1][-1]) < 0.01 * abs(gradients[0][-1])  # db2
    assert np.linalg.norm(gradients[1][40:60]) < 0.01 * np.linalg.norm(gradients[0][40:60])  # dW2
    left = walk_matrix(trained(lesson.experiment, 50)[0], "dW2, db2: the gradient of the output", "dZ2")
    assert left.min() < 0 < left.max()
    norms = [np.linalg.norm(gradient) for gradient in gradients]
    figures = f"{found[0]:.2f}", f"{found[10]:.2f}", f"{norms[0]:.1f}", f"{norms[1]:.3f}", f"{norms[2]:.3f}"
    proved(lesson, 10, 90, "0.25", 30, 0, 50, 300, *figures)


def test_learning_rate():
    lesson = LESSONS["learning_rate"]
    slow, fast = epochs_to(0.05, lesson.experiment), epochs_to(0.05, SINE)
    assert answer(lesson) == nearest(lesson, slow)
    for epochs in (50, 200, 600):
        assert loss_after(10 * epochs, lesson.experiment) == pytest.approx(loss_after(epochs, SINE), rel=0.01)
    start, of_slow, of_fast = losses(SINE, 1)[0], losses(lesson.experiment, 1)[1], losses(SINE, 1)[1]
    epochs = thousands(slow, -2), round(fast, -1)
    gains = (f"{loss:.2f}" for loss in (start, of_slow, of_fast))
    proved(lesson, SINE.learning_rate, lesson.experiment.learning_rate, 0.05, *epochs, 10, 1, *gains)


def test_stable_edge():
    lesson = LESSONS["stable_edge"]
    found, calm = losses(lesson.experiment, 30), losses(SINE.changed(learning_rate=0.3), 30)
    peak = int(found.argmax())
    assert (np.diff(found[: peak + 1]) > 0).all()
    assert (np.diff(calm[: peak + 1]) < 0).all()
    assert answer(lesson) == "Rise from step to step"
    assert found[30] < found[0]
    runs = [trained(lesson.experiment, epochs) for epochs in (0, 30)]
    rates = [2 / largest_curvature(*run, run[0].network) for run in runs]
    assert rates[0] < lesson.experiment.learning_rate < rates[1]
    figures = [f"{value:.2f}" for value in (*rates, found[0], found[1])]
    proved(lesson, lesson.experiment.learning_rate, *figures, 2, peak, f"{found[peak]:.1f}", 0.3, 30)


def test_momentum():
    lesson = LESSONS["momentum"]
    with_momentum, without = epochs_to(0.01, lesson.experiment), epochs_to(0.01, SINE)
    assert answer(lesson) == nearest(lesson, with_momentum)
    assert number_of(answer(lesson)) == to_25(with_momentum)
    assert loss_after(5000, lesson.experiment) > 0.001
    mu = lesson.experiment.momentum
    assert sum(mu**k for k in range(1000)) == pytest.approx(10)
    adam = epochs_to(0.001, SINE.changed(optimizer="adam", learning_rate=0.02))
    figures = thousands(without, -2), to_25(with_momentum), mu, 10, round(adam, -1)
    proved(lesson, *figures, 0.01, 0.02, 0.001, "5,000", 1)


def test_mini_batches():
    lesson = LESSONS["mini_batches"]
    small, all_at_once = epochs_to(0.01, lesson.experiment), epochs_to(0.01, SINE)
    assert 8 < all_at_once / small < 12
    shaken = (np.diff(losses(lesson.experiment, 100)) > 0).sum()
    assert (np.diff(losses(SINE, all_at_once)) < 0).all()
    assert answer(lesson) == "Ten times as fast, but it shakes"
    assert "m = 10" in next(stage for stage in walk(trained(lesson.experiment, 0)[0]) if "Loss" in stage.name).equation
    steps = SINE.points // lesson.experiment.batch_size
    proved(lesson, 10, steps, SINE.points, 0.01, round(small, -1), thousands(all_at_once, -2), round(shaken, -1))


def held_out_losses(experiment, epochs):
    """The test loss of each epoch, the start's first."""
    problem = experiment.make_problem()
    trainer, (Xs, Ys) = experiment.make_trainer(problem), problem.test_set
    found = []
    for _ in range(epochs + 1):
        found.append(np.mean((trainer.network.evaluate(Xs)[-1].A - Ys) ** 2) / 2)
        trainer.train()
    return np.array(found)


def squared_weights(experiment, epochs):
    return sum((layer.W**2).sum() for layer in trained(experiment, epochs)[0].network.layers)


def test_noise():
    lesson = LESSONS["noise"]
    tested = held_out_losses(lesson.experiment, 2000)
    best = int(tested.argmin())
    assert 0 < best < 2000
    assert tested[0] > 2 * tested[best] < tested[2000]
    assert answer(lesson) == "Fall at first, and then rise"
    learnt = [loss_after(epochs, lesson.experiment) for epochs in (best, 2000)]
    weights = [squared_weights(lesson.experiment, epochs) for epochs in (best, 2000)]
    problem = lesson.experiment.make_problem()
    assert problem.samples.shape == problem.test_samples.shape
    figures = round(best, -1), f"{tested[best]:.3f}", f"{tested[2000]:.2f}", *(f"{loss:.2f}" for loss in learnt)
    proved(lesson, 20, "2,000", *figures, *(f"{sum_:.0f}" for sum_ in weights))


def test_l2():
    lesson, without = LESSONS["l2"], LESSONS["noise"].experiment
    assert lesson.experiment == without.changed(l2=lesson.experiment.l2)
    high, low = (held_out_losses(experiment, 2000)[2000] for experiment in (without, lesson.experiment))
    assert number_of(answer(lesson)) == round(low, 2)
    learnt = [f"{loss_after(2000, experiment):.2f}" for experiment in (lesson.experiment, without)]
    weights = f"{squared_weights(lesson.experiment, 2000):.1f}", f"{squared_weights(without, 2000):.0f}"
    figures = lesson.experiment.l2, f"{high:.2f}", f"{low:.3f}"
    proved(lesson, 20, "2,000", 0, *figures, *learnt, *weights)


# --- The goals --------------------------------------------------------------------------------------------------------


def change(**values):
    return lambda player: player.change(player.experiment.changed(**values))


def set_a_weight(player):
    train(player, player.trainer.epoch + 1000)
    player.pause()
    player.set_parameter(0, -1.0)


def train_again(player):
    """Trains past the goal and goes back to where the test loss was low."""
    train(player, 1000)
    epochs, tested = player.test_losses.up_to(1000).T
    low = epochs[tested.argmin()]
    player.go_to(min((moment.epoch for moment in player.recording.checkpoints), key=lambda epoch: abs(epoch - low)))


WAYS = {  # to each goal, some ways
    "one_unit": [change(target="step")],
    "twenty_units": [change(layers=(10,)), change(layers=(8,), optimizer="momentum")],
    "relu": [change(target="absolute"), change(target="formula", formula="max(x, 0) - 1")],
    "sigmoid_output": [change(target="bump")],
    "exclusive_or": [change(activations=("tanh",)), change(features=("x1", "x2", "product"))],
    "beyond_the_data": [change(high=8.0), change(high=9.0, learning_rate=0.2)],
    "gradient_check": [change(activations=("identity",))],
    "zeros": [set_a_weight],
    "saturation": [change(scale=1.0), change(scale=2.0)],
    "plateau": [change(learning_rate=0.3), change(optimizer="momentum"), change(initializer="he")],
    "learning_rate": [change(learning_rate=0.2), change(learning_rate=0.3)],
    "stable_edge": [change(learning_rate=1.0), lambda player: (train(player, 200), change(learning_rate=1.0)(player))],
    "momentum": [change(optimizer="adam"), change(optimizer="adam", learning_rate=0.02)],
    "mini_batches": [change(batch_size=1), change(batch_size=3)],
    "noise": [train_again],
    "l2": [change(l2=0.1), change(l2=1.0)],
}
EACH_WAY = pytest.mark.parametrize(
    ("lesson", "way"),
    [pytest.param(LESSONS[name], way, id=f"{name}-{k}") for name, ways in WAYS.items() for k, way in enumerate(ways)],
)


def train(player, epoch, until=lambda player: False):
    """Plays up to an epoch at least, in pictures as fine as the lesson's own."""
    player.play()
    while player.playing and player.trainer.epoch < epoch and not until(player):
        player.tick()


def go(player, lesson, way):
    """Goes a way until the goal is reached; where there is nothing to wait for, that is at once."""
    way(player)
    assert lesson.reached(player) == (lesson.name in ("gradient_check", "noise"))
    if not lesson.reached(player):
        train(player, MINUTE * lesson.experiment.speed, lesson.reached)
    assert lesson.reached(player)


def test_there_is_a_way_to_every_goal():
    assert list(WAYS) == list(LESSONS)


@EACH_WAY
def test_a_goal_is_reached_by_what_it_asks_for_within_a_minute(lesson, way):
    player = Player(lesson.experiment)
    assert not lesson.reached(player)
    go(player, lesson, way)
    assert player.trainer.epoch <= min(MINUTE * lesson.experiment.speed, lesson.experiment.max_epochs)


@EVERY
def test_a_goal_is_not_reached_by_training_alone(lesson):
    player = Player(lesson.experiment.changed(speed=25, max_epochs=3000))
    train(player, 3000, lambda player: lesson.reached(player))
    assert not player.playing  # it went to the end
    assert not lesson.reached(player)


@pytest.mark.parametrize(
    "name", ["exclusive_or", "saturation", "learning_rate", "stable_edge", "mini_batches", "noise", "l2"]
)
def test_where_one_thing_alone_is_to_be_changed_another_change_does_not_count(name):
    lesson = LESSONS[name]
    player = Player(lesson.experiment)
    go(player, lesson, WAYS[name][0])
    player.change(player.experiment.changed(clip=1e6))  # which never cuts
    assert not lesson.reached(player)


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
def test_what_another_network_or_target_does_is_not_the_goal(name, values, epochs):
    lesson = LESSONS[name]
    player = Player(lesson.experiment.changed(**values, max_epochs=max(1, epochs)))
    if epochs:
        train(player, epochs)
    assert not lesson.reached(player)


def test_a_weight_set_by_hand_counts_where_they_start_at_zero():
    lesson = LESSONS["zeros"]
    player = Player(lesson.experiment.changed(initializer="normal"))
    player.set_parameter(0, -1.0)
    train(player, 2000)
    assert player.trainer.loss < 0.1
    assert not lesson.reached(player)


def test_the_pace_is_the_learners_own():
    lesson = LESSONS["learning_rate"]
    player = Player(lesson.experiment.changed(learning_rate=0.3, speed=100, max_epochs=1900, target_loss=0.009))
    train(player, 1900)
    assert lesson.reached(player)


def unusual():
    """Players at which a careless goal would raise."""
    yield Player(Experiment(problem="three_spirals", loss="cross_entropy"))
    yield Player(Experiment(problem="plane", test_fraction=0.9, scaling="standard"))
    yield Player(Experiment(target="points", points=2, layers=(1, 1, 1, 1), activations=("relu",) * 4))
    yield Player(Experiment(problem="xor", points=2, l1=0.1, dropout=0.5, test_fraction=0.5))
    diverged = Player(Experiment(learning_rate=100.0, test_fraction=0.3))
    train(diverged, 1000)
    assert diverged.trainer.diverged
    yield diverged
    back = Player(SINE)
    train(back, 100)
    back.go_to(0)
    yield back


def test_a_goal_tells_yes_or_no_of_any_player():
    for player in unusual():
        for lesson in LESSONS.values():
            assert lesson.reached(player) in (True, False), lesson.name


# --- The form ---------------------------------------------------------------------------------------------------------


def test_every_lesson_has_its_claims_proved_here():
    assert {name for name in LESSONS if f"test_{name}" not in globals()} == {"gradient_check"}  # a function of nn's
    assert len(LESSONS) >= 14


@EVERY
def test_a_lesson_is_a_short_text(lesson):
    assert isinstance(lesson, Lesson)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", lesson.name)
    sentences = len(re.findall(r"[.?!](?=\s|$)", lesson.explanation))
    assert 3 <= sentences <= 6
    limits = {"title": 50, "question": 220, "look": 120, "explanation": 420, "goal": 130}
    assert {name: len(getattr(lesson, name)) for name in limits if len(getattr(lesson, name)) > limits[name]} == {}
    assert lesson.question.endswith("?")
    assert lesson.goal.endswith(".")
    assert lesson.explanation.count("$") % 2 == lesson.explanation.count("**") % 2 == 0


@EVERY
def test_choices_are_few_short_and_different(lesson):
    assert 2 <= len(set(lesson.choices)) == len(lesson.choices) <= 4
    assert max(map(len, lesson.choices)) <= 45
    assert lesson.right in range(len(lesson.choices))


def test_the_right_choice_is_not_always_in_the_same_place():
    places = [lesson.right for lesson in LESSONS.values()]
    assert max(places.count(place) for place in set(places)) <= len(places) / 2
    assert len(set(places)) == 3


@EVERY
def test_an_explanation_names_the_panels_that_it_points_to(lesson):
    assert lesson.views
    assert set(lesson.views) <= set(PANELS)
    named = set(re.findall(r"\*\*(.+?)\*\*", lesson.explanation))
    assert named == {PANELS[view].label for view in lesson.views}


@EVERY
def test_a_stage_is_one_of_the_walk_and_the_walk_is_open(lesson):
    assert (lesson.stage is not None) == ("backprop" in lesson.views)
    if lesson.stage:
        stages = walk(Player(lesson.experiment).trainer)
        assert sum(stage.name.startswith(lesson.stage) for stage in stages) == 1


@EVERY
def test_a_lesson_fits_into_a_link(lesson):
    start, errors = from_query(to_query(lesson.experiment))
    assert (start.experiment, errors) == (lesson.experiment, [])


def test_titles_are_different():
    assert len({lesson.title for lesson in LESSONS.values()}) == len(LESSONS)
