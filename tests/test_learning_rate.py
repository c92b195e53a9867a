"""The stable learning rate as the page shows it: at the parameters on screen, of the optimizer, within its means."""

import numpy as np
import pytest

from nn import OPTIMIZERS, GradientDescent, Momentum, Nesterov, curvature
from playground.analysis import learning_rate as stability
from playground.analysis.learning_rate import StableRate, bound
from playground.components.board import board_payload
from playground.experiment import Experiment
from playground.player import Player
from tests.test_payload import unpack


def edge_of(player):
    return curvature(player.trainer.network, player.problem.Xs, player.problem.Ys).stable_learning_rate


def test_at_every_standstill_it_is_that_of_the_parameters_on_screen():
    player = Player(Experiment())
    seen = {player.stable_learning_rate()}
    assert seen == {edge_of(player)}
    for _ in range(3):
        player.step()
        assert player.stable_learning_rate() == edge_of(player)
        seen.add(player.stable_learning_rate())
    player.go_to(0)
    assert player.stable_learning_rate() == edge_of(player)
    assert len(seen) == 4


def test_in_a_hurry_the_last_one_will_do_and_each_version_is_measured_once(monkeypatch):
    calls = []

    def counted(*args, **options):
        calls.append(args)
        return curvature(*args, **options)

    monkeypatch.setattr(stability, "curvature", counted)
    player = Player(Experiment())
    rate = StableRate(player.trainer, player.problem)
    first = rate.at(1, hurried=True)
    assert rate.at(1, hurried=False) == first
    assert len(calls) == 1
    rate._next = float("inf")  # training has no time to spare
    player.trainer.train(100)
    assert rate.at(2, hurried=True) == first
    assert len(calls) == 1
    assert rate.at(2, hurried=False) == edge_of(player) != first


@pytest.mark.parametrize("size", [1e300, 0.0])
def test_where_there_is_no_edge_there_is_none(size):
    player = Player(Experiment(layers=(1,), activations=("relu",)))
    player.trainer.network.parameters[:] = size
    rate = StableRate(player.trainer, player.problem)
    found = rate.at(1, hurried=False)
    assert found is None if size else found == pytest.approx(2.0)  # at 0 only the output's bias bends the loss, by 1


# --- The bound of each optimizer --------------------------------------------------------------------------------------

CURVATURES = np.array([5.0, 1.0, 0.2])  # of a quadratic, along its axes


def distance_after(optimizer):
    """How far from the minimum, 0, of w . CURVATURES w / 2 an optimizer ends that starts 1 away along every axis."""
    w = np.ones(3)
    for _ in range(1000):
        if np.abs(w).max() > 1e100:
            break
        optimizer.step(w, CURVATURES * w)
    return np.abs(w).max()


@pytest.mark.parametrize(
    ("kind", "others"),
    [(GradientDescent, {})] + [(kind, {"momentum": mu}) for kind in (Momentum, Nesterov) for mu in (0.0, 0.3, 0.9)],
)
def test_on_a_quadratic_each_optimizer_is_stable_up_to_its_bound_and_not_beyond(kind, others):
    multiple, _ = bound(kind(0.1, **others))
    edge = multiple * 2 / CURVATURES.max()
    assert distance_after(kind(0.99 * edge, **others)) < 1e-2
    assert distance_after(kind(1.05 * edge, **others)) > 1e6


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_board_shows_the_bound_of_the_optimizer_in_use_and_says_which(name):
    player = Player(Experiment(optimizer=name, momentum=0.5))
    header, _ = unpack(board_payload(player, with_figures=False))
    largest = 2 / edge_of(player)
    rates = {
        "gradient_descent": 2 / largest,
        "momentum": 2 * 1.5 / largest,  # 2 (1 + mu) / lambda_max
        "nesterov": 1.5 / largest,  # 2 (1 + mu) / ((1 + 2 mu) lambda_max)
    }
    if name in rates:
        assert header["stable_learning_rate"] == pytest.approx(rates[name])
        assert "λmax: up to here" in header["stable_bound"].replace(")", "")
    else:
        assert header["stable_learning_rate"] is None
        assert f"Of {OPTIMIZERS[name].label}, no stable" in header["stable_bound"]
    assert player.stable_learning_rate() == edge_of(player)  # of plain gradient descent, whatever is in use
