"""The stable learning rate as the page shows it: that of the parameters on screen, and measured within its means."""

import pytest

from nn import curvature
from playground.experiment import Experiment
from playground.player import Player, stability
from playground.player.stability import StableRate


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
    player.look_at(0)
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
    player.trainer.step(100)
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
