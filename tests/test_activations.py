"""Activations: each is a function and its own derivative, finite on every finite number."""

import numpy as np
import pytest

from nn import ACTIVATIONS, softmax

EACH = pytest.mark.parametrize("g", ACTIVATIONS.values(), ids=ACTIVATIONS)
Z = np.linspace(-8, 8, 400)  # no nearer to the kinks at 0 than 0.02

# The definitions, for z where they can be written down carelessly: (z < 0, z > 0, derivative at z < 0, at z > 0).
DEFINITIONS = {
    "sigmoid": [lambda z: 1 / (1 + np.exp(-z))] * 2 + [lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2] * 2,
    "tanh": [lambda z: np.sinh(z) / np.cosh(z)] * 2 + [lambda z: 1 / np.cosh(z) ** 2] * 2,
    "relu": [lambda z: 0 * z, lambda z: z, lambda z: 0 * z, np.ones_like],
    "leaky_relu": [lambda z: 0.01 * z, lambda z: z, lambda z: np.full_like(z, 0.01), np.ones_like],
    "elu": [lambda z: np.exp(z) - 1, lambda z: z, np.exp, np.ones_like],
    "softplus": [lambda z: np.log(1 + np.exp(z))] * 2 + [lambda z: 1 / (1 + np.exp(-z))] * 2,
    "swish": [lambda z: z / (1 + np.exp(-z))] * 2
    + [lambda z: (1 + np.exp(-z) + z * np.exp(-z)) / (1 + np.exp(-z)) ** 2] * 2,
    "sine": [np.sin, np.sin, np.cos, np.cos],
    "identity": [lambda z: z, lambda z: z, np.ones_like, np.ones_like],
}

EXTREMES = [0, 5e-324, 2.3e-308, 1e-16, 1, 36.8, 88.8, 709.7, 709.8, 745, 746, 1000, 1e16, 1.3e154, 1.4e154, 1e308]


def test_the_registry_has_all_that_the_posts_and_the_page_need():
    assert set(DEFINITIONS) == set(ACTIVATIONS)
    assert all(g.name == name for name, g in ACTIVATIONS.items())
    assert len({g.label for g in ACTIVATIONS.values()}) == len(ACTIVATIONS)


def test_an_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(ValueError, match=r"no activation named 'sigmoyd'.*sigmoid, tanh, relu"):
        ACTIVATIONS["sigmoyd"]


@EACH
def test_values_are_those_of_the_definition(g):
    below, above, slope_below, slope_above = DEFINITIONS[g.name]
    np.testing.assert_allclose(g[0](Z), np.where(Z < 0, below(Z), above(Z)), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(g[1](Z), np.where(Z < 0, slope_below(Z), slope_above(Z)), rtol=1e-12, atol=1e-15)


@EACH
def test_the_derivative_is_that_of_the_function(g):
    h = 1e-5
    np.testing.assert_allclose(g[1](Z), (g[0](Z + h) - g[0](Z - h)) / (2 * h), rtol=1e-8, atol=1e-9)


@EACH
@pytest.mark.parametrize("which", [0, 1])
def test_every_finite_number_gives_a_finite_number_without_a_warning(g, which):
    patterns = np.frombuffer(np.random.RandomState(0).bytes(400_000))  # any bits at all: every exponent, denormals
    largest = np.finfo(np.float64).max
    numbers = np.concatenate([patterns[np.isfinite(patterns)], EXTREMES, np.negative(EXTREMES), [largest, -largest]])
    assert np.isfinite(g[which](numbers)).all()


@EACH
@pytest.mark.parametrize("which", [0, 1])
def test_any_shape_is_kept_and_so_is_float32(g, which):
    for shape in [(), (3,), (2, 3), (2, 1, 3)]:
        assert g[which](np.ones(shape)).shape == shape
    assert g[which](np.ones(3, np.float32)).dtype == np.float32
    np.testing.assert_array_equal(g[which]([1, -2]), g[which](np.array([1.0, -2.0])))


@EACH
def test_what_training_calls_writes_into_out_and_nowhere_else(g):
    A, out, kept_Z, kept_A = np.empty_like(Z), np.empty_like(Z), Z.copy(), g[0](Z)
    g.value(Z, A)
    np.testing.assert_array_equal(A, kept_A)
    g.derivative(Z, A, out, np.empty_like(Z))
    np.testing.assert_array_equal(out, g[1](Z))
    np.testing.assert_array_equal(Z, kept_Z)
    np.testing.assert_array_equal(A, kept_A)


def test_identities():
    g = {name: pair[0] for name, pair in ACTIVATIONS.items()}
    slope = {name: pair[1] for name, pair in ACTIVATIONS.items()}
    for ours, theirs in [
        (g["sigmoid"](-Z), 1 - g["sigmoid"](Z)),
        (slope["sigmoid"](Z), g["sigmoid"](Z) * g["sigmoid"](-Z)),
        (g["tanh"](Z), 2 * g["sigmoid"](2 * Z) - 1),
        (slope["tanh"](Z), 1 - g["tanh"](Z) ** 2),
        (slope["softplus"](Z), g["sigmoid"](Z)),
        (g["softplus"](Z) - g["softplus"](-Z), Z),
        (g["swish"](Z), Z * g["sigmoid"](Z)),
        (slope["swish"](Z) + slope["swish"](-Z), 1),
        (g["relu"](Z) + g["relu"](-Z), np.abs(Z)),
        (g["leaky_relu"](Z), g["relu"](Z) - 0.01 * g["relu"](-Z)),
        (g["sine"](Z) ** 2 + slope["sine"](Z) ** 2, 1),
    ]:
        np.testing.assert_allclose(ours, theirs, rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize(
    ("name", "which", "z", "value"),
    [
        ("sigmoid", 0, -30, np.exp(-30) / (1 + np.exp(-30))),  # no difference of nearly equal numbers
        ("sigmoid", 0, -700, np.exp(-700)),
        ("sigmoid", 1, -30, np.exp(-30) / (1 + np.exp(-30)) ** 2),
        ("softplus", 0, -40, np.exp(-40)),
        ("softplus", 0, 1000, 1000),
        ("softplus", 1, -40, np.exp(-40)),
        ("elu", 0, -1e-20, -1e-20),
        ("elu", 0, -1e308, -1),
        ("tanh", 0, 1e-20, 1e-20),
        ("swish", 0, -1e308, 0),
        ("swish", 1, 1e308, 1),
        ("sigmoid", 1, 0, 0.25),
        ("softplus", 0, 0, np.log(2)),
        ("swish", 1, 0, 0.5),
        ("relu", 1, 0, 0),  # at the kink the slope from the left, as is the custom
        ("leaky_relu", 1, 0, 0.01),
        ("elu", 1, 0, 1),
    ],
)
def test_accuracy_far_out_and_at_zero(name, which, z, value):
    np.testing.assert_allclose(ACTIVATIONS[name][which](np.array([float(z)])), [value], rtol=1e-14, atol=0)


# --- Softmax, which is not for hidden layers -----------------------------------------------------------------------


def test_softmax_is_its_definition_column_by_column():
    Z = np.random.RandomState(0).standard_normal((4, 9))
    np.testing.assert_allclose(softmax[0](Z), np.exp(Z) / np.exp(Z).sum(axis=0), rtol=1e-13)
    np.testing.assert_allclose(softmax[0](Z + np.arange(9)), softmax[0](Z), rtol=1e-13)  # a shift of a column is none
    assert "softmax" not in ACTIVATIONS


@pytest.mark.parametrize("size", [1000, 1e308])
def test_softmax_far_out_is_the_largest_alone(size):
    Z = np.array([[size, -size, 0], [-size, size, 0]])
    np.testing.assert_array_equal(softmax[0](Z), [[1, 0, 0.5], [0, 1, 0.5]])


@pytest.mark.parametrize("in_place", [False, True])
@pytest.mark.parametrize("g", [*ACTIVATIONS.values(), softmax], ids=[*ACTIVATIONS, "softmax"])
def test_dZ_is_dA_times_the_jacobian(g, in_place):
    rng = np.random.RandomState(0)
    Z, dA, h = rng.uniform(0.1, 2, (3, 5)), rng.standard_normal((3, 5)), 1e-5
    numeric = np.empty_like(Z)
    for place in np.ndindex(Z.shape):  # dL/dz = sum dA * dA/dz
        step = np.zeros_like(Z)
        step[place] = h
        numeric[place] = (dA * (g[0](Z + step) - g[0](Z - step))).sum() / (2 * h)
    given = dA.copy()
    dZ = given if in_place else np.empty_like(Z)
    g.backward(Z, g[0](Z), given, dZ, np.empty_like(Z), np.empty_like(Z))
    np.testing.assert_allclose(dZ, numeric, rtol=1e-8, atol=1e-9)
