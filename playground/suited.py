"""Settings that suit a problem: a network and a training that learn it well within seconds."""

from collections.abc import Mapping

from playground.experiment import Experiment
from playground.problems.described import CURVE

# What stays the visitor's: the data, the seeds and the pace. All else is set anew, for it would spoil what was chosen.
KEPT = (
    "problem", "target", "formula", "own", "low", "high", "points", "noise", "test_fraction", "data_seed", "seed",
    "speed", "max_epochs",
)  # fmt: skip


def _tanh(*layers):
    return {
        "layers": layers,
        "activations": ("tanh",) * len(layers),
        "initializer": "xavier",
        "optimizer": "momentum",
        "learning_rate": 0.1,
    }


# None of these is chaotic in its first thousand epochs, so that a rounding decides nothing (sharing/repeatable.py).
CURVED = _tanh(12)
CLASSES = {**_tanh(8, 8), "loss": "cross_entropy", "points": 500}
WOUND = {**_tanh(16, 16), "loss": "cross_entropy", "points": 700}
ADAM = {"optimizer": "adam", "learning_rate": 0.02}
# Many corners take many small steps; steps that get shorter come to rest.
CORNERS = {**_tanh(24, 24), **ADAM, "points": 1000, "batch_size": 50, "schedule": "step", "period": 200}

SUITED: Mapping = {
    "circle": CLASSES,
    "xor": CLASSES,
    "gaussians": CLASSES,
    "spiral": {**WOUND, "features": ("x1", "x2", "sin_x1", "sin_x2")},
    "plane": _tanh(8),
    "multi_gaussian": CORNERS,
    "moons": CLASSES,
    "rings": CLASSES,
    "checkerboard": {**CORNERS, "loss": "cross_entropy", "schedule": "exponential", "period": 100},
    "three_spirals": WOUND,
    "sine": {},  # the posts' own run, which is the default
    "cosine": CURVED,
    "x_sine": CURVED,
    "step": _tanh(12, 12),
    "absolute": CURVED,
    "sawtooth": {**_tanh(12, 12), **ADAM, "learning_rate": 0.003},
    "bump": CURVED,
    # More units would follow the noise.
    "noisy_sine": {**_tanh(8), **ADAM, "schedule": "step", "period": 200},
}


def suited(experiment):
    """The experiment with the settings that suit its problem; one with the visitor's own data as it is."""
    name = experiment.target if experiment.problem == CURVE else experiment.problem
    if name not in SUITED:
        return experiment
    kept = {field: getattr(experiment, field) for field in KEPT}
    return Experiment(**{**kept, **SUITED[name]})
