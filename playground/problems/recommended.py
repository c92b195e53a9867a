"""Recommended settings: for each problem and curve a network and a training that learn it well within seconds."""

from collections.abc import Mapping
from typing import Any

Settings = Mapping[str, Any]  # fields of an Experiment with their values


def _tanh(*layers: int) -> dict[str, Any]:
    return {
        "layers": layers,
        "activations": ("tanh",) * len(layers),
        "initializer": "xavier",
        "optimizer": "momentum",
        "learning_rate": 0.1,
    }


# None of these is chaotic in its first thousand epochs, so that a rounding decides nothing (sharing/repeatable.py).
CURVES = _tanh(12)
CLASSES = {**_tanh(8, 8), "loss": "cross_entropy", "points": 500}
SPIRALS = {**_tanh(16, 16), "loss": "cross_entropy", "points": 700}
ADAM = {"optimizer": "adam", "learning_rate": 0.02}
# Many corners take many small steps, and a falling learning rate lets them settle.
CHECKERS = {**_tanh(24, 24), **ADAM, "points": 1000, "batch_size": 50, "schedule": "step", "period": 200}

RECOMMENDED: Mapping[str, Settings] = {  # by the name of the problem, or of the target where that is a curve
    "circle": CLASSES,
    "xor": CLASSES,
    "gaussians": CLASSES,
    "spiral": {**SPIRALS, "features": ("x1", "x2", "sin_x1", "sin_x2")},
    "plane": _tanh(8),
    "multi_gaussian": CHECKERS,
    "moons": CLASSES,
    "rings": CLASSES,
    "checkerboard": {**CHECKERS, "loss": "cross_entropy", "schedule": "exponential", "period": 100},
    "three_spirals": SPIRALS,
    "sine": {},  # the posts' own run, which is the default
    "cosine": CURVES,
    "x_sine": CURVES,
    "step": _tanh(12, 12),
    "absolute": CURVES,
    "sawtooth": {**_tanh(12, 12), **ADAM, "learning_rate": 0.003},
    "bump": CURVES,
    "noisy_sine": {**_tanh(8), **ADAM, "schedule": "step", "period": 200},  # more units would fit the noise
}
