"""The evidence of a finding: the run's own numbers."""

import numpy as np
import pytest

from nn import curvature
from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.loss_patterns import oscillation, overfitting
from playground.experiment import Experiment
from playground.player import Player
from tests.support.diagnosis import close, diagnosed, names, numbers, trained_player, unexplained
from tests.support.diagnosis_cases import CASES


def test_where_the_curvature_is_not_finite_there_is_no_limit():
    player = trained_player(300, learning_rate=0.5, layers=(64, 64), activations=("relu", "relu"))  # diverged at once
    with pytest.raises(ValueError, match="too large"):
        curvature(player.trainer.network, player.problem.Xs, player.problem.Ys)
    assert Facts(player).stability.limit is None


def test_oscillation_counts_the_rises():
    player, finding = diagnosed("beyond the limit")
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


def test_swings_below_the_limit_come_from_the_batches():
    assert diagnosed("small batches")[1].lesson == "mini_batches"


def test_a_loss_that_only_falls_or_only_rises_does_not_oscillate():
    falls, rises = Player(Experiment(scale=10.0, clip=0.1)), Player(Experiment(learning_rate=0.8))
    for player, sign in ((falls, -1), (rises, 1)):
        player.trainer.train(100)
        assert (np.sign(np.diff(player.trainer.history.losses[-50:])) == sign).all()
        assert oscillation(Facts(player)) is None


def test_a_ripple_on_a_loss_that_falls_is_no_oscillation():
    player = trained_player(60, learning_rate=0.2, optimizer="momentum")
    losses = player.trainer.history.losses[-50:]
    assert np.sum(np.diff(losses) > 0) > 10
    assert losses[-10:].mean() < 0.5 * losses[:10].mean()
    assert "oscillation" not in names(player)


def test_overfitting_reports_the_epoch_of_the_minimum_and_both_losses():
    player, finding = diagnosed("fits noise")
    measured = player.test_losses.up_to(500)
    epoch, lowest = measured[measured[:, 1].argmin()]
    then = player.experiment.make_trainer(player.problem)
    then.train(int(epoch))
    expected = (int(epoch), lowest, player.frames[-1].test_loss, then.loss, player.trainer.loss)
    assert numbers(finding) == [close(n) for n in expected]
    assert player.trainer.loss < then.loss


def test_symmetric_units_have_equal_rows():
    player, finding = diagnosed("zeros")
    layer = player.trainer.network.layers[0]
    assert (np.hstack([layer.W, layer.b]) == [layer.W[0, 0], layer.b[0, 0]]).all()
    assert numbers(finding) == [1000, 20, 1, 1]


def test_equal_rows_that_lead_elsewhere_are_not_symmetric():
    player = Player(Experiment())
    player.trainer.network.layers[0].W = np.ones((20, 1))
    player.trainer.network.layers[0].b = np.ones((20, 1))
    assert "symmetric" not in names(player)


def test_copies_that_dropout_separates_are_not_symmetric():
    assert "symmetric" not in names(Player(Experiment(initializer="zeros", dropout=0.5)))


def test_out_of_range_reports_the_lowest_possible_loss():
    player, finding = diagnosed("sigmoid output")
    Ys = player.problem.Ys
    least = np.sum(Ys[Ys < 0] ** 2) / 2 / Ys.size  # where y < 0 the best that can be told is 0
    assert numbers(finding) == [close(n) for n in (0, 1, np.sum(Ys < 0), Ys.size, least, player.trainer.loss)]


def test_linear_reports_what_the_best_line_leaves_unexplained():
    player, finding = diagnosed("line")
    x, y = player.problem.samples
    line = 1 - np.corrcoef(x, y)[0, 1] ** 2
    assert numbers(finding) == [close(n) for n in (1, line, unexplained(player))]


def test_linear_reports_the_share_of_misclassified_points():
    player, finding = diagnosed("line and classes")
    counts = player.frames[-1].confusion[0]
    assert numbers(finding)[-1] == close(1 - np.trace(counts) / counts.sum())


@pytest.mark.parametrize("changes", [{"problem": "plane"}, {"problem": "gaussians", "loss": "cross_entropy"}])
def test_a_linear_network_that_can_still_learn_shows_nothing(changes):
    player = Player(Experiment(**changes, activations=("identity",), learning_rate=1e-5))
    player.trainer.train(5)
    assert unexplained(player) > 0.5
    assert names(player) == []


def test_a_test_loss_that_rises_with_the_training_loss_is_no_overfitting():
    player = Player(Experiment(**CASES["fits noise"].changes))
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
    player, finding = diagnosed("died")
    fresh = player.experiment.make_trainer(player.problem).network
    dead = [np.sum(np.ptp(n.evaluate(player.problem.Xs)[1].A, axis=1) == 0) for n in (player.trainer.network, fresh)]
    assert dead[0] > dead[1]
    assert numbers(finding) == [dead[0], 20, 1, 100, dead[1]]


def test_saturated_units_are_counted():
    player, finding = diagnosed("far inputs")
    A = player.trainer.network.evaluate(player.problem.Xs)[1].A
    flat = ((1 - A**2 < 0.01).mean(axis=1) >= 0.8).sum()  # tanh' = 1 - A^2, at most 1
    assert numbers(finding) == [close(n) for n in (flat, 20, 1, 0.01, 0.8, 100)]


def test_a_penalty_is_weighed_against_the_loss():
    player, finding = diagnosed("L2")
    network, problem = player.trainer.network, player.problem
    dWs, dbs = network.compute_gradient(network.evaluate(problem.Xs), problem.Ys)
    of_loss = np.sqrt(sum(np.sum(d**2) for d in dWs + dbs))
    of_penalty = np.sqrt(sum(np.sum((0.1 * layer.W) ** 2) for layer in network.layers))
    assert numbers(finding) == [close(n) for n in (of_loss, of_penalty, unexplained(player))]


def test_slow_reports_the_rate_in_use():
    player, finding = diagnosed("halved away")
    limit = curvature(player.trainer.network, player.problem.Xs, player.problem.Ys).stable_learning_rate
    assert numbers(finding) == [close(n) for n in (0.1 * 0.5**50, limit / 2, 1000, unexplained(player))]


def test_a_plateau_reports_both_ends():
    player, finding = diagnosed("deep sigmoids")
    trainer = player.experiment.make_trainer(player.problem)
    trainer.train(750)
    before = trainer.loss
    trainer.train(750)
    norm = np.linalg.norm(trainer.gradient)
    expected = (750, 1500, before, trainer.loss, 1 - trainer.loss / before, norm, unexplained(player))
    assert numbers(finding) == [close(n) for n in expected]
