"""A limit that is shown is tried: nine tenths of it lead nowhere far, or the page says why none is known."""

import pytest

from playground.analysis.stability import StabilityMonitor, measure_stability
from playground.experiment import Experiment
from playground.player import Player


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("target", ["sine", "x_sine", "step"])
@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "nesterov"])
@pytest.mark.parametrize("epochs", [0, 100])
def test_nine_tenths_of_a_limit_lead_nowhere_far_or_none_is_known(activation, target, optimizer, epochs):
    """The bounds with momentum are those of a quadratic: steps that add up may leave where it was measured."""
    player = Player(Experiment(activations=(activation,), target=target, optimizer=optimizer, learning_rate=0.02))
    player.trainer.train(epochs)
    stability = measure_stability(player)
    if stability.limit is None:
        assert "momentum, steps add up" in stability.explanation or "kink" in stability.explanation
        assert stability.plain_limit or "kink" in stability.explanation  # of plain gradient descent it is known
        return
    trainer = player.experiment.changed(learning_rate=0.9 * stability.limit).make_trainer(player.problem)
    trainer.network.parameters[:] = player.trainer.network.parameters
    trainer.train(0)
    before = trainer.loss
    trainer.train(100)
    assert trainer.diverged is None
    assert trainer.loss < 10 * before


def test_a_limit_that_momentum_leaves_is_not_shown_and_comes_back_without_it():
    player, monitor = Player(Experiment(activations=("relu",), optimizer="momentum")), StabilityMonitor()
    assert monitor.measure(player).limit is None
    player.change(player.experiment.changed(optimizer="gradient_descent"))
    assert monitor.measure(player).limit is not None
    player.change(player.experiment.changed(optimizer="nesterov"))
    assert monitor.measure(player).limit is None
