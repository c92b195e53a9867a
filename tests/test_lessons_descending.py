"""The lessons on gradient descent: every claim of each, on the very run that it opens."""

import numpy as np
import pytest

from playground.analysis.layers import layer_numbers
from playground.analysis.stability import stability_at
from playground.analysis.walk import walk
from playground.lessons import LESSONS
from playground.lessons.descending import DESCENDING
from playground.player import Player
from playground.problems.measures import measure
from tests.support.lessons import (
    SINE,
    answer,
    epochs_to,
    loss_after,
    losses,
    nearest,
    number_of,
    play,
    stated,
    thousands,
    trained,
    unproved,
    written,
)

pytestmark = pytest.mark.slow


def nearest_25(epochs):
    return 25 * round(epochs / 25)


def test_learning_rate():
    lesson = LESSONS["learning_rate"]
    slow, fast = epochs_to(0.05, lesson.experiment), epochs_to(0.05, SINE)
    assert answer(lesson) == nearest(lesson, slow)
    for epochs in (50, 200, 600):
        assert loss_after(10 * epochs, lesson.experiment) == pytest.approx(loss_after(epochs, SINE), rel=0.01)
    start, of_slow, of_fast = losses(SINE, 1)[0], losses(lesson.experiment, 1)[1], losses(SINE, 1)[1]
    epochs = thousands(slow, -2), round(fast, -1)
    gains = (f"{loss:.2f}" for loss in (start, of_slow, of_fast))
    assert stated(lesson) == written(SINE.learning_rate, lesson.experiment.learning_rate, 0.05, *epochs, 10, 1, *gains)


def test_stable_edge():
    lesson = LESSONS["stable_edge"]
    found, calm = losses(lesson.experiment, 30), losses(SINE.changed(learning_rate=0.3), 30)
    peak = int(found.argmax())
    assert (np.diff(found[: peak + 1]) > 0).all()
    assert (np.diff(calm[: peak + 1]) < 0).all()
    assert answer(lesson) == "Rise from step to step"
    assert found[30] < found[0]
    runs = [trained(lesson.experiment, epochs) for epochs in (0, 30)]
    rates = [stability_at(*run, run[0].network).limit for run in runs]
    assert rates[0] < lesson.experiment.learning_rate < rates[1]
    figures = [f"{value:.2f}" for value in (*rates, found[0], found[1])]
    assert stated(lesson) == written(lesson.experiment.learning_rate, *figures, 2, peak, f"{found[peak]:.1f}", 0.3, 30)


def test_momentum():
    lesson = LESSONS["momentum"]
    with_momentum, without = epochs_to(0.01, lesson.experiment), epochs_to(0.01, SINE)
    assert answer(lesson) == nearest(lesson, with_momentum)
    assert number_of(answer(lesson)) == nearest_25(with_momentum)
    assert loss_after(5000, lesson.experiment) > 0.001
    mu = lesson.experiment.momentum
    assert sum(mu**k for k in range(1000)) == pytest.approx(10)
    adam = epochs_to(0.001, SINE.changed(optimizer="adam", learning_rate=0.02))
    figures = thousands(without, -2), nearest_25(with_momentum), mu, 10, round(adam, -1)
    assert stated(lesson) == written(*figures, 0.01, 0.02, 0.001, "5,000", 1)


def test_mini_batches():
    lesson = LESSONS["mini_batches"]
    small, all_at_once = epochs_to(0.01, lesson.experiment), epochs_to(0.01, SINE)
    assert 8 < all_at_once / small < 12
    shaken = (np.diff(losses(lesson.experiment, 100)) > 0).sum()
    assert (np.diff(losses(SINE, all_at_once)) < 0).all()
    assert answer(lesson) == "Ten times as fast, but shaky"
    assert "m = 10" in next(stage for stage in walk(trained(lesson.experiment, 0)[0]) if "Loss" in stage.name).equation
    steps = SINE.points // lesson.experiment.batch_size
    assert stated(lesson) == written(
        10, steps, SINE.points, 0.01, round(small, -1), thousands(all_at_once, -2), round(shaken, -1)
    )


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
    assert stated(lesson) == written(20, "2,000", *figures, *(f"{sum_:.0f}" for sum_ in weights))


def test_l2():
    lesson, without = LESSONS["l2"], LESSONS["noise"].experiment
    assert lesson.experiment == without.changed(l2=lesson.experiment.l2)
    high, low = (held_out_losses(experiment, 2000)[2000] for experiment in (without, lesson.experiment))
    assert number_of(answer(lesson)) == round(low, 2)
    learnt = [f"{loss_after(2000, experiment):.2f}" for experiment in (lesson.experiment, without)]
    weights = f"{squared_weights(lesson.experiment, 2000):.1f}", f"{squared_weights(without, 2000):.0f}"
    figures = lesson.experiment.l2, f"{high:.2f}", f"{low:.3f}"
    assert stated(lesson) == written(20, "2,000", 0, *figures, *learnt, *weights)


def test_early_stopping():
    lesson, waits_for_ever = LESSONS["early_stopping"], LESSONS["noise"].experiment
    assert lesson.experiment == waits_for_ever.changed(patience=50)
    tested = held_out_losses(waits_for_ever, 2000)
    best = int(tested.argmin())

    def stop(patience):
        player = Player(lesson.experiment.changed(patience=patience))
        play(player, 2000)
        assert player.trainer.stopping.reason(player.trainer.epoch) == "test_loss"
        assert player.frames[-1].test_loss == pytest.approx(tested[player.trainer.epoch])
        return player

    stopped, hasty, late = stop(50), stop(5), stop(200)
    assert stopped.recording.lowest.checkpoint.epoch == best
    assert answer(lesson) == f"At epoch {stopped.trainer.epoch}"
    assert hasty.trainer.epoch < best
    ends = [f"{stopped.frames[-1].test_loss:.3f}", f"{late.frames[-1].test_loss:.3f}"]
    ends.append(f"{hasty.frames[-1].test_loss:.2f}")
    (low, problem), (end, _) = (trained(waits_for_ever, epochs) for epochs in (best, 2000))
    assert end.loss < low.loss
    r2 = [f"{measure(problem, trainer.network)[1][0]:.2f}" for trainer in (low, end)]
    sizes = [layer_numbers(trainer, trainer.network.parameters)[:, 0] for trainer in (low, end)]
    assert (sizes[1] < sizes[0]).all()
    epochs = best, stopped.trainer.epoch, hasty.trainer.epoch, "2,000"
    assert stated(lesson) == written(20, 50, 5, 200, *epochs, f"{tested[best]:.3f}", *ends, *r2)


def test_every_lesson_here_has_its_claims_proved():
    assert unproved(DESCENDING, globals()) == set()
