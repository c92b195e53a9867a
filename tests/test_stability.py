"""The stable learning rate: true for what moves, for the optimizer, options and batches in use, or not known."""

import numpy as np
import pytest

from nn import OPTIMIZERS, curvature
from playground.analysis import stability as module
from playground.analysis.stability import StabilityMonitor, measure_stability
from playground.components.board import board_payload
from playground.experiment import Experiment
from playground.player import Player
from tests.support.payload import unpack


def edge_of(player):
    return curvature(player.trainer.network, player.problem.Xs, player.problem.Ys).stable_learning_rate


def test_of_a_paused_run_it_is_measured_at_the_parameters_on_screen():
    player, monitor = Player(Experiment()), StabilityMonitor()
    seen = {monitor.measure(player).limit}
    assert seen == {edge_of(player)}
    for _ in range(3):
        player.train_one_frame()
        assert monitor.measure(player).limit == edge_of(player)
        seen.add(monitor.measure(player).limit)
    player.go_to(0)
    assert monitor.measure(player).limit == edge_of(player)
    assert len(seen) == 4


def test_each_player_is_measured_on_its_own():
    one, other, monitor = Player(Experiment()), Player(Experiment(seed=1)), StabilityMonitor()
    assert one.frame_version == other.frame_version
    assert monitor.measure(one).limit == edge_of(one)
    assert monitor.measure(other).limit == edge_of(other)


def test_a_change_of_a_paused_run_is_in_the_limit_at_once():
    player, monitor = Player(Experiment(optimizer="momentum", momentum=0.5)), StabilityMonitor()
    assert monitor.measure(player).limit == 1.5 * edge_of(player)
    player.change(player.experiment.changed(momentum=0.9))
    assert monitor.measure(player).limit == 1.9 * edge_of(player)
    player.change(player.experiment.changed(l2=10.0))  # adds 10 to the curvature along every weight
    assert monitor.measure(player).lambda_max > 10


@pytest.mark.parametrize(("constant", "value"), [("TIME_SHARE", 1e-9), ("SECONDS_BETWEEN", 1e9)])
def test_a_busy_run_reuses_the_last_measurement_and_each_version_is_measured_once(monkeypatch, constant, value):
    calls = []

    def counted(*args, **options):
        calls.append(args)
        return curvature(*args, **options)

    monkeypatch.setattr(module, "curvature", counted)
    monkeypatch.setattr(module, constant, value)  # training has no time to spare
    player, monitor = Player(Experiment()), StabilityMonitor()
    player.play()
    first = monitor.measure(player)
    assert monitor.measure(player) == first
    assert len(calls) == 1
    player.tick()
    assert monitor.measure(player) == first
    assert len(calls) == 1
    player.pause()
    assert monitor.measure(player).limit == edge_of(player) != first.limit
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("size", "why"),
    [(1e300, "too large for a curvature"), (1e67, "too large for a curvature"), (0.0, "a kink at these weights")],
)
def test_where_there_is_no_curvature_there_is_no_limit(size, why):
    player = Player(Experiment(layers=(1,), activations=("relu",)))
    player.trainer.network.parameters[:] = size
    stability = StabilityMonitor().measure(player)
    assert stability.limit is None
    assert why in stability.why_unknown


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_board_shows_the_bound_of_the_optimizer_in_use_and_says_which(name):
    player = Player(Experiment(optimizer=name, momentum=0.5))
    stability = StabilityMonitor().measure(player)
    header, _ = unpack(board_payload(player, with_figures=False, stability=stability))
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
        assert f"Not known here, because {OPTIMIZERS[name].label} divides" in header["stable_bound"]
    assert stability.plain_limit == edge_of(player)  # of plain gradient descent, whatever is in use


# --- Against a Hessian that is written out ----------------------------------------------------------------------------


def largest_eigenvalue(trainer, problem, h=1e-5):
    """Of the Hessian of loss and L2 over the parameters that move, one column per parameter by finite differences."""
    network, frozen = trainer.network, trainer.options.frozen
    moves = np.concatenate(
        [np.full(Wb.size, l not in frozen) for l, Wb in enumerate(network.matrices(network.parameters), start=1)]
    )
    moves[[] if network.held is None else network.held] = False

    def gradient(parameters):
        probe = network.with_parameters(parameters)
        dWs, dbs = probe.compute_gradient(probe.evaluate(problem.Xs), problem.Ys, loss=trainer.loss_function)
        dWs = [dW + trainer.options.l2 * layer.W for dW, layer in zip(dWs, probe.layers, strict=True)]
        return probe.flatten(dWs, dbs)

    steps = h * np.eye(len(moves))[moves]
    rows = [gradient(network.parameters + step) - gradient(network.parameters - step) for step in steps]
    H = np.stack(rows)[:, moves] / (2 * h)
    return np.linalg.eigvalsh((H + H.T) / 2)[-1]


SETTINGS = {
    "L1 whose weights are at its kink": (
        500,
        {"problem": "circle", "l1": 0.1, "layers": (8,), "activations": ("tanh",)},
    ),
    "no hidden layer": (50, {"layers": (), "activations": ()}),
    "logistic regression": (
        50,
        {"layers": (), "activations": (), "problem": "gaussians", "loss": "cross_entropy", "l2": 0.01},
    ),
    "L2": (100, {"l2": 0.5}),
    "a frozen layer": (0, {"freeze": 2}),
    "units off": (100, {"off": "1.2,1.3", "l2": 0.5}),
    "units off and a frozen layer": (100, {"off": "1.2", "freeze": 2}),
    "the other layer frozen": (300, {"freeze": 1}),
    "a frozen layer that is not there": (0, {"freeze": 5}),
    "Huber": (50, {"loss": "huber", "target": "x_sine"}),
    "cross-entropy": (100, {"problem": "rings", "loss": "cross_entropy"}),
    "ReLU": (100, {"activations": ("relu",), "learning_rate": 0.05}),
}


@pytest.mark.parametrize(("epochs", "changes"), SETTINGS.values(), ids=SETTINGS)
def test_the_limit_is_two_over_the_largest_eigenvalue_of_the_hessian_of_what_moves(epochs, changes):
    player = Player(Experiment(**changes))
    player.trainer.train(epochs)
    assert measure_stability(player).limit == pytest.approx(
        2 / largest_eigenvalue(player.trainer, player.problem), rel=1e-3
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"freeze": 1},
        {"freeze": 1, "l1": 0.01, "l2": 0.1},
        {"freeze": 1, "optimizer": "nesterov"},
        {"layers": (), "activations": ()},
        {"layers": (), "activations": (), "optimizer": "momentum", "momentum": 0.5, "l2": 0.5},
        {"layers": (), "activations": (), "problem": "plane", "optimizer": "nesterov", "scaling": "standard"},
        {"layers": (), "activations": (), "given": "3, -1", "clip": 1e6, "dropout": 0.3},
        {"freeze": 1, "off": "1.0,1.7"},
    ],
    ids=str,
)
def test_just_below_the_limit_training_settles_and_just_above_it_does_not(changes):
    """With the hidden layer frozen, or without one, the loss is a quadratic of what moves."""
    losses = {}
    for share in (0.95, 1.05):
        player = Player(Experiment(**changes))
        rate = share * measure_stability(player).limit
        trainer = player.experiment.changed(learning_rate=rate).make_trainer(player.problem)
        trainer.train(2000)
        losses[share] = trainer.loss if trainer.diverged is None else np.inf
    assert losses[0.95] < 1
    assert losses[1.05] > 1e6


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"loss": "absolute_error"}, "the absolute error has a kink wherever an output meets its target"),
        (
            {"activations": ("relu",), "initializer": "he", "target": "cosine"},
            "a kink at these weights",
        ),  # b = 0, x = 0
        ({"dropout": 0.5}, "dropout leaves out other units at every step"),
        ({"optimizer": "adam"}, "Adam divides its steps by the size of the gradient"),
        ({"batch_size": 10, "optimizer": "momentum"}, "steps along different batches add up"),
        ({"layers": (), "activations": (), "freeze": 1}, "no weight or bias moves"),
        ({"layers": (), "activations": (), "freeze": 1, "batch_size": 1}, "no weight or bias moves"),
        (
            {"layers": (1,), "activations": ("tanh",), "freeze": 2, "off": "1.0", "batch_size": 1},
            "no weight or bias moves",
        ),
    ],
)
def test_where_no_limit_follows_the_page_says_that_none_is_known_and_why(changes, because):
    stability = measure_stability(Player(Experiment(**changes)))
    assert stability.limit is None
    assert stability.explanation.startswith("Not known here, because ")
    assert because in stability.explanation


# --- The rate in use --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "epochs", "rate"),
    [("cosine", 100, 0.0), ("cosine", 50, 0.05), ("warm_up", 0, 0.1 / 101), ("step", 100, 0.05)],
)
def test_the_rate_in_use_is_what_the_schedule_makes_of_it(schedule, epochs, rate):
    player = Player(Experiment(schedule=schedule, period=100, speed=50))
    for _ in range(epochs // 50):
        player.train_one_frame()
    stability = StabilityMonitor().measure(player)
    header, _ = unpack(board_payload(player, with_figures=False, stability=stability))
    assert header["learning_rate"] == pytest.approx(rate, abs=1e-15)
    assert header["scheduled_rate"] == 0.1
    assert "multiplies 0.1 by" in header["stable_bound"]


def test_the_limit_of_a_running_training_is_that_of_the_settings_in_use(monkeypatch):
    monkeypatch.setattr(module, "SECONDS_BETWEEN", 1e9)
    player, monitor = Player(Experiment()), StabilityMonitor()
    player.play()
    before = monitor.measure(player)
    player.change(player.experiment.changed(batch_size=10))
    assert monitor.measure(player).batch == 10
    assert monitor.measure(player).lambda_max > before.lambda_max
    player.change(player.experiment.changed(l2=10.0))
    assert monitor.measure(player).lambda_max > 10
    player.change(player.experiment.changed(off="1.0,1.1,1.2", l2=0.0))
    assert monitor.measure(player) == measure_stability(player)
