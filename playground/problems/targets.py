"""The curves that can be learnt: functions of one input, and points drawn from them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn.registry import Registry


@dataclass(frozen=True)
class Target:
    """A function to be learnt.

    Args:
        name, label: for links, and for the page.
        function: from x (n,) to y (n,), finite for every finite x.
        noise: standard deviation of the noise that the target brings along when none is asked for.
    """

    name: str
    label: str
    function: Callable
    noise: float = 0.0


def _sawtooth(x):  # from -1 to 1 over each stretch of 2
    return x - 2 * np.floor((x + 1) / 2)


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


def sampled(target, low, high, points, noise, seed):
    """Points drawn from a Target: (2, points), x and y.

    Args:
        target: a Target.
        low, high: the range of x. The points lie evenly from `low` on, `high` itself left out, as in the posts
            (-5, -4.9, ..., 4.9).
        points: how many.
        noise: standard deviation of the normal noise on y, on top of the target's own.
        seed: of the noise.

    Raises:
        ValueError: when the target has no finite value somewhere on the range.
    """
    spacing = (low + (high - low) / points) - low  # rounded as np.arange rounds it: the posts' points to the last bit
    x = low + spacing * np.arange(points)
    deviation = float(np.hypot(noise, target.noise))
    check_finite(target.function, target.label, np.union1d(x, np.linspace(low, high, 201)))
    y = target.function(x)
    if deviation:
        y = y + deviation * np.random.RandomState(seed).standard_normal(points)
    return np.stack([x, y])


def sampled_plane(function, label, low, high, points, noise, seed):
    """Points drawn from a function of two inputs: (3, points), x1, x2 and y; and how many classes y tells, or 0.

    A function that is 0 or 1 everywhere tells two classes.

    Args:
        function: from x1 (n,) and x2 (n,) to y (n,).
        label: what a message calls it.
        low, high: the range of x1 and of x2, over which the points lie at random.
        points: how many.
        noise: standard deviation of the normal noise: on y, or, since a class has none, on the x that tells the class.
        seed: of the points and the noise.

    Raises:
        ValueError: when the function has no finite value somewhere on the range.
    """
    rng = np.random.RandomState(seed)
    X = rng.uniform(low, high, (2, points))
    everywhere = np.stack(np.meshgrid(*2 * [np.linspace(low, high, 61)])).reshape(2, -1)
    check_finite(function, label, np.hstack([X, everywhere]))
    known = function(*everywhere)
    classes = 2 * bool(np.isin(known, (0, 1)).all() and np.ptp(known) > 0)
    if classes:
        y = function(*np.clip(X + noise * rng.standard_normal(X.shape), low, high))
    else:
        y = function(*X) + noise * rng.standard_normal(points)
    return np.vstack([X, y]), classes


def check_finite(function, label, X):
    """Refuses, with a ValueError, a function that is not finite at some of the inputs X, (n,) or (2, n)."""
    wrong = np.atleast_2d(X)[:, ~np.isfinite(function(*np.atleast_2d(X)))]
    if wrong.size:
        names = ["x"] if len(wrong) == 1 else ["x1", "x2"]
        where = ", ".join(f"{name} = {x:.6g}" for name, x in zip(names, wrong[:, 0], strict=True))
        raise ValueError(f"{label} has no finite value at {where}.")
