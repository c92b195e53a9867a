"""A limit that is shown is tried: nine tenths of it lead nowhere far, or the page says why none is known."""

import pytest

from nn import GradientDescent, Trainer
from playground.analysis import limit_trial
from playground.analysis import stability as module
from playground.analysis.limit_trial import SHORT, stays_near
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
        elsewhere = "soon lead to where the curvature is another" in stability.explanation
        assert elsewhere or any(why in stability.explanation for why in ("weights soon move to where", "kink"))
        assert bool(stability.plain_limit) == elsewhere  # of plain gradient descent it is known
        return
    trainer = player.experiment.changed(learning_rate=0.9 * stability.limit).make_trainer(player.problem)
    trainer.network.parameters[:] = player.trainer.network.parameters
    trainer.train(0)
    before = trainer.loss
    trainer.train(100)
    assert trainer.diverged is None
    assert trainer.loss < 10 * before


FLAT_HERE = {  # (epochs, changes): where the loss curves more around the weights than at them, or the rate still rises
    "a flat corner of softplus": (20, {
        "target": "step", "layers": (2, 8), "activations": ("softplus",) * 2, "initializer": "xavier",
        "output_activation": "leaky_relu", "seed": 419,
    }),
    "weights that L1 holds near 0": (300, {
        "problem": "spiral", "layers": (20,), "activations": ("identity",), "loss": "cross_entropy", "l1": 0.1,
        "initializer": "he", "scaling": "standard", "seed": 201,
    }),
    "Nesterov while the rate rises": (20, {
        "target": "noisy_sine", "layers": (2,), "activations": ("swish",), "optimizer": "nesterov", "momentum": 0.5,
        "schedule": "warm_up", "period": 100, "l2": 0.01, "initializer": "uniform", "seed": 641, "noise": 0.3,
        "learning_rate": 0.01,
    }),
    "long momentum": (0, {
        "problem": "circle", "layers": (4, 1, 4), "activations": ("softplus", "softplus", "swish"), "noise": 0.1,
        "optimizer": "nesterov", "momentum": 0.99, "schedule": "exponential", "period": 100, "l2": 0.1,
        "initializer": "xavier", "seed": 6, "learning_rate": 0.05,
    }),
    "moons, one by one": (0, {
        "problem": "moons", "layers": (8,), "activations": ("tanh",), "loss": "cross_entropy", "batch_size": 1,
    }),
}  # fmt: skip


@pytest.mark.parametrize(("epochs", "changes"), FLAT_HERE.values(), ids=FLAT_HERE)
def test_nine_tenths_of_a_limit_as_a_visitor_sets_them_stay_near_for_a_hundred_epochs(epochs, changes):
    player = Player(Experiment(**changes))
    player.trainer.train(epochs)
    limit = measure_stability(player).limit
    if limit is None:
        return
    before = player.trainer.objective
    player.change(player.experiment.changed(learning_rate=0.9 * limit))
    for _ in range(100):
        assert player.trainer.train() == 1
        assert player.trainer.objective < 10 * before


def test_a_limit_that_momentum_leaves_is_not_shown_and_comes_back_without_it():
    player, monitor = Player(Experiment(activations=("relu",), optimizer="momentum")), StabilityMonitor()
    assert monitor.measure(player).limit is None
    player.change(player.experiment.changed(optimizer="gradient_descent"))
    assert monitor.measure(player).limit is not None
    player.change(player.experiment.changed(optimizer="nesterov"))
    assert monitor.measure(player).limit is None


@pytest.mark.parametrize(
    "changes",
    [{"batch_size": 5}, {"optimizer": "momentum", "l2": 0.01}, {"schedule": "exponential", "period": 30}],
    ids=str,
)
def test_the_training_that_is_tried_is_the_one_that_would_follow(changes, monkeypatch):
    """With its next batches, its velocity and its schedule: it rises as high as the run itself."""
    player = Player(Experiment(**changes))
    player.trainer.train(30)
    trainer, problem, limit = player.trainer, player.problem, 0.6
    factor = trainer.options.learning_rate_factor(30)
    before, highest = trainer.objective, 0.0
    twin = player.experiment.changed(learning_rate=0.9 * limit / factor).make_trainer(problem)
    twin.restore(trainer.checkpoint(), trainer.history)
    twin.optimizer.configure(learning_rate=0.9 * limit / factor)
    for _ in range(20):
        twin.train()
        highest = max(highest, twin.objective / before)
    for rise, stays in ((highest * (1 + 1e-9), True), (highest * (1 - 1e-9), False)):
        monkeypatch.setattr(limit_trial, "MAX_RISE", rise)
        args = trainer, trainer.network, problem.Xs, problem.Ys, trainer.optimizer, limit
        assert stays_near(*args, goes_on=True, effort=SHORT) == stays


def test_while_the_page_trains_less_is_tried(monkeypatch):
    efforts = []

    def noted(*args, effort=limit_trial.LONG, **options):
        efforts.append(effort)
        return stays_near(*args, effort=effort, **options)

    monkeypatch.setattr(module, "stays_near", noted)
    player, monitor = Player(Experiment()), StabilityMonitor()
    player.play()
    monitor.measure(player)
    player.pause()
    monitor.measure(player)
    assert efforts == [limit_trial.SHORT, limit_trial.LONG]
    assert limit_trial.SHORT.steps < limit_trial.LONG.steps / 4


def test_a_large_network_is_tried_for_as_long_as_a_small_one(monkeypatch):
    epochs, train = [], Trainer.train
    monkeypatch.setattr(Trainer, "train", lambda self, count: epochs.append(count) or train(self, count))
    player = Player(Experiment(points=1000, test_fraction=0.0, layers=(64,) * 4, activations=("tanh",) * 4))
    trainer, problem = player.trainer, player.problem
    epochs.clear()
    tried = GradientDescent(learning_rate=1.0)
    assert stays_near(trainer, trainer.network, problem.Xs, problem.Ys, tried, 1e-3, goes_on=True, effort=SHORT)
    products = problem.Xs.shape[1] * trainer.network.parameters.size
    assert 0 < products * sum(epochs) <= SHORT.products < products * SHORT.epochs
