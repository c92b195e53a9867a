"""Exported scripts for the tests: runs of every kind, and what a script prints and contains."""

import ast
import contextlib
import io
import runpy
import sys

import numpy as np
import pytest

from nn import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, SCHEDULES
from playground.problems.features import FEATURES
from playground.problems.measures import measures_on
from playground.problems.problems_2d import PROBLEMS_2D
from playground.problems.targets import TARGETS
from playground.settings import LOSS_NAMES

SMALL = {"layers": (6, 5), "activations": ("tanh", "sigmoid"), "points": 40, "learning_rate": 0.05}
NONE = {"layers": (), "activations": ()}  # no hidden layer
CLASSES = {"problem": "rings", "loss": "cross_entropy", "points": 50, "test_fraction": 0.2, "initializer": "xavier"}
OWN_CURVE = "x,y\n3,1\n-2,1\n-1,0\n0,1\n1,0\n2,1\n"
OWN_PLANE = "x1,x2,y\n" + "".join(f"{i % 4},{i // 4},{i % 3}\n" for i in range(16))

CASES = {
    "the posts' run": {},
    **{f"target {name}": {**SMALL, "target": name} for name in TARGETS},
    **{f"problem {name}": {"problem": name, "points": 40, "noise": 0.1} for name in PROBLEMS_2D},
    **{f"activation {name}": {**SMALL, "activations": (name, name), "initializer": "xavier"} for name in ACTIVATIONS},
    **{f"output {name}": {**SMALL, "output_activation": name, "target": "absolute", "seed": 1} for name in ACTIVATIONS},
    **{f"optimizer {name}": {**SMALL, "optimizer": name, "learning_rate": 0.003} for name in OPTIMIZERS},
    **{
        f"optimizer {name} as its rate changes": {**SMALL, "optimizer": name, "schedule": "cosine", "period": 60}
        for name in ("momentum", "nesterov")
    },
    "linear regression": {**SMALL, **NONE, "scaling": "standard", "freeze": 2},
    "linear regression of a plane": {**NONE, "problem": "plane", "noise": 0.2, "batch_size": 7, "dropout": 0.3},
    "logistic regression": {**NONE, "problem": "moons", "loss": "cross_entropy", "points": 40, "dropout": 0.3},
    "softmax regression": {**CLASSES, **NONE, "l2": 0.01, "optimizer": "adam"},
    "nesterov without momentum": {**SMALL, "optimizer": "nesterov", "momentum": 0.0},
    **{f"loss {name}": {"problem": "circle", "loss": name, "points": 40} for name in LOSS_NAMES},
    **{f"loss {name} of three": {**CLASSES, "loss": name, "test_fraction": 0.0} for name in LOSS_NAMES},
    "loss huber on either side": {**SMALL, "loss": "huber", "target": "x_sine"},
    **{f"start {name}": {**SMALL, "initializer": name, "scale": 1.5, "seed": 3} for name in INITIALIZERS},
    **{f"schedule {name}": {**SMALL, "schedule": name, "period": 37} for name in SCHEDULES},
    "formula": {**SMALL, "target": "formula", "formula": "sin(x) + 0.1 * x ** 2", "noise": 0.1},
    "formula of a plane": {**SMALL, "target": "formula", "formula": "x1 * x2 > 1", "loss": "cross_entropy"},
    "own points": {**SMALL, "target": "points", "own": OWN_CURVE, "scaling": "standard"},
    "own points of one height": {**SMALL, "target": "points", "own": "x,y\n0,0.1\n1,0.1\n2,0.1\n"},
    "own points of a plane": {**SMALL, "target": "points", "own": OWN_PLANE, "scaling": "standard"},
    "standardised": {**SMALL, "scaling": "standard", "target": "x_sine"},
    "an awkward range": {**SMALL, "low": -1.5, "high": 2.5, "points": 49},
    "every feature": {**SMALL, "problem": "multi_gaussian", "features": tuple(FEATURES), "scaling": "standard"},
    "one feature": {**SMALL, "problem": "plane", "features": ("x2",), "test_fraction": 0.5},
    "Adam without its first mean": {**SMALL, "optimizer": "adam", "beta1": 0.0, "learning_rate": 1.0},
    "Adam without either mean": {**SMALL, "optimizer": "adam", "beta1": 0.0, "beta2": 0.0, "learning_rate": 0.003},
    "RMSProp without decay": {**SMALL, "optimizer": "rmsprop", "decay": 0.0, "learning_rate": 0.003},
    "momentum of 0": {**SMALL, "optimizer": "momentum", "momentum": 0.0},
    "whole numbers": {**SMALL, "learning_rate": 1.0, "l1": 1.0, "l2": 1.0, "clip": 1.0, "scale": 2.0},
    "given weights": {**SMALL, "layers": (2,), "activations": ("tanh",), "given": "0.5, -1\n2, 1e-3\n\n1, 0.1, -3"},
    "l1": {**SMALL, "l1": 0.001},
    "l2": {**SMALL, "l2": 0.01},
    "clip": {**SMALL, "clip": 0.05},
    "freeze": {**SMALL, "freeze": 2},
    "a frozen layer that is not there": {**SMALL, "freeze": 5},
    "units off": {**SMALL, "off": "1.0,1.4,2.3"},
    "all units off": {**SMALL, "layers": (1, 2), "off": "1.0,2.0,2.1", "l2": 0.1},
    **{
        f"a unit off, {name}": {**SMALL, "off": "1.2", "optimizer": name, "l2": 0.01, "learning_rate": 0.003}
        for name in OPTIMIZERS
    },
    "units off with all that changes a step": {
        **CLASSES, "off": "1.3,1.4", "l2": 0.01, "clip": 0.05, "batch_size": 7, "dropout": 0.2, "optimizer": "adam",
    },
    "a unit off beside a frozen layer": {**SMALL, "off": "1.2", "freeze": 2, "optimizer": "momentum"},
    "all that changes a step": {
        **SMALL, "l1": 0.001, "l2": 0.01, "clip": 0.05, "freeze": 1, "schedule": "step", "period": 50, "batch_size": 7,
        "dropout": 0.2, "optimizer": "momentum",
    },
    "mini-batches": {**SMALL, "batch_size": 7, "seed": 5},
    "a batch of more than all": {**SMALL, "batch_size": 500},
    "dropout": {**SMALL, "dropout": 0.3, "seed": 4},
    "classes": {**CLASSES, "batch_size": 9, "dropout": 0.1, "l2": 0.001, "scaling": "standard"},
    "a run that makes one rounding large": {"activations": ("swish",)},
    "test points of a plain curve": {**SMALL, "test_fraction": 0.3},
    "test points": {**SMALL, "test_fraction": 0.3, "noise": 0.2, "data_seed": 2},
}  # fmt: skip


def run(script, tmp_path, *arguments):
    """What a script prints, run by itself."""
    path, printed = tmp_path / "exported.py", io.StringIO()
    path.write_text(script, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, np.errstate(), contextlib.redirect_stdout(printed):
        patch.setattr(sys, "argv", [str(path), *arguments])
        runpy.run_path(str(path), run_name="__main__")
    return printed.getvalue()


def rows(printed):
    """The columns' names of the losses, and the numbers below them."""
    names, *lines = printed.partition("\n\n")[0].splitlines()
    return names.split(), np.array([line.split() for line in lines], float)


def measures(printed):
    """The columns' names of the measures, and for each set of points its numbers: {set: (rows, columns)}."""
    names, *lines = printed.partition("\n\n")[2].splitlines()
    sets = {}
    for line in lines:
        points, *numbers = line.split()
        sets.setdefault(points, []).append([float(number) for number in numbers])
    return names.split(), {points: np.array(numbers) for points, numbers in sets.items()}


def measures_of_the_page(problem, network):
    """The same of a problem and a network, as the page has them."""
    values = {"training": problem.samples, "test": problem.test_samples}
    values = {points: samples for points, samples in values.items() if samples.size}
    for points, samples in values.items():
        measured = measures_on(problem, network, samples)
        if problem.classes:
            counts = problem.confusion(network, samples)
            columns = [np.arange(problem.classes), *counts.T, *measured.reshape(2, -1)]
            measured = np.column_stack(columns)
        values[points] = np.atleast_2d(measured)
    return values


def names_in(script):
    """What a script defines and what it uses, of functions, classes and constants; and what it imports."""
    nodes = list(ast.walk(ast.parse(script)))
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    defined |= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store) and n.id.isupper()}
    used = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    used |= {n.attr for n in nodes if isinstance(n, ast.Attribute)}
    imported = {alias.name for n in nodes if isinstance(n, ast.Import | ast.ImportFrom) for alias in n.names}
    return defined, used, imported
