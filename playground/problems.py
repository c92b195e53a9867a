"""The problems a network can be given: a target function over a range, and points drawn from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

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


class Scale(NamedTuple):
    """Where a quantity is centred and how widely it is spread: the network sees (value - centre) / spread."""

    centre: float = 0.0
    spread: float = 1.0

    def of(self, value):
        """A value as the network sees it."""
        return (value - self.centre) / self.spread

    def back(self, value):
        """A value of the network's in its own units."""
        return value * self.spread + self.centre


@dataclass(frozen=True)
class Problem:
    """Points to learn from, and the truth behind them.

    Attributes:
        points, test_points: (2, m) and (2, k), x and y of what is learnt from and of what is kept apart, in their own
            units.
        target: the function they come from, without its noise, from x (n,) to y (n,); nan where nobody knows it.
        range: (low, high), where the points lie.
        x, y: the Scales by which the network sees them.
    """

    points: np.ndarray
    test_points: np.ndarray
    target: Callable
    range: tuple
    x: Scale
    y: Scale

    @property
    def Xs(self):
        """(1, m), the training inputs as the network sees them."""
        return self.x.of(self.points[:1])

    @property
    def Ys(self):
        """(1, m), the training targets as the network sees them."""
        return self.y.of(self.points[1:])

    @property
    def test_set(self):
        """Xs and Ys of the test points, (1, k) each, k maybe 0."""
        return self.x.of(self.test_points[:1]), self.y.of(self.test_points[1:])


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
    y = _finite(target, np.union1d(x, np.linspace(low, high, 201)), x)
    if deviation:
        y = y + deviation * np.random.RandomState(seed).standard_normal(points)
    return np.stack([x, y])


def _finite(target, everywhere, x):
    """y at x, where the target is finite everywhere on its range."""
    wrong = everywhere[~np.isfinite(target.function(everywhere))]
    if len(wrong):
        raise ValueError(f"{target.label} has no finite value at x = {wrong[0]:.6g}.")
    return target.function(x)


def make_problem(points, target, range_, test_fraction=0.0, seed=0, standardised=False):
    """A Problem of points (2, n).

    Args:
        points: x and y.
        target: the function behind them, or None where nobody knows it.
        range_: (low, high), where they lie.
        test_fraction: the share of them that is kept apart, rounded; one at least is learnt from.
        seed: which those are.
        standardised: whether the network sees x and y with mean 0 and standard deviation 1 over what is learnt from.
    """
    n = points.shape[1]
    apart = min(round(test_fraction * n), n - 1)
    chosen = np.zeros(n, bool)
    if apart:
        chosen[np.random.RandomState(seed).permutation(n)[:apart]] = True
    learnt = points[:, ~chosen]
    x, y = (Scale(float(row.mean()), float(row.std()) or 1.0) if standardised else Scale() for row in learnt)
    return Problem(learnt, points[:, chosen], target or _unknown, range_, x, y)


def _unknown(x):
    return np.full(np.shape(x), np.nan)
