"""The data of a run as code: a plain curve as its formula, all other samples as numbers."""

import numpy as np

from nn.arrays import Matrix
from playground.experiment import Experiment
from playground.problems.data_settings import CURVE
from playground.problems.problem import Problem
from playground.problems.scale import Scale
from playground.sharing.export.expressions import FEATURES, TARGETS, code_of
from playground.sharing.export.literals import column, matrix, number
from playground.sharing.export.template import block, render

CURVE_TEMPLATE = """
Xs = $x.reshape(1, -1)
Ys = $y
$scaling
$cast
"""
POINTS_TEMPLATE = '''
# One row each: $rows.
points = $points
$test_points


def network_data(points):
    """The network's inputs Xs, (inputs, m), and targets Ys, (outputs, m)."""
    $variables, y = points
    $inputs
    $targets
    $cast
    return Xs, Ys


Xs, Ys = network_data(points)
$test_data
'''


def data_section(experiment: Experiment, problem: Problem) -> str:
    """Lines that make `Xs` and `Ys`, and of test points `test_Xs` and `test_Ys`, as the network sees them.

    Nothing that a visitor wrote is in them: a formula or a table becomes its points.
    """
    cast = "Xs, Ys = Xs.astype(np.float32), Ys.astype(np.float32)" if experiment.dtype == "float32" else ""
    curve = _curve(experiment, problem.samples[0])
    if curve:
        scaling = block(*_scaled("Xs", problem.x), *_scaled("Ys", problem.y))
        parts = {"x": curve, "y": TARGETS[experiment.target], "scaling": scaling, "cast": cast}
        return render(CURVE_TEMPLATE, parts).strip()
    test_points = test_data = ""
    if problem.test_samples.size:
        test_points = f"test_points = {matrix(problem.test_samples)}"
        test_data = "test_Xs, test_Ys = network_data(test_points)"
    parts = {
        "rows": f"{variables(problem)} and {'the class' if problem.classes else 'y'}",
        "points": matrix(problem.samples),
        "test_points": test_points,
        "variables": variables(problem),
        "inputs": inputs(problem),
        "targets": _targets(problem),
        "cast": cast,
        "test_data": test_data,
    }
    return render(POINTS_TEMPLATE, parts).strip()


def variables(problem: Problem) -> str:
    """The names of a problem's inputs, as a list."""
    return "x" if problem.n_inputs == 1 else "x1, x2"


def inputs(problem: Problem) -> str:
    """Lines that make the network's inputs `Xs` from arrays x, or x1 and x2, of shape (m,)."""
    terms = [code_of(name, FEATURES, "feature") for name in problem.features] or ["x"]
    return block(f"Xs = np.stack([{', '.join(terms)}])", *_scaled("Xs", problem.x))


def is_standardised(scale: Scale) -> bool:
    """Whether a Scale is that of training points, (k, 1), and not the one that changes nothing."""
    return np.ndim(scale.spread) > 0


def _targets(problem: Problem) -> str:
    if problem.classes > 2:
        return f"Ys = (y == np.arange({problem.classes}).reshape(-1, 1)).astype(float)"
    return block("Ys = np.stack([y])", *_scaled("Ys", problem.y))


def _scaled(name: str, scale: Scale) -> list[str]:
    """Lines that standardise an array, if the run does."""
    if not is_standardised(scale):
        return []
    return [
        f"mean = {column(scale.centre)}  # of the training points",
        f"deviation = {column(scale.spread)}",
        f"{name} = ({name} - mean) / deviation",
    ]


def _curve(experiment: Experiment, x: Matrix) -> str:
    """The inputs of a known curve without noise, as in the posts; "" where they are not just that."""
    e = experiment
    known = e.problem == CURVE and e.target in TARGETS and e.noise == 0
    spacing = (e.high - e.low) / e.points
    if not known or not np.array_equal(np.arange(e.low, e.high, spacing), x):
        return ""
    return f"np.arange({number(e.low)}, {number(e.high)}, {spacing!r})"
