"""The problems with two inputs: points of a plane, each in a class or with a value to be learnt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nn.arrays import Flat, Matrix, Whole
from nn.registry import Registry
from playground.problems.targets import Function


class Draw(Protocol):
    """Draws samples of a problem with two inputs."""

    def __call__(self, count: int, noise: float, rng: np.random.RandomState) -> Matrix:
        """(3, count), x1, x2 and y in random order; y is the number of a class, or a value.

        Without noise, class sizes differ by at most one, and the points lie within the plane (all but one in ten
        million of the gaussians, which have tails). With at least as many points as classes, no class is ever empty.

        Args:
            count: 2 or more.
            noise: from 0 to 1. It moves the points themselves in the gaussians, the moons and the spirals, which may
                then leave the plane. In all other problems it moves the place at which y is evaluated.
            rng: the source of all randomness.
        """


@dataclass(frozen=True)
class Problem2D:
    """A problem on the plane [-6, 6] x [-6, 6].

    The first six of PROBLEMS_2D are TensorFlow Playground's, with the numbers of its src/dataset.ts
    (https://github.com/tensorflow/playground). Four things differ: its classes +1 and -1 are 1 and 0, there are exactly
    as many points as requested (it may round odd counts up), exclusive or has equal numbers of both classes, and noise
    does not affect one point of each class.

    Args:
        name, label, help: for links, and for the page.
        classes: the number of classes, or 0 where y is a number.
        draw: draws samples.
        truth: from arrays x1, x2 of one shape to y without noise, in that shape; None if there is no such function.
    """

    name: str
    label: str
    help: str
    classes: int
    draw: Draw
    truth: Function | None = None


def _classes_in_turn(count: int, classes: int) -> Whole:
    """(count,), the class of each point: 0, 1, ..., 0, 1, ..."""
    return np.arange(count) % classes


def _shuffled(X: Matrix, y: Flat | Whole, rng: np.random.RandomState) -> Matrix:
    samples: Matrix = np.vstack([X, y.astype(float)])
    return samples[:, rng.permutation(len(y))]


def _evaluated(X: Matrix, truth: Function, reach: float, rng: np.random.RandomState, classes: int = 0) -> Matrix:
    """The points X (2, count) with y evaluated up to `reach` away from them along either axis.

    The first point of each class is evaluated where it lies, so that no class is ever empty.
    """
    offsets = reach * rng.uniform(-1, 1, X.shape)
    offsets[:, :classes] = 0
    return _shuffled(X, truth(*(X + offsets)), rng)


def _bands(bands: Sequence[tuple[float, float]], truth: Function, reach: float) -> Draw:
    """Rings around the origin: class c between the radii bands[c]."""

    def draw(count: int, noise: float, rng: np.random.RandomState) -> Matrix:
        low, high = np.array(bands)[_classes_in_turn(count, len(bands))].T
        r = rng.uniform(low, high)
        t = rng.uniform(0, 2 * np.pi, count)
        return _evaluated(r * np.stack([np.sin(t), np.cos(t)]), truth, reach * noise, rng, len(bands))

    return draw


def _in_circle(x1: Matrix, x2: Matrix) -> Matrix:
    return (np.hypot(x1, x2) < 2.5).astype(float)


def _ring(x1: Matrix, x2: Matrix) -> Matrix:
    return np.digitize(np.hypot(x1, x2), [2, 4]).astype(float)


def _same_sign(x1: Matrix, x2: Matrix) -> Matrix:
    return (x1 * x2 >= 0).astype(float)


def _draw_xor(count: int, noise: float, rng: np.random.RandomState) -> Matrix:
    X = rng.uniform(-5, 5, (2, count))
    side = np.where(X[0] > 0, 1, -1)
    sides = np.stack([side, side * (2 * _classes_in_turn(count, 2) - 1)])  # class 1: x2 on the side of x1
    return _evaluated(sides * (np.abs(X) + 0.3), _same_sign, 5 * noise, rng, 2)


def _draw_gaussians(count: int, noise: float, rng: np.random.RandomState) -> Matrix:
    y = _classes_in_turn(count, 2)
    variance = 0.5 + 7 * noise  # 4 at noise 0.5
    return _shuffled(4 * y - 2 + np.sqrt(variance) * rng.standard_normal((2, count)), y, rng)


def _spiral(arms: int) -> Draw:
    turns = 3.5 / arms  # 1.75 for two arms; with more arms, neighbours stay as far apart

    def draw(count: int, noise: float, rng: np.random.RandomState) -> Matrix:
        y = _classes_in_turn(count, arms)
        along = np.arange(count) // arms * arms / count  # i / n, from 0 to below 1
        t = 2 * np.pi * (turns * along + (y - 1) / arms)
        X = 5 * along * np.stack([np.sin(t), np.cos(t)])
        return _shuffled(X + noise * rng.uniform(-1, 1, X.shape), y, rng)

    return draw


def _draw_moons(count: int, noise: float, rng: np.random.RandomState) -> Matrix:
    y = _classes_in_turn(count, 2)
    last = (count - 1 - y) // 2  # the number of the last point of the moon, from 0
    t = np.pi * (np.arange(count) // 2) / np.maximum(last, 1)
    X = (1 - 2 * y) * np.stack(
        [np.cos(t) - 0.5, np.sin(t) - 0.25]
    )  # each moon is the other's reflection in (0.5, 0.25)
    return _shuffled((X + noise * rng.standard_normal(X.shape)) * 10 / 3, y, rng)  # x1 from -5 to 5


def _like_origin(x1: Matrix, x2: Matrix) -> Matrix:
    return 1 - (np.floor(x1 / 3) + np.floor(x2 / 3)) % 2


def _draw_checkerboard(count: int, noise: float, rng: np.random.RandomState) -> Matrix:
    column, row = np.floor(rng.uniform([[0], [0]], [[4], [2]], (2, count)))
    squares = np.stack([column, 2 * row + (column + 1 - _classes_in_turn(count, 2)) % 2])  # class 1: their sum is even
    return _evaluated(3 * squares - 6 + rng.uniform(0.2, 2.8, (2, count)), _like_origin, 3 * noise, rng, 2)


def _slope(x1: Matrix, x2: Matrix) -> Matrix:
    return (x1 + x2) / 10


HILLS = np.array([[-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1]])  # x1, x2, sign


def _hills(x1: Matrix, x2: Matrix) -> Matrix:
    at1, at2, sign = HILLS.T
    distance = np.hypot(np.asarray(x1)[..., None] - at1, np.asarray(x2)[..., None] - at2)  # (..., 6)
    # They have radius 2 and are at least 4 apart: at most one of the six terms is not 0.
    heights: Matrix = sign * np.maximum(0, 1 - distance / 2)
    total: Matrix = heights.sum(axis=-1)
    return total


def _values(truth: Function) -> Draw:
    """Points anywhere in the plane, with the value of a function."""

    def draw(count: int, noise: float, rng: np.random.RandomState) -> Matrix:
        return _evaluated(rng.uniform(-6, 6, (2, count)), truth, 6 * noise, rng)

    return draw


PROBLEMS_2D = Registry(
    "problem",
    (
        Problem2D(
            "circle",
            "Circle",
            "A disc inside a ring.",
            2,
            _bands([(3.5, 5.0), (0.0, 2.5)], _in_circle, 5),
            _in_circle,
        ),
        Problem2D("xor", "Exclusive or", "Whether x₁ and x₂ have the same sign.", 2, _draw_xor, _same_sign),
        Problem2D("gaussians", "Gaussians", "Two clouds, spread more widely by noise.", 2, _draw_gaussians),
        Problem2D("spiral", "Spiral", "Two arms wound around each other.", 2, _spiral(2)),
        Problem2D("plane", "Slope", "A value that rises evenly: (x₁ + x₂) / 10.", 0, _values(_slope), _slope),
        Problem2D("multi_gaussian", "Hills", "A value with three hills and three hollows.", 0, _values(_hills), _hills),
        # As scikit-learn's make_moons has them (noise is the deviation where the moons' radius is 1), 10 / 3 as large.
        Problem2D("moons", "Moons", "Two half circles, each reaching into the other.", 2, _draw_moons),
        Problem2D(
            "rings",
            "Rings",
            "Three rings around one centre.",
            3,
            _bands([(0.5, 1.5), (2.5, 3.5), (4.5, 5.5)], _ring, 3),
            _ring,
        ),
        Problem2D("checkerboard", "Checkerboard", "Four by four squares.", 2, _draw_checkerboard, _like_origin),
        Problem2D("three_spirals", "Three spirals", "Three arms wound around one another.", 3, _spiral(3)),
    ),
)
