"""The data of a run as code: a plain curve as its formula, all other points as numbers."""

import numpy as np

from playground.problems.described import CURVE
from playground.sharing.export.expressions import FEATURES, TARGETS
from playground.sharing.export.literals import column, matrix, number
from playground.sharing.export.template import filled

PLAIN = """
Xs = $x.reshape(1, -1)
Ys = $y
$scaled
Xs, Ys = Xs.astype(np.float32), Ys.astype(np.float32)  #? float32
"""
DRAWN = '''
# A row each: $rows.
points = $points
test_points = $test_points  #? test


def seen(points):
    """What the network is given, (inputs, m), and what it is to tell, (outputs, m)."""
    $variables, y = points
    $inputs
    $targets
    Xs, Ys = Xs.astype(np.float32), Ys.astype(np.float32)  #? float32
    return Xs, Ys


Xs, Ys = seen(points)
test_Xs, test_Ys = seen(test_points)  #? test
'''


def data_section(experiment, problem, wanted):
    """Lines that make `Xs` and `Ys`, and of points kept apart `test_Xs` and `test_Ys`, as the network sees them.

    Nothing that a visitor wrote is in them: of a formula or a table there are the points alone.

    Args:
        wanted: with "test" where points are kept apart, "float32" where that is the arithmetic.
    """
    curve = _curve(experiment, problem.samples[0])
    if curve:
        scaled = "\n".join([*_scaled("Xs", problem.x), *_scaled("Ys", problem.y)])
        return filled(PLAIN, wanted, x=curve, y=TARGETS[experiment.target], scaled=scaled)
    names = variables(problem)
    return filled(
        DRAWN,
        wanted,
        rows=f"{names} and {'the class' if problem.classes else 'y'}",
        points=matrix(problem.samples),
        test_points=matrix(problem.test_samples),
        variables=names,
        inputs=inputs(problem),
        targets=_targets(problem),
    )


def variables(problem):
    """The names of a problem's inputs, as they are listed."""
    return "x" if problem.n_inputs == 1 else "x1, x2"


def inputs(problem):
    """Lines that make `Xs`, what the network is given, from arrays x, or x1 and x2, of shape (m,)."""
    terms = [FEATURES[name] for name in problem.features] or ["x"]
    return "\n".join([f"Xs = np.stack([{', '.join(terms)}])", *_scaled("Xs", problem.x)])


def _targets(problem):
    if problem.classes > 2:
        return f"Ys = (y == np.arange({problem.classes}).reshape(-1, 1)).astype(float)"
    return "\n".join(["Ys = np.stack([y])", *_scaled("Ys", problem.y)])


def _scaled(name, scale):
    """Lines that standardise, where that is done."""
    if not standardises(scale):
        return []
    return [
        f"mean = {column(scale.centre)}  # of the training points",
        f"deviation = {column(scale.spread)}",
        f"{name} = ({name} - mean) / deviation",
    ]


def standardises(scale):
    """Whether a Scale is one of training points, (k, 1), and not that of values that are as they are."""
    return np.ndim(scale.spread) > 0


def _curve(experiment, x):
    """The inputs of a known curve without noise as the posts have theirs; None where they are not just that."""
    e = experiment
    known = e.problem == CURVE and e.target in TARGETS and e.noise == 0
    spacing = (e.high - e.low) / e.points
    if not known or not np.array_equal(np.arange(e.low, e.high, spacing), x):
        return None
    return f"np.arange({number(e.low)}, {number(e.high)}, {spacing!r})"
