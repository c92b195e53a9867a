"""Learning rates: the bound of each optimizer, and the rate that is suggested."""

import numpy as np
import pytest

from nn import Adam, GradientDescent, Momentum, Nesterov, StepOptions
from playground.analysis.diagnosis import diagnose
from playground.analysis.learning_rate import Stability, highest_factor, lower_rate, settable_rate
from playground.analysis.stability import measure_stability
from tests.support.runs import stepped

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
    stability = Stability.of(CURVATURES.max(), optimizer, batch=None)
    assert stability.safe_rate < stability.limit
    assert distance_after(kind(stability.safe_rate, momentum=momentum)) < 0.5
    steps = np.zeros(1)
    for _ in range(5000):
        before = steps.copy()
        optimizer.configure(learning_rate=stability.safe_rate)
        optimizer.step(steps, -np.ones(1))  # a steady gradient of 1, uphill
    assert steps - before == pytest.approx(stability.plain_limit / 2)


@pytest.mark.parametrize(
    ("optimizer", "lambda_max", "batch", "learning_rate", "words"),
    [
        (GradientDescent(0.3), 8.0, None, 0.12, "half of the stable rate"),  # 1 / 8, rounded down
        (GradientDescent(0.3), 8.0, 5, 0.12, "of the batch of 5 that curves most"),
        (Momentum(0.3, 0.9), 1.0, None, 0.099, "steps add up"),  # 1 - 0.9 is a little below 0.1
        (GradientDescent(0.3), 1.0, None, 0.15, "half of the one in use"),  # which was stable, and diverged
        (GradientDescent(0.3), 1e12, None, 1e-6, "half of the stable rate"),  # the least that can be set
        (GradientDescent(0.3), None, None, 0.03, "a tenth of the one in use"),
        (Adam(0.3), 8.0, None, 0.03, "a tenth of the one in use"),
    ],
)
def test_a_lower_rate_is_the_safe_one_or_else_well_below_the_one_in_use(
    optimizer, lambda_max, batch, learning_rate, words
):
    suggested = lower_rate(0.3, Stability.of(lambda_max, optimizer, batch=batch))
    assert suggested.learning_rate == learning_rate
    assert words in suggested.reason


@pytest.mark.parametrize(("rate", "settable"), [(0.7, 0.7), (0.2999, 0.29), (1e-9, 1e-6), (1e9, 100.0), (0.02, 0.02)])
def test_a_rate_is_rounded_down_to_two_digits_that_its_control_can_show(rate, settable):
    assert settable_rate(rate) == settable


def test_a_rate_makes_up_for_what_the_schedule_makes_of_it_from_there_on():
    stability = Stability.of(8.0, GradientDescent(0.3))
    assert lower_rate(3.0, stability, factor=0.1).learning_rate == 1.2  # 0.1 times which is 1 / 8, rounded down
    halved, warmed = StepOptions(schedule="step", period=10), StepOptions(schedule="warm_up", period=10)
    assert [highest_factor(options, 25) for options in (StepOptions(), halved, warmed)] == [1.0, 0.25, 1.0]


def test_a_finding_suggests_the_rate_that_the_page_shows_as_safe():
    player = stepped(1, learning_rate=0.3, activations=("leaky_relu",), speed=1000)
    stability = measure_stability(player)
    (found,) = diagnose(player)
    assert found.name == "oscillation"
    assert found.suggested_changes == {"learning_rate": settable_rate(stability.safe_rate)}
    assert f"{stability.limit:.4g}" in found.evidence
    assert stability.why_safe in found.evidence
