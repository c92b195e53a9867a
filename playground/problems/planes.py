"""The problems with two inputs: points of a plane, each in a class or with a value to be learnt."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn.registry import Registry


@dataclass(frozen=True)
class Plane:
    """A way to draw points of the plane [-6, 6] x [-6, 6].

    The first six of PLANES are TensorFlow Playground's, with the numbers of its src/dataset.ts
    (https://github.com/tensorflow/playground). Ours differ in this: its classes +1 and -1 are 1 and 0 here, there are
    exactly as many points as asked for (it may round odd counts up), exclusive or has as many points of either class,
    and noise leaves one point of each class alone.

    Args:
        name, label, help: for links, and for the page.
        classes: how many there are, or 0 where y is a number.
        draw: draw(count, noise, rng) gives (3, count), x1, x2 and y, in no order; y is a class's number or the value.
            count is 2 or more, noise goes from 0 to 1, rng is a RandomState. Noise moves the points themselves in the
            gaussians, the moons and the spirals, which may then leave the plane; in all others it moves the place from
            which y is read. Without noise the classes are as even as can be and the points lie within the plane (of the
            gaussians, which have tails, all but one in ten million). Whatever the noise, no class is without a point
            when there are at least as many points as classes.
        truth: from arrays x1, x2 of one shape to y without noise, in that shape; None where there is no such function.
    """

    name: str
    label: str
    help: str
    classes: int
    draw: Callable
    truth: Callable | None = None


def _dealt(count, classes):
    """(count,), the class of each point, dealt in turns: the first `classes` points have one each."""
    return np.arange(count) % classes


def _shuffled(X, y, rng):
    return np.vstack([X, y])[:, rng.permutation(len(y))]


def _read(X, truth, reach, rng, classes=0):
    """The points X (2, count) with the truth of where noise would have them, up to `reach` off along either axis.

    One point of each class, the first ones, is read where it lies: no class is ever empty.
    """
    off = reach * rng.uniform(-1, 1, X.shape)
    off[:, :classes] = 0
    return _shuffled(X, truth(*(X + off)), rng)


def _bands(bands, truth, reach):
    """Rings around the origin: class c between the radii bands[c]."""

    def draw(count, noise, rng):
        low, high = np.array(bands)[_dealt(count, len(bands))].T
        r = rng.uniform(low, high)
        t = rng.uniform(0, 2 * np.pi, count)
        return _read(r * np.stack([np.sin(t), np.cos(t)]), truth, reach * noise, rng, len(bands))

    return draw


def _in_circle(x1, x2):
    return (np.hypot(x1, x2) < 2.5).astype(float)


def _ring(x1, x2):
    return np.digitize(np.hypot(x1, x2), [2, 4]).astype(float)


def _same_sign(x1, x2):
    return (x1 * x2 >= 0).astype(float)


def _draw_xor(count, noise, rng):
    X = rng.uniform(-5, 5, (2, count))
    side = np.where(X[0] > 0, 1, -1)
    sides = np.stack([side, side * (2 * _dealt(count, 2) - 1)])  # class 1: x2 on the side of x1
    return _read(sides * (np.abs(X) + 0.3), _same_sign, 5 * noise, rng, 2)


def _draw_gaussians(count, noise, rng):
    y = _dealt(count, 2)
    variance = 0.5 + 7 * noise  # 4 at noise 0.5
    return _shuffled(4 * y - 2 + np.sqrt(variance) * rng.standard_normal((2, count)), y, rng)


def _spiral(arms):
    turns = 3.5 / arms  # 1.75 of two arms; of more, neighbours are as far apart

    def draw(count, noise, rng):
        y = _dealt(count, arms)
        along = np.arange(count) // arms * arms / count  # i / n, from 0 to below 1
        t = 2 * np.pi * (turns * along + (y - 1) / arms)
        X = 5 * along * np.stack([np.sin(t), np.cos(t)])
        return _shuffled(X + noise * rng.uniform(-1, 1, X.shape), y, rng)

    return draw


def _draw_moons(count, noise, rng):
    y = _dealt(count, 2)
    last = (count - 1 - y) // 2  # the number of the last point of the moon, from 0
    t = np.pi * (np.arange(count) // 2) / np.maximum(last, 1)
    X = (1 - 2 * y) * np.stack(
        [np.cos(t) - 0.5, np.sin(t) - 0.25]
    )  # about (0.5, 0.25), one moon is the other's reflection
    return _shuffled((X + noise * rng.standard_normal(X.shape)) * 10 / 3, y, rng)  # x1 from -5 to 5


def _like_origin(x1, x2):
    return 1 - (np.floor(x1 / 3) + np.floor(x2 / 3)) % 2


def _draw_checkerboard(count, noise, rng):
    column, row = np.floor(rng.uniform([[0], [0]], [[4], [2]], (2, count)))
    squares = np.stack([column, 2 * row + (column + 1 - _dealt(count, 2)) % 2])  # class 1: their sum is even
    return _read(3 * squares - 6 + rng.uniform(0.2, 2.8, (2, count)), _like_origin, 3 * noise, rng, 2)


def _slope(x1, x2):
    return (x1 + x2) / 10


HILLS = np.array([[-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1]])  # x1, x2, sign


def _hills(x1, x2):
    at1, at2, sign = HILLS.T
    distance = np.hypot(np.asarray(x1)[..., None] - at1, np.asarray(x2)[..., None] - at2)  # (..., 6)
    # They reach 2 and are 4 or more apart: of the six at most one is not 0, and their sum is the largest in size.
    return (sign * np.maximum(0, 1 - distance / 2)).sum(axis=-1)


def _valued(truth):
    """Points anywhere in the plane, with the truth's value."""

    def draw(count, noise, rng):
        return _read(rng.uniform(-6, 6, (2, count)), truth, 6 * noise, rng)

    return draw


PLANES = Registry(
    "problem",
    (
        Plane(
            "circle",
            "Circle",
            "A disc inside a ring.",
            2,
            _bands([(3.5, 5.0), (0.0, 2.5)], _in_circle, 5),
            _in_circle,
        ),
        Plane("xor", "Exclusive or", "Whether x₁ and x₂ have the same sign.", 2, _draw_xor, _same_sign),
        Plane("gaussians", "Gaussians", "Two clouds, spread more widely by noise.", 2, _draw_gaussians),
        Plane("spiral", "Spiral", "Two arms wound around each other.", 2, _spiral(2)),
        Plane("plane", "Slope", "A value that rises evenly: (x₁ + x₂) / 10.", 0, _valued(_slope), _slope),
        Plane("multi_gaussian", "Hills", "A value with three hills and three hollows.", 0, _valued(_hills), _hills),
        # As scikit-learn's make_moons has them (noise is the deviation where the moons' radius is 1), 10 / 3 as large.
        Plane("moons", "Moons", "Two half circles, each reaching into the other.", 2, _draw_moons),
        Plane(
            "rings",
            "Rings",
            "Three rings around one centre.",
            3,
            _bands([(0.5, 1.5), (2.5, 3.5), (4.5, 5.5)], _ring, 3),
            _ring,
        ),
        Plane("checkerboard", "Checkerboard", "Four by four squares.", 2, _draw_checkerboard, _like_origin),
        Plane("three_spirals", "Three spirals", "Three arms wound around one another.", 3, _spiral(3)),
    ),
)
