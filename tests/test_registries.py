"""Registry entries: what each says of itself is true, and the code that exported scripts print computes the same."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, softmax
from playground.sharing.export.torch_classes import ELEMENTWISE
from tests.support.peers import peer

ENDS = np.array([[-1e9, 1e9], [1e9, -1e9]])  # far enough for what flattens slowly
EACH_ACTIVATION = pytest.mark.parametrize("g", [*ACTIVATIONS.values(), softmax], ids=[*ACTIVATIONS, "softmax"])
EACH_OPTIMIZER = pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)
EACH_LOSS = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
Z = np.linspace(-40, 40, 4001).reshape(1, -1)


def computed(expression, **names):
    """The value of an expression of an exported script."""
    return eval(expression, {"np": np, "math": math}, names)


@pytest.mark.parametrize("registry", [ACTIVATIONS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS], ids=lambda r: r.kind)
def test_every_entry_is_found_by_its_own_name_and_no_other(registry):
    for name, entry in registry.items():
        assert entry.name == name
        assert entry.label
        registry.check(name)
    assert len({entry.label for entry in registry.values()}) == len(registry)
    for look_up in (registry.check, registry.__getitem__):
        with pytest.raises(ValueError, match=f"no {registry.kind} named 'unheard of'.*{', '.join(registry)}"):
            look_up("unheard of")


# --- Activations ------------------------------------------------------------------------------------------------------


@EACH_ACTIVATION
def test_an_activations_expressions_are_its_functions_to_the_last_bit(g):
    columns = Z.reshape(3, -1) if Z.size % 3 == 0 else Z[:, :-1].reshape(4, -1)
    A = computed(g.expression, Z=columns)
    np.testing.assert_array_equal(A, g[0](columns))
    np.testing.assert_array_equal(computed(g.derivative_expression, Z=columns, A=A), g[1](columns))


@EACH_ACTIVATION
def test_an_activations_pytorch_module_computes_it(g):
    torch = peer("torch")
    scope = {"torch": torch}
    exec(ELEMENTWISE, scope)
    columns = Z[:, :-1].reshape(4, -1)
    rows = torch.from_numpy(columns.T.copy())  # one row per example
    A = eval(g.torch_module, scope)(rows) if g.torch_module else rows
    np.testing.assert_allclose(A.numpy().T, g[0](columns), rtol=1e-14, atol=1e-17)


@EACH_ACTIVATION
def test_an_activations_range_holds_all_its_values_and_no_more(g):
    low, high = g.range
    A = g[0](np.column_stack([np.vstack([Z, -Z]), ENDS]))
    assert low <= A.min()
    assert A.max() <= high
    assert A.min() <= low + 1e-3 if math.isfinite(low) else A.min() < -1000
    assert A.max() >= high - 1e-3 if math.isfinite(high) else A.max() > 1000


@EACH_ACTIVATION
def test_an_activation_saturates_where_both_its_ends_are_flat(g):
    assert g.saturates == bool((np.abs(g[1](ENDS)) < 1e-12).all())


@EACH_ACTIVATION
def test_an_activation_can_die_where_a_whole_side_has_a_slope_of_exactly_0(g):
    sides = Z[Z < -0.01], Z[Z > 0.01]
    dead = g is not softmax and any(not g[1](side).any() for side in sides)
    assert g.can_die == dead


# --- Losses -----------------------------------------------------------------------------------------------------------


def outputs_and_targets(loss):
    rng = np.random.RandomState(0)
    Y = rng.dirichlet(np.ones(3), 7).T
    loss.check(Y)
    return rng.standard_normal((3, 7)), Y


@EACH_LOSS
def test_a_losss_expressions_are_its_value_and_its_dA(loss):
    Z, Y = outputs_and_targets(loss)
    A = softmax[0](Z)
    names = {"A": A, "Ys": Y, "m": 7}
    assert computed(loss.expression, **names) == pytest.approx(loss(A, Y), rel=1e-14)
    np.testing.assert_allclose(computed(loss.derivative_expression, **names), loss.dA(A, Y), rtol=1e-14)


@pytest.mark.parametrize("loss", [loss for loss in LOSSES.values() if loss.fused], ids=repr)
def test_a_fused_losss_expressions_are_its_value_and_its_dZ(loss):
    Z, Y = outputs_and_targets(loss)
    A, dZ = loss.fused.g[0](Z), np.empty_like(Z)
    value = loss.fused.value_and_gradient(Z, A, Y, 7, dZ)
    names = {"Z": Z, "A": A, "Ys": Y, "m": 7}
    assert computed(loss.fused.expression, **names) == pytest.approx(value, rel=1e-14)
    np.testing.assert_array_equal(computed(loss.fused.derivative_expression, **names), dZ)


# --- Optimizers -------------------------------------------------------------------------------------------------------


@EACH_OPTIMIZER
def test_an_optimizers_update_code_is_its_step_to_the_last_bit(kind):
    rng, optimizer = np.random.RandomState(0), kind()
    layer = SimpleNamespace(Wb=rng.standard_normal((3, 4)), **{name: np.zeros((3, 4)) for name in kind.state_names})
    network = SimpleNamespace(**dict.fromkeys(kind.counters, 0))
    constants = {name.upper(): value for name, value in optimizer.hyperparameters.items()}
    parameters = layer.Wb.ravel().copy()
    for factor in (1.0, 1.0, 0.3, 0.7):
        dWb = rng.standard_normal((3, 4))
        optimizer.step(parameters, dWb.ravel(), factor)
        for name in kind.counters:
            setattr(network, name, getattr(network, name) + 1)
        names = {"learning_rate": optimizer.learning_rate * factor, "layer": layer, "self": network, "dWb": dWb}
        exec(kind.update_code, {"np": np, **constants}, names)
        np.testing.assert_array_equal(layer.Wb.ravel(), parameters)
        for name in kind.state_names:
            np.testing.assert_array_equal(getattr(layer, name).ravel(), optimizer.state[name])
        for name in kind.counters:
            assert getattr(network, name) == optimizer.state[name]


@EACH_OPTIMIZER
def test_an_optimizer_says_what_the_page_shows_of_it(kind):
    assert kind.description.endswith(".")
    assert r"\leftarrow" in kind.equation
    assert kind.source


@EACH_OPTIMIZER
def test_an_adaptive_optimizers_first_step_hardly_depends_on_the_size_of_the_gradient(kind):
    moved = []
    for size in (1.0, 1000.0):
        W = np.zeros(3)
        kind(0.01).step(W, size * np.array([1.0, -2.0, 3.0]))
        moved.append(np.abs(W).max())
    assert kind.adaptive == (moved[1] < 2 * moved[0])


@EACH_OPTIMIZER
def test_without_a_gradient_each_step_is_the_momentum_factor_times_the_one_before(kind):
    if kind.adaptive:
        assert kind().momentum_factor == 0.0
        return
    optimizer, W, steps = kind(0.1), np.zeros(1), []
    for dW in (1.0, 0.0, 0.0):
        before = W.copy()
        optimizer.step(W, np.array([dW]))
        steps.append((W - before)[0])
    assert steps[2] == pytest.approx(optimizer.momentum_factor * steps[1])
    assert (steps[1] != 0) == (optimizer.momentum_factor > 0)


@EACH_OPTIMIZER
@pytest.mark.parametrize("mu", [0.0, 0.5, 0.9, 0.99])
def test_the_stability_bound_is_where_a_quadratic_turns_from_shrinking_to_growing(kind, mu):
    optimizer = kind()
    if "momentum" in kind.constraints:
        optimizer.configure(momentum=mu)
    bound = optimizer.stability_bound()
    if bound is None:
        assert kind.adaptive
        return
    assert "λmax" in bound.formula
    assert bound.name
    curvature, sizes = 3.0, []
    for share in (0.98, 1.02):
        one, W = optimizer.copy(), np.ones(1)
        one.configure(learning_rate=share * bound.multiple * 2 / curvature)
        for _ in range(3000):
            one.step(W, curvature * W)
            if not 1e-6 < abs(W[0]) < 1e6:
                break
        sizes.append(abs(W[0]))
    assert sizes[0] < 1e-3
    assert sizes[1] > 1e3


# --- Schedules and initializers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_a_schedules_expression_is_its_factor_which_is_from_0_to_1(schedule):
    for period in (1, 7, 1000):
        for epoch in (0, 1, 6, 7, 8, 700, 5000):
            factor = schedule.factor(epoch, period)
            assert 0 <= factor <= 1
            assert computed(schedule.expression, epoch=epoch, PERIOD=period) == factor


@pytest.mark.parametrize("initializer", INITIALIZERS.values(), ids=INITIALIZERS)
def test_an_initializers_expression_draws_what_it_draws(initializer):
    names = {"rng": np.random.RandomState(3), "units_out": 5, "units_in": 4}
    exec(initializer.expression, {"np": np}, names)
    W, b = initializer.draw(np.random.RandomState(3), (5, 4))
    np.testing.assert_array_equal(names["W"], W)
    np.testing.assert_array_equal(names["b"], b)
