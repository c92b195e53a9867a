"""The data of an experiment: the settings that describe it, and the problem that they make."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from nn.arrays import Matrix
from playground.control import choice, multiple_choice, number, text
from playground.problems.features import FEATURES
from playground.problems.formulas import MAX_LENGTH, formula_of
from playground.problems.problem import Problem, Ranges
from playground.problems.problems_2d import PROBLEMS_2D
from playground.problems.tables import MAX_BYTES, MAX_CLASSES, NAMES, read_own
from playground.problems.targets import TARGETS, Function, Target, sample_curve, sample_plane

CURVE = "curve"  # the problem that a target describes
OWN = {"formula": "Own formula", "points": "Own points or file"}  # targets that are the visitor's
SCALINGS = {"none": "None", "standard": "Standardised"}
PLANE = (-6.0, 6.0)  # the range of both inputs of the problems with two inputs
PADDING = 0.05  # of the range of own points of a plane, around them


class _Drawn(NamedTuple):
    """Samples (inputs + 1, n), with what is known of them."""

    samples: Matrix
    target: Function | None
    ranges: Ranges
    classes: int
    names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataSettings:
    """The fields of an experiment that describe its data."""

    problem: str = choice(
        "data",
        CURVE,
        "Problem",
        "A curve has one input. The others have two, x₁ and x₂: the network learns a class or a number for every point "
        "of a plane.",
        (CURVE, *PROBLEMS_2D),
    )
    target: str = choice("data", "sine", "Target", "The function that the network learns.", (*TARGETS, *OWN))
    formula: str = text(
        "data",
        "sin(x) + sin(3 * x) / 3",
        "y =",
        "Your own function of x, such as x sin(2x), or of x1 and x2; or a border between two classes, such as "
        "y > x**2. A formula that can be meant in two ways is answered with both.",
        max_length=MAX_LENGTH,
    )
    own: str = text(
        "data",
        "x,y\n-2,1\n-1,0\n0,1\n1,0\n2,1\n",
        "Own points",
        "Your own points: a table of x and y, or of x1, x2 and y.",
        max_length=MAX_BYTES,
    )
    features: tuple[str, ...] = multiple_choice(
        "network", ("x1", "x2"), "Inputs", "The features of x₁ and x₂ that the network gets.", tuple(FEATURES)
    )
    scaling: str = choice(
        "network",
        "none",
        "Scaling",
        "Standardised: the network gets its inputs and y with mean 0 and standard deviation 1. It learns large values, "
        "or values far from 0, better that way. The charts show the original units; the loss is in the network's.",
        tuple(SCALINGS),
    )
    low: float = number("data", -5.0, "From x =", "The first training point.", low=-20.0, high=19.0, step=0.5)
    high: float = number(
        "data",
        5.0,
        "To x =",
        "The end of the training points; this x itself is left out.",
        low=-19.0,
        high=20.0,
        step=0.5,
    )
    points: int = number(
        "data",
        100,
        "Points",
        "The number of points: evenly spaced on a curve, random on a plane.",
        low=2,
        high=1000,
        step=1,
    )
    noise: float = number(
        "data",
        0.0,
        "Noise",
        "The standard deviation of the normal noise added to y. For classes, how far points stray; TensorFlow "
        "Playground allows 0.5 at most.",
        low=0.0,
        high=1.0,
        step=0.05,
    )
    test_fraction: float = number(
        "data",
        0.0,
        "Test points",
        "The share of the points that is held out: the network never trains on them, only its test loss uses them.",
        low=0.0,
        high=0.9,
        step=0.05,
    )
    data_seed: int = number(
        "data",
        0,
        "Data seed",
        "Another seed gives other points of a plane, other noise and other test points.",
        low=0,
        high=9999,
        step=1,
    )

    def _understood(self) -> str:
        """The formula: where it is what is learnt, as it was understood. Links and files have it so.

        Raises:
            FormulaError: when it is not a formula.
        """
        if self.problem != CURVE or self.target != "formula":
            return self.formula
        formula = formula_of(self.formula)
        return formula.text if formula.altered else self.formula

    def make_problem(self) -> Problem:
        """The Problem that these settings describe. It is made once and shared, since neither changes.

        Raises:
            ValueError: when the formula or the own points cannot be learned.
        """
        return self._problem

    @cached_property
    def _problem(self) -> Problem:
        drawn = self._draw()
        return Problem.of_samples(
            drawn.samples,
            drawn.target,
            drawn.ranges,
            classes=drawn.classes,
            features=self.features if len(drawn.ranges) == 2 else (),
            test_fraction=self.test_fraction,
            seed=self.data_seed,
            standardised=self.scaling == "standard",
            names=drawn.names,
            class_names=drawn.class_names,
        )

    def _draw(self) -> _Drawn:
        if self.problem != CURVE:
            plane = PROBLEMS_2D[self.problem]
            samples = plane.draw(self.points, self.noise, np.random.RandomState(self.data_seed))
            return _Drawn(samples, plane.truth, (PLANE, PLANE), plane.classes)
        if self.target == "points":
            return _own_samples(self.own)
        if self.target != "formula":
            return self._draw_curve(TARGETS[self.target])
        formula, limits = formula_of(self.formula), (self.low, self.high)
        if len(formula.variables) == 1:
            return self._draw_curve(Target("formula", "The formula", formula))
        samples, classes = sample_plane(formula, "The formula", *limits, self.points, self.noise, self.data_seed)
        return _Drawn(samples, formula, (limits, limits), classes)

    def _draw_curve(self, target: Target) -> _Drawn:
        samples = sample_curve(target, self.low, self.high, self.points, self.noise, self.data_seed)
        return _Drawn(samples, target.function, ((self.low, self.high),), 0)


@lru_cache(maxsize=8)
def _own_samples(text: str) -> _Drawn:
    """The samples of a table, those of a curve in the order of x.

    With two inputs, a y of words, or of nothing but 0 and 1, or of 0, 1 and 2, is a class.
    """
    table = read_own(text)
    samples, classes = np.vstack([table.Xs, table.Ys]), 0
    if len(samples) == 2:
        samples = samples[:, np.argsort(samples[0], kind="stable")]
    elif table.classes:
        classes = len(table.classes)
    elif (values := np.unique(table.Ys).tolist()) in [list(range(k)) for k in range(2, MAX_CLASSES + 1)]:
        classes = len(values)
    names = table.names if table.names != NAMES[len(table.names)] else ()
    return _Drawn(samples, None, _ranges(samples[:-1]), classes, names, table.classes)


def _ranges(X: Matrix) -> Ranges:
    """The range of each of the inputs (inputs, n): to the last point of a curve, and a little further on a plane."""
    padding = PADDING * np.ptp(X, axis=1) * (len(X) > 1)
    return tuple(zip((X.min(axis=1) - padding).tolist(), (X.max(axis=1) + padding).tolist(), strict=True))
