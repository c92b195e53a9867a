"""Runs that each show a pattern of the diagnosis, with close relatives that do not."""

from typing import NamedTuple

import pytest


class Case(NamedTuple):
    """A run that shows a pattern.

    Attributes:
        pattern: the name of its finding.
        changes: of the default experiment.
        epochs: after which it shows.
        otherwise: further changes of a close relative that does not show it.
    """

    pattern: str
    changes: dict
    epochs: int
    otherwise: dict


NOISY = {
    "noise": 0.5,
    "points": 60,
    "test_fraction": 0.5,
    "layers": (24, 24),
    "activations": ("tanh", "tanh"),
    "initializer": "xavier",
    "optimizer": "adam",
    "learning_rate": 0.02,
}
ADAM = {"optimizer": "adam", "learning_rate": 0.02}
FAR = {"low": 10.0, "high": 20.0}
DEEP = {"layers": (20, 20, 20), "activations": ("sigmoid",) * 3}
CASES: dict[str, Case] = {
    "beyond the limit": Case(
        "oscillation",
        {"learning_rate": 0.3, "activations": ("leaky_relu",)},
        1000,
        {"learning_rate": 0.1},
    ),
    "momentum swings": Case(
        "oscillation",
        {"learning_rate": 0.1, "momentum": 0.98, "optimizer": "momentum"},
        100,
        {"momentum": 0.9},
    ),
    "small batches": Case("oscillation", {"learning_rate": 0.3, "batch_size": 5}, 300, {"batch_size": 0}),
    "fits noise": Case("overfitting", NOISY, 500, {"points": 1000}),
    "fits classes": Case(
        "overfitting",
        {**NOISY, "problem": "moons", "points": 100, "loss": "cross_entropy"},
        500,
        {"noise": 0.0},
    ),
    "zeros": Case("symmetric", {"initializer": "zeros"}, 1000, {"initializer": "normal"}),
    "scale 0": Case("symmetric", {"scale": 0.0, "layers": (8, 8), "activations": ("tanh",) * 2}, 500, {"scale": 0.1}),
    "sigmoid output": Case("out_of_range", {"output_activation": "sigmoid"}, 1000, {"target": "bump"}),
    "tanh output": Case(
        "out_of_range",
        {"output_activation": "tanh", "target": "absolute"},
        500,
        {"target": "sine"},
    ),
    "line": Case("linear", {"activations": ("identity",)}, 1000, {"target": "formula", "formula": "x / 2 + 1"}),
    "line and classes": Case(
        "linear",
        {"problem": "xor", "activations": ("identity",), "loss": "cross_entropy", "learning_rate": 0.02},
        300,
        {"problem": "gaussians"},
    ),
    "no hidden layer": Case(
        "linear", {"layers": (), "activations": ()}, 1000, {"target": "formula", "formula": "x / 2 + 1"}
    ),
    "classes without a hidden layer": Case(
        "linear",
        {"layers": (), "activations": (), "problem": "xor", "loss": "cross_entropy"},
        300,
        {"features": ("product",)},
    ),
    "died": Case("dead", {"activations": ("relu",), "learning_rate": 0.3}, 1000, {"learning_rate": 0.1}),
    "died far out": Case(
        "dead",
        {"activations": ("relu",), "initializer": "he", "low": 5.0, "high": 15.0},
        1000,
        {"scaling": "standard"},
    ),
    "born dead": Case(
        "dead",
        {"activations": ("relu",) * 4, "layers": (5,) * 4, "scale": 0.5, "target": "absolute"},
        1000,
        {"scale": 2.0},
    ),
    "far inputs": Case("saturated", {"activations": ("tanh",)} | FAR, 1000, {"low": -5.0, "high": 5.0}),
    "large start": Case(
        "saturated",
        {"activations": ("tanh",) * 2, "layers": (10, 10), "scale": 10.0, "initializer": "he", "problem": "spiral"},
        200,
        {"scale": 1.0},
    ),
    "far inputs and Adam": Case(
        "saturated",
        {
            "optimizer": "adam",
            "learning_rate": 0.2,
            "activations": ("sigmoid",) * 2,
            "layers": (10, 10),
            "low": 15.0,
            "high": 20.0,
        },
        100,
        {"low": -2.5, "high": 2.5, "learning_rate": 0.05},
    ),
    "hasty Adam": Case(
        "saturated",
        {"optimizer": "adam", "learning_rate": 1.0, "activations": ("tanh",) * 2, "layers": (10, 10)},
        1000,
        {"learning_rate": 0.02},
    ),
    "a little L2": Case("penalty", {"l2": 0.01}, 1000, {"l2": 1e-5}),
    "L2": Case("penalty", {"l2": 0.1}, 1000, {"l2": 1e-4}),
    "L1": Case("penalty", {"l1": 0.05}, 1000, {"l1": 1e-4}),
    "short steps": Case("slow", {"learning_rate": 1e-3}, 2000, {"learning_rate": 0.1}),
    "short steps of Adam": Case("slow", {"learning_rate": 1e-5, "optimizer": "adam"}, 500, {"learning_rate": 0.02}),
    "halved away": Case("slow", {"schedule": "step", "period": 20}, 1000, {"period": 1000}),
    "clipped away": Case("slow", {"clip": 1e-4}, 1000, {"clip": 1.0}),
    "deep sigmoids": Case("plateau", DEEP, 1500, {"activations": ("tanh",) * 3}),
    "no hidden layer, and an output that bends": Case(
        "plateau",
        {"layers": (), "activations": (), "output_activation": "tanh", "target": "bump", "learning_rate": 0.05},
        1000,
        {"layers": (20,), "activations": ("tanh",), "output_activation": "identity"},
    ),
    "one unit": Case("plateau", {"layers": (1,)}, 2000, {"layers": (20,)}),
    "two units": Case("plateau", {"layers": (2,)}, 2000, {"layers": (8,)}),
    "one unit at zero": Case(
        "plateau",
        {"layers": (1,), "activations": ("tanh",), "initializer": "zeros"},
        400,
        {"layers": (20,), "initializer": "normal"},
    ),
    "frozen": Case(
        "plateau",
        {"freeze": 2, "layers": (20, 20), "activations": ("sigmoid",) * 2},
        1000,
        {"freeze": 0, "activations": ("tanh",) * 2},
    ),
    "dropped": Case("plateau", {"dropout": 0.9}, 2000, {"dropout": 0.0}),
    "off centre": Case(
        "plateau",
        {"activations": ("relu",), "learning_rate": 0.01} | FAR,
        1000,
        {"low": -5.0, "high": 5.0},
    ),
    "Adam too fast": Case(
        "plateau",
        {"optimizer": "adam", "learning_rate": 0.5, "activations": ("swish",) * 2, "layers": (8, 8)},
        500,
        {"learning_rate": 0.02},
    ),
    "Adam and sigmoids": Case(
        "plateau",
        {**ADAM, "layers": (20,) * 4, "activations": ("sigmoid",) * 4, "scale": 0.1},
        300,
        {"activations": ("tanh",) * 4, "scale": 1.0},
    ),
    "few tanh units": Case(
        "plateau",
        {**ADAM, "layers": (4,), "activations": ("tanh",), "problem": "checkerboard", "points": 300},
        1000,
        {"layers": (24,)},
    ),
}

EACH = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
