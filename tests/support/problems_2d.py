"""Points of the problems with two inputs, and what happens to a share of them."""

import math

import numpy as np
import pytest

from playground.problems.problems_2d import PROBLEMS_2D

EACH = pytest.mark.parametrize("name", PROBLEMS_2D)
CLASSED = [name for name, plane in PROBLEMS_2D.items() if plane.classes]
TRUE = [name for name, plane in PROBLEMS_2D.items() if plane.truth]


def drawn(name, count=600, noise=0.0, seed=0):
    return PROBLEMS_2D[name].draw(count, noise, np.random.RandomState(seed))


def of_class(points, c):
    """(2, n), the points of one class."""
    return points[:2, points[2] == c]


def in_order(points):
    """The same columns, sorted: two sets of points are equal when these are."""
    rounded = np.round(points, 9) + 0.0  # + 0: no -0
    return rounded[:, np.lexsort(rounded)]


def assert_share(happened, share):
    """What happens to each point with this chance happened to that share of them, within five standard errors."""
    assert abs(np.mean(happened) - share) <= 5 * math.sqrt(share * (1 - share) / np.size(happened))


def assert_uniform(values, low, high):
    assert low <= values.min()
    assert values.max() <= high
    for quarter in (0.25, 0.5, 0.75):
        assert_share(values < low + quarter * (high - low), quarter)
