"""Sweeps for the tests."""

import os

from playground.compare.result import train
from playground.compare.sweep import SweepPlan
from playground.experiment import Experiment
from tests.support.processes import children, until

CLASSES = Experiment(
    problem="moons", loss="cross_entropy", points=60, test_fraction=0.3, noise=0.2, layers=(6, 4),
    activations=("tanh", "relu"), optimizer="adam", batch_size=16, dropout=0.2, l2=1e-3, learning_rate=0.02,
)  # fmt: skip


MANY = {"axes": (("learning_rate", (0.01, 0.02, 0.05, 0.1)),), "seeds": 9}  # runs
LONG = SweepPlan(Experiment(), epochs=20_000, **MANY)  # about half a second a run
ENDLESS = SweepPlan(Experiment(points=1000, batch_size=1), (("l2", (0.0, 0.1)),), 1, 6000)  # minutes a run
SHORT = SweepPlan(Experiment(), epochs=5, **MANY)


def plan_of(*axes, experiment=None, seeds=1, epochs=10):
    """A plan of the default experiment or another, over some axes."""
    return SweepPlan(experiment or Experiment(), axes, seeds, epochs)


def finished(runner):
    """The last Progress of a runner that is polled to its end."""
    until(lambda: runner.poll().ended is not None)
    return runner.poll()


def under_way(runner):
    """Waits for a first result; gives the process ids of what trains."""
    until(lambda: runner.poll().done > 0)
    return sorted(children())


def train_or_crash(experiment):
    """Ends its process on a learning rate of 0.05."""
    if experiment.learning_rate == 0.05:
        os._exit(1)
    return train(experiment, 5)


def crash(experiment):
    """Ends its process whatever is asked."""
    os._exit(1)
