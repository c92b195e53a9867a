"""Learning rates: the limit that the page shows, for the optimizer in use, and the rate that it suggests."""

import numpy as np
import pytest

from nn import OPTIMIZERS, Adam, GradientDescent, Momentum, Nesterov, curvature
from playground.analysis import learning_rate
from playground.analysis.diagnosis import diagnose
from playground.analysis.learning_rate import (
    Stability,
    StabilityMonitor,
    lower_rate,
    measure_stability,
    settable_rate,
)
from playground.components.board import board_payload
from playground.experiment import Experiment
from playground.player import Player
from tests.support.payload import unpack
from tests.support.runs import stepped


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

    monkeypatch.setattr(learning_rate, "curvature", counted)
    monkeypatch.setattr(learning_rate, constant, value)  # training has no time to spare
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


@pytest.mark.parametrize("size", [1e300, 0.0])
def test_where_the_curvature_is_not_finite_there_is_no_limit(size):
    player = Player(Experiment(layers=(1,), activations=("relu",)))
    player.trainer.network.parameters[:] = size
    limit = StabilityMonitor().measure(player).limit
    assert limit is None if size else limit == pytest.approx(2.0)  # at 0 only the output's bias bends the loss, by 1


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
    multiple = kind(0.1, **others).stability_bound().multiple
    edge = multiple * 2 / CURVATURES.max()
    assert distance_after(kind(0.99 * edge, **others)) < 1e-2
    assert distance_after(kind(1.05 * edge, **others)) > 1e6


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.9, 0.99])
def test_the_safe_rate_is_stable_and_steps_that_add_up_are_half_the_limit_of_plain_gradient_descent(kind, momentum):
    optimizer = kind(0.1, momentum=momentum)
    stability = Stability.of(CURVATURES.max(), optimizer, uses_batches=False)
    assert stability.safe_rate < stability.limit
    assert distance_after(kind(stability.safe_rate, momentum=momentum)) < 0.5
    steps = np.zeros(1)
    for _ in range(5000):
        before = steps.copy()
        optimizer.configure(learning_rate=stability.safe_rate)
        optimizer.step(steps, -np.ones(1))  # a steady gradient of 1, uphill
    assert steps - before == pytest.approx(stability.plain_limit / 2)


@pytest.mark.parametrize(
    ("optimizer", "lambda_max", "uses_batches", "learning_rate", "words"),
    [
        (GradientDescent(0.3), 8.0, False, 0.12, "half of the stable rate"),  # 1 / 8, rounded down
        (GradientDescent(0.3), 8.0, True, 0.062, "halved for mini-batches"),
        (Momentum(0.3, 0.9), 1.0, False, 0.099, "steps add up"),  # 1 - 0.9 is a little below 0.1
        (GradientDescent(0.3), 1.0, False, 0.15, "half of the one in use"),  # which was stable, and diverged
        (GradientDescent(0.3), 1e12, False, 1e-6, "half of the stable rate"),  # the least that can be set
        (GradientDescent(0.3), None, False, 0.03, "a tenth of the one in use"),
        (Adam(0.3), 8.0, False, 0.03, "a tenth of the one in use"),
    ],
)
def test_a_lower_rate_is_the_safe_one_or_else_well_below_the_one_in_use(
    optimizer, lambda_max, uses_batches, learning_rate, words
):
    suggested = lower_rate(0.3, Stability.of(lambda_max, optimizer, uses_batches=uses_batches))
    assert suggested.learning_rate == learning_rate
    assert words in suggested.reason


@pytest.mark.parametrize(("rate", "settable"), [(0.7, 0.7), (0.2999, 0.29), (1e-9, 1e-6), (1e9, 100.0), (0.02, 0.02)])
def test_a_rate_is_rounded_down_to_two_digits_that_its_control_can_show(rate, settable):
    assert settable_rate(rate) == settable


def test_a_finding_suggests_the_rate_that_the_page_shows_as_safe():
    player = stepped(1, learning_rate=0.3, activations=("leaky_relu",), speed=1000)
    stability = measure_stability(player)
    (found,) = diagnose(player)
    assert found.name == "oscillation"
    assert found.suggested_changes == {"learning_rate": settable_rate(stability.safe_rate)}
    assert f"{stability.limit:.4g}" in found.evidence
    assert stability.why_safe in found.evidence


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
        assert f"For {OPTIMIZERS[name].label}, no stable" in header["stable_bound"]
    assert stability.plain_limit == edge_of(player)  # of plain gradient descent, whatever is in use
