"""What all optimizers share: constraints on hyperparameters, and state that can be saved, copied and restored."""

import inspect
import math

import numpy as np
import pytest

from nn import OPTIMIZERS, Adam, Momentum, Nesterov, RMSProp

RNG = np.random.RandomState(0)
W0, GRADIENTS = RNG.standard_normal(6), RNG.standard_normal((3, 6))
EACH = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


@pytest.mark.parametrize("value", [0, -0.0, -1, math.nan, math.inf, -math.inf, "0.1", None, 1j, [0.1]])
@EACH
def test_a_learning_rate_must_be_positive_and_finite(optimizer, value):
    with pytest.raises(ValueError, match="learning rate must be a number that is positive and finite"):
        optimizer(learning_rate=value)


@pytest.mark.parametrize("value", [-0.1, 1, 1.5, math.nan, math.inf, "0.9", None])
@pytest.mark.parametrize(
    ("optimizer", "name"),
    [(Momentum, "momentum"), (Nesterov, "momentum"), (RMSProp, "decay"), (Adam, "beta1"), (Adam, "beta2")],
)
def test_a_fraction_must_be_at_least_0_and_below_1(optimizer, name, value):
    with pytest.raises(ValueError, match=f"{name} must be a number that is at least 0 and below 1"):
        optimizer(**{name: value})


@pytest.mark.parametrize("value", [0, -1e-8, math.nan, math.inf, "small"])
@pytest.mark.parametrize("optimizer", [RMSProp, Adam])
def test_epsilon_must_be_positive_and_finite(optimizer, value):
    with pytest.raises(ValueError, match="epsilon must be a number that is positive and finite"):
        optimizer(epsilon=value)


@EACH
def test_every_hyperparameter_has_a_limit(optimizer):
    assert (
        list(optimizer.constraints)
        == list(inspect.signature(optimizer).parameters)
        == list(optimizer().hyperparameters)
    )


@EACH
def test_a_refused_change_changes_nothing(optimizer):
    one = optimizer()
    last = list(one.constraints)[-1]
    with pytest.raises(ValueError, match="must be"):
        one.configure(**{"learning_rate": 0.5, last: -1})
    assert one.hyperparameters == optimizer().hyperparameters


@EACH
def test_an_unknown_hyperparameter_is_refused(optimizer):
    with pytest.raises(ValueError, match="learning_rate"):
        optimizer().configure(learning_speed=1)


@EACH
def test_each_hyperparameter_changes_alone(optimizer):
    for name in optimizer.constraints:
        one = optimizer()
        one.configure(**{name: 0.25})
        assert one.hyperparameters == optimizer().hyperparameters | {name: 0.25}


def test_a_change_on_the_way_keeps_the_velocity():
    W, one = np.zeros(1), Momentum(0.1, 0.5)
    one.step(W, np.ones(1))  # v = -0.1
    one.configure(learning_rate=1)
    one.step(W, np.zeros(1))  # v = -0.05
    assert W[0] == pytest.approx(-0.15)


@EACH
@pytest.mark.parametrize("steps", [0, 1, 3])
def test_what_was_kept_is_taken_back_and_goes_on_as_it_would_have(optimizer, steps):
    one, twin, W, V = optimizer(), optimizer(), W0.copy(), W0.copy()
    for dW in GRADIENTS[:steps]:
        one.step(W, dW)
        twin.step(V, dW)
    for _ in range(2):
        one.snapshot()
        with np.errstate(invalid="ignore"):
            one.step(W.copy(), GRADIENTS[0])
            one.step(W.copy(), GRADIENTS[1] * np.inf)
        one.restore()
        assert list(one.state) == list(twin.state)
        for name, value in twin.state.items():
            np.testing.assert_array_equal(one.state[name], value)
    one.step(W, GRADIENTS[2])
    twin.step(V, GRADIENTS[2])
    np.testing.assert_array_equal(W, V)


@EACH
def test_a_copy_and_one_that_loads_its_state_keep_what_is_their_own(optimizer):
    one, other, W = optimizer(), optimizer(), W0.copy()
    for each in (one, other):
        each.step(W, GRADIENTS[0])
        each.snapshot()
    twin = one.copy()
    other.load_state(one.copy().state)
    before = one.copy().state
    for each in (twin, other):
        each.snapshot()
        each.step(W, GRADIENTS[1])
        each.restore()
        for name, value in before.items():
            np.testing.assert_array_equal(each.state[name], value)
    one.step(W, GRADIENTS[2])
    one.restore()
    for name, value in before.items():
        np.testing.assert_array_equal(one.state[name], value)
