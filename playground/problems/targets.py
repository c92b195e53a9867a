"""The curves that can be learned: functions of one input, and samples drawn from functions of one input or two."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from nn.arrays import Flat, Matrix
from nn.registry import Registry
from playground.problems.formulas import Formula, way_out

Function: TypeAlias = Callable[..., Matrix]  # from one array per input to y, all of one shape
MAX_Y = 1e300  # of y, so that a range with a margin around it is finite


@dataclass(frozen=True)
class Target:
    """A curve to learn.

    Args:
        name, label: for links, and for the page.
        function: from x (n,) to y (n,), finite for every finite x.
        noise: the standard deviation of the target's own noise.
    """

    name: str
    label: str
    function: Function
    noise: float = 0.0


def _sawtooth(x: Matrix) -> Matrix:
    periods: Matrix = np.floor((x + 1) / 2)
    return x - 2 * periods  # from -1 to 1 over each interval of length 2


TARGETS = Registry(
    "target",
    (
        Target("sine", "Sine", np.sin),
        Target("cosine", "Cosine", np.cos),
        Target("x_sine", "x · sin x", lambda x: x * np.sin(x)),
        Target("step", "Step", lambda x: np.where(x < 0, -1.0, 1.0)),
        Target("absolute", "|x|", np.abs),
        Target("sawtooth", "Sawtooth", _sawtooth),
        Target("bump", "Gaussian bump", lambda x: np.exp(-(x**2))),
        Target("noisy_sine", "Sine with noise", np.sin, noise=0.2),
    ),
)


def sample_curve(target: Target, low: float, high: float, count: int, noise: float, seed: int) -> Matrix:
    """(2, count), samples of a Target: x and y.

    Args:
        target: the curve.
        low, high: the range of x. The samples are evenly spaced from `low` on, without `high`, as in the posts
            (-5, -4.9, ..., 4.9).
        count: how many.
        noise: standard deviation of the normal noise on y, on top of the target's own.
        seed: of the noise.

    Raises:
        ValueError: when the target has no finite value somewhere on the range.
    """
    spacing = (low + (high - low) / count) - low  # rounded as np.arange rounds it: the posts' points to the last bit
    x = low + spacing * np.arange(count)
    deviation = float(np.hypot(noise, target.noise))
    check_finite(target.function, target.label, np.union1d(x, np.linspace(low, high, 201)))
    y = target.function(x)
    if deviation:
        y = y + deviation * np.random.RandomState(seed).standard_normal(count)
    return np.stack([x, y])


def sample_plane(
    function: Function, label: str, low: float, high: float, count: int, noise: float, seed: int
) -> tuple[Matrix, int]:
    """Samples of a function of two inputs, (3, count): x1, x2 and y; and the number of classes, or 0.

    A function that is 0 or 1 everywhere, and not constant, has two classes.

    Args:
        function: from x1 (n,) and x2 (n,) to y (n,).
        label: its name in a message.
        low, high: the range of x1 and of x2, over which the samples are drawn at random.
        count: how many.
        noise: standard deviation of the normal noise: on y, or on the inputs that decide the class, if y is one.
        seed: of the samples and the noise.

    Raises:
        ValueError: when the function has no finite value somewhere on the range.
    """
    rng = np.random.RandomState(seed)
    X = rng.uniform(low, high, (2, count))
    everywhere = np.stack(np.meshgrid(*2 * [np.linspace(low, high, 61)])).reshape(2, -1)
    check_finite(function, label, np.hstack([X, everywhere]))
    values = function(*everywhere)
    classes = 2 * bool(np.isin(values, (0, 1)).all() and np.ptp(values) > 0)
    if classes:
        y = function(*np.clip(X + noise * rng.standard_normal(X.shape), low, high))
    else:
        y = function(*X) + noise * rng.standard_normal(count)
    return np.vstack([X, y]), classes


def check_finite(function: Function, label: str, X: Matrix) -> None:
    """Raises a ValueError if a function is not finite at some of the inputs X, (n,) or (2, n), or next to that."""
    X = np.atleast_2d(X)
    y = np.asarray(function(*X), float)
    invalid, large = X[:, ~np.isfinite(y)], X[:, np.abs(y) > MAX_Y]
    if invalid.size:
        words = f"{label} has no finite value at {_place(invalid[:, 0])}"
        if not isinstance(function, Formula):
            raise ValueError(f"{words}.")
        raise ValueError(f"{words}: {way_out(function, invalid[:, 0], float(X.min()), float(X.max()))}")
    if large.size:
        raise ValueError(
            f"{label} is beyond {MAX_Y:g} at {_place(large[:, 0])}, which is too large to train on: divide it by "
            "something."
        )


def _place(x: Flat) -> str:
    names = ["x"] if len(x) == 1 else ["x1", "x2"]
    return ", ".join(f"{name} = {value:.6g}" for name, value in zip(names, x, strict=True))
