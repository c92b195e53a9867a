"""Formulas: what they mean, what arrays they take and give, and that they are worth what Python makes of them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.problems.formulas import CONSTANTS, FUNCTION_HELP, MAX_LENGTH, Formula
from tests.support.strategies import BY_PYTHON, TAKES, by_python, formulas

TWO = ("x1", "x2")


def at(text, x):
    """The value of a formula in x at one point."""
    return float(Formula(text)(np.array([x], float))[0])


# --- What a formula means ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        ("x", 1.5, 1.5),
        ("2", 9, 2),
        (".5 + 2. + 0.25 + 1e-3 + 1.5E+2", 0, 152.751),
        ("1 + 2 * x", 3, 7),
        ("(1 + 2) * x", 3, 9),
        ("x - 1 - 2", 3, 0),
        ("8 / x / 2", 2, 2),
        ("2 ** 3 ** x", 2, 512),
        ("-x ** 2", 3, -9),
        ("(-x) ** 2", 3, 9),
        ("2 ** -x", 1, 0.5),
        ("- + - x", 3, 3),
        ("x % 3", -1, 2),
        ("x % -3", 1, -2),
        ("2 * x % 3", 4, 2),
        ("x < 1", 0, 1),
        ("x < 1", 1, 0),
        ("x <= 1", 1, 1),
        ("x > 1", 2, 1),
        ("x >= 1", 1, 1),
        ("x == 1", 1, 1),
        ("x != 1", 1, 0),
        ("0 < x < 2", 1, 1),
        ("0 < x < 2", 3, 0),
        ("1 < 2 < x", 3, 1),
        ("3 > x != 2 <= 2", 1, 1),
        ("(3 > 2) > x", 0, 1),
        ("(x > 0) + (x > 1)", 2, 2),  # numbers, not truths: true + true is 2
        ("-(x > 0)", 1, -1),
        ("pi + e + tau + x", 0, 3 * math.pi + math.e),
        ("where(x > 0, log(x), -1)", -2, -1),
        ("where(x, 1, 2)", -3, 1),
        ("y = x + 1", 1, 2),
        ("  y=x  ", 4, 4),
    ],
)
def test_a_formula_means_what_it_says(text, x, y):
    assert at(text, x) == pytest.approx(y, rel=1e-15)


GRID = [-710.5, -7.25, -2.5, -1.5, -1, -0.75, -0.5, -1e-9, 0, 0.25, 0.5, 1, 1.5, 2.5, 6.5, 300]


def test_every_function_and_constant_is_explained():
    assert set(FUNCTION_HELP) == set(BY_PYTHON)
    for name, words in FUNCTION_HELP.items():
        assert words.startswith(f"{name}({', '.join('abc'[: TAKES.get(name, 1)])}): ")
    assert list(CONSTANTS) == ["pi", "e", "tau"]


@pytest.mark.parametrize("name", BY_PYTHON)
def test_a_function_gives_what_python_gives(name):
    count = TAKES.get(name, 1)
    points = np.array(np.meshgrid(*[GRID] * count)).reshape(count, -1)
    names = ("a", "b", "c")[:count]
    got = Formula(f"{name}({', '.join(names)})", names)(*points)
    for value, point in zip(got.tolist(), points.T.tolist(), strict=True):
        expected = by_python(BY_PYTHON[name], *point)
        if expected is None:
            assert name == "sigmoid" or not math.isfinite(value)  # exp(710.5) is too much for Python, 1 / inf is 0
        else:
            assert value == pytest.approx(expected, rel=1e-14, abs=1e-300)


# --- Arrays -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["x", "2", "x > 0", "pi", "1 < 2", "where(1, 2, 3)", "+x", "max(x, 1)"])
@pytest.mark.parametrize("shape", [(), (0,), (1,), (7,), (1, 5), (3, 4)])
def test_the_values_are_a_new_array_of_the_shape_of_the_input(text, shape):
    x = np.ones(shape)
    y = Formula(text)(x)
    assert isinstance(y, np.ndarray)
    assert y.shape == shape
    assert y.dtype == np.float64
    y[...] = 5  # writable, and no part of x
    assert (x == 1).all()


def test_two_inputs_broadcast():
    x1, x2 = np.arange(3.0)[:, None], np.arange(4.0)
    np.testing.assert_array_equal(Formula("x1 - 10 * x2", TWO)(x1, x2), x1 - 10 * x2)
    np.testing.assert_array_equal(Formula("x2", TWO)(x1, x2), np.tile(x2, (3, 1)))
    assert Formula("1", TWO)(x1, x2).shape == (3, 4)


def test_whole_and_single_precision_inputs_become_float64():
    np.testing.assert_array_equal(Formula("x ** -1")(np.array([1, 2, 4])), [1, 0.5, 0.25])
    assert Formula("x * 3")(np.ones(2, np.float32)).dtype == np.float64


def test_another_number_of_arrays_is_refused():
    with pytest.raises(TypeError, match="takes 2 arrays, not 1"):
        Formula("x1", TWO)(np.ones(3))


# --- As a value -------------------------------------------------------------------------------------------------------


def test_formulas_are_equal_by_their_text_and_variables():
    one = Formula(" y = x + 1 ")
    assert one == Formula("x + 1", ["x"])
    assert hash(one) == hash(Formula("x + 1"))
    assert (one.text, one.variables) == ("x + 1", ("x",))
    assert len({one, Formula("x + 1"), Formula("x + 2"), Formula("1"), Formula("1", TWO)}) == 4


@pytest.mark.parametrize("name", ["text", "variables", "other"])
def test_a_formula_does_not_change(name):
    with pytest.raises(AttributeError):
        setattr(Formula("x"), name, "2")


# --- Against Python's own arithmetic ----------------------------------------------------------------------------------


@pytest.mark.parametrize("exact", [True, False], ids=["to the last bit", "within rounding"])
@given(st.data())
@settings(max_examples=150)
def test_a_formula_has_the_value_of_pythons_arithmetic(exact, data):
    """Sums, products, remainders and comparisons to the last bit; powers and functions, whose last bits differ between
    libraries, wherever a nudge to each of them does not matter."""
    formula = data.draw(formulas(exact=exact).filter(lambda part: len(part.text) <= MAX_LENGTH), label="formula")
    axis = [-7.25, -2.0, -1.0, -0.3, 0.0, 0.5, 1.0, 2.75, 6.0]
    x1, x2 = np.meshgrid(axis, axis)
    points = np.stack([x1.ravel(), x2.ravel()], axis=1).tolist()
    for point, got in zip(points, Formula(formula.text, TWO)(x1, x2).ravel().tolist(), strict=True):
        expected = formula.value(point, 1.0)
        nudged = expected if exact or expected is None else formula.value(point, 1 + 1e-13)
        if expected is None or nudged is None or abs(nudged - expected) > 1e-9 * abs(expected):
            continue
        assert got == (expected if exact else pytest.approx(expected, rel=1e-8)), point
