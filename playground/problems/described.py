"""The data of an experiment: which problem its fields describe."""

import re
from functools import lru_cache

import numpy as np

from playground.problems.formula import Formula
from playground.problems.planes import PLANES
from playground.problems.problem import make_problem
from playground.problems.table import read_table
from playground.problems.targets import TARGETS, Target, sampled, sampled_plane

CURVE = "curve"  # the problem that a target describes
OWN = {"formula": "Own formula", "points": "Own points or file"}  # targets that are the visitor's
PLANE = (-6.0, 6.0)  # both inputs of the problems of PLANES
MOST_CLASSES = 3
ROOM = 0.05  # of the range of own points of a plane, around them


def formula_of(text):
    """A Formula of x, or of x1 and x2 if it names one of them. A FormulaError when the text is none."""
    return Formula(text, ("x1", "x2") if re.search(r"\bx[12]\b", text, re.ASCII) else ("x",))


def problem_of(experiment):
    """The Problem that an Experiment's fields describe.

    Raises:
        ValueError: when its formula or its own points cannot be learnt.
    """
    e, kind = experiment, {}
    limits = e.low, e.high
    if e.problem != CURVE:
        plane = PLANES[e.problem]
        points = plane.draw(e.points, e.noise, np.random.RandomState(e.data_seed))
        target, ranges, kind = plane.truth, (PLANE, PLANE), {"classes": plane.classes}
    elif e.target == "points":
        points, kind = _own_points(e.own)
        target, ranges = None, _ranges(points[:-1])
    elif e.target == "formula" and len((formula := formula_of(e.formula)).variables) == 2:
        points, classes = sampled_plane(formula, "The formula", *limits, e.points, e.noise, e.data_seed)
        target, ranges, kind = formula, (limits, limits), {"classes": classes}
    else:
        own = e.target == "formula"
        chosen = Target("formula", "The formula", formula) if own else TARGETS[e.target]
        points = sampled(chosen, *limits, e.points, e.noise, e.data_seed)
        target, ranges = chosen.function, (limits,)
    return make_problem(
        points,
        target,
        ranges,
        features=e.features if len(ranges) == 2 else (),
        test_fraction=e.test_fraction,
        seed=e.data_seed,
        standardised=e.scaling == "standard",
        **kind,
    )


@lru_cache(maxsize=8)
def _own_points(text):
    """A table as points (inputs + 1, n), those of a curve rising in x, and how many classes y tells.

    With two inputs a y of nothing but 0 and 1, or 0, 1 and 2, is a class.
    """
    table = read_table(text.encode())
    points = np.vstack([table.Xs, table.Ys])
    if len(points) == 2:
        return points[:, np.argsort(points[0], kind="stable")], {}
    values = np.unique(table.Ys).tolist()
    classes = len(values) if values in [list(range(k)) for k in range(2, MOST_CLASSES + 1)] else 0
    return points, {"classes": classes}


def _ranges(X):
    """Where own inputs (inputs, n) lie: to the last point of a curve, and a little further on a plane."""
    room = ROOM * np.ptp(X, axis=1) * (len(X) > 1)
    return tuple(zip((X.min(axis=1) - room).tolist(), (X.max(axis=1) + room).tolist(), strict=True))
