"""The problems a network can be given: a target function over a range, and points drawn from it."""

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


@dataclass(frozen=True)
class Problem:
    """Points to learn from, and the truth behind them.

    Attributes:
        Xs, Ys: (1, m), the training points.
        target: the function they come from, without its noise.
        range: (low, high), where the points lie.
    """

    Xs: np.ndarray
    Ys: np.ndarray
    target: Callable
    range: tuple


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


def make_problem(target, low, high, points, noise, seed):
    """Draws a problem.

    Args:
        target: a name of TARGETS.
        low, high: the range of x. The points lie evenly from `low` on, `high` itself left out, as in the posts
            (-5, -4.9, ..., 4.9).
        points: how many.
        noise: standard deviation of the normal noise on y, on top of the target's own.
        seed: of the noise.

    Raises:
        ValueError: when there is no such target.
    """
    chosen = TARGETS[target]
    spacing = (low + (high - low) / points) - low  # rounded as np.arange rounds it: the posts' points to the last bit
    x = low + spacing * np.arange(points)
    deviation = float(np.hypot(noise, chosen.noise))
    y = chosen.function(x)
    if deviation:
        y = y + deviation * np.random.RandomState(seed).standard_normal(points)
    return Problem(x[None], y[None], chosen.function, (low, high))
