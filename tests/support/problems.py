"""The problems by name, and how well each is learned with its recommended settings."""

from playground.experiment import Experiment
from playground.problems.problems_2d import PROBLEMS_2D

LEARNED = [  # problem, epochs, and the accuracy or R^2 = 1 - loss / (variance / 2) that they reach
    ("circle", 200, 0.98),
    ("xor", 200, 0.98),
    ("gaussians", 200, 0.98),
    ("spiral", 500, 0.97),
    ("plane", 500, 0.98),
    ("multi_gaussian", 800, 0.98),
    ("moons", 200, 0.98),
    ("rings", 200, 0.98),
    ("checkerboard", 600, 0.98),
    ("three_spirals", 500, 0.97),
    ("cosine", 700, 0.98),
    ("x_sine", 700, 0.98),
    ("step", 700, 0.98),
    ("absolute", 700, 0.98),
    ("sawtooth", 3000, 0.98),
    ("bump", 500, 0.98),
    ("noisy_sine", 500, 0.98),
]


def experiment_of(name: str, **values) -> Experiment:
    """An experiment on a problem of the plane or on a target."""
    which = {"problem": name} if name in PROBLEMS_2D else {"target": name}
    return Experiment(**which, **values)
