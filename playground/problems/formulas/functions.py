"""The functions and constants that a formula can use, with their descriptions on the page."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

CONSTANTS = {"pi": "3.14159..., half a turn", "e": "2.71828..., where log is 1", "tau": "6.28318..., a full turn"}
CONSTANT_VALUES = {"pi": np.float64(np.pi), "e": np.float64(np.e), "tau": np.float64(2 * np.pi)}


class Function(NamedTuple):
    """A function of NumPy, the number of values that it takes, and a description."""

    function: Callable[..., Any]
    takes: int
    description: str


_DEFINITIONS: dict[str, tuple[Callable[..., Any], int, str]] = {
    "sin": (np.sin, 1, "sine of an angle in radians"),
    "cos": (np.cos, 1, "cosine of an angle in radians"),
    "tan": (np.tan, 1, "tangent of an angle in radians"),
    "asin": (np.arcsin, 1, "the angle whose sine is a"),
    "acos": (np.arccos, 1, "the angle whose cosine is a"),
    "atan": (np.arctan, 1, "the angle whose tangent is a"),
    "sinh": (np.sinh, 1, "hyperbolic sine"),
    "cosh": (np.cosh, 1, "hyperbolic cosine"),
    "tanh": (np.tanh, 1, "hyperbolic tangent"),
    "exp": (np.exp, 1, "e to the power a"),
    "log": (np.log, 1, "natural logarithm"),
    "log2": (np.log2, 1, "logarithm to base 2"),
    "log10": (np.log10, 1, "logarithm to base 10"),
    "sqrt": (np.sqrt, 1, "square root"),
    "abs": (np.abs, 1, "a without its sign"),
    "sign": (np.sign, 1, "-1, 0 or 1, as a is below, at or above 0"),
    "floor": (np.floor, 1, "rounded down"),
    "ceil": (np.ceil, 1, "rounded up"),
    "round": (np.rint, 1, "rounded to the nearest whole number, halves to the even one"),
    "sigmoid": (lambda a: 1.0 / (1.0 + np.exp(-a)), 1, "1 / (1 + exp(-a))"),
    "relu": (lambda a: np.maximum(a, 0.0), 1, "a, but 0 where a is below 0"),
    "min": (np.minimum, 2, "the smaller of a and b"),
    "max": (np.maximum, 2, "the larger of a and b"),
    "hypot": (np.hypot, 2, "sqrt(a**2 + b**2), the distance from 0"),
    "where": (lambda a, b, c: np.where(a != 0, b, c), 3, "b where a holds (is not 0), c elsewhere"),
    "clip": (np.clip, 3, "a, but never below b nor above c"),
}
FUNCTIONS = {name: Function(*definition) for name, definition in _DEFINITIONS.items()}
SIGNATURES = {name: f"{name}({', '.join('abc'[: function.takes])})" for name, function in FUNCTIONS.items()}
FUNCTION_HELP = {name: f"{SIGNATURES[name]}: {function.description}" for name, function in FUNCTIONS.items()}
