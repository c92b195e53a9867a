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
        "optimizer": "adam",
        "learning_rate": 0.02,
    }


SMOOTH = _tanh(8)
CURVED = _tanh(12, 12)
CLASSES = {**_tanh(8, 8), "loss": "cross_entropy", "points": 500}
WOUND = {**_tanh(16, 16), "loss": "cross_entropy", "points": 700}
# Many corners take many small steps; steps that get shorter come to rest.
CORNERS = {**_tanh(24, 24), "points": 1000, "batch_size": 50, "schedule": "step", "period": 200}

SUITED: Mapping = {
    "circle": CLASSES,
    "xor": CLASSES,
    "gaussians": CLASSES,
    "spiral": WOUND,
    "plane": SMOOTH,
    "multi_gaussian": CORNERS,
    "moons": CLASSES,
    "rings": CLASSES,
    "checkerboard": {**CORNERS, "loss": "cross_entropy"},
    "three_spirals": WOUND,
    "sine": {},  # the posts' own run, which is the default
    "cosine": CURVED,
    "x_sine": CURVED,
    "step": CURVED,
    "absolute": CURVED,
    "sawtooth": CURVED,
    "bump": CURVED,
    "noisy_sine": SMOOTH,  # more units would follow the noise
}


def suited(experiment):
    """The experiment with the settings that suit its problem; one with the visitor's own data as it is."""
    name = experiment.target if experiment.problem == CURVE else experiment.problem
    if name not in SUITED:
        return experiment
    kept = {field: getattr(experiment, field) for field in KEPT}
    return Experiment(**{**kept, **SUITED[name]})
