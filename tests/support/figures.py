"""What tests of the figures draw, and what they read off them."""

from functools import lru_cache

import pytest

from playground.experiment import Experiment
from playground.figures.base import Figure
from playground.figures.palette import PALETTES
from playground.player import Player

EXPERIMENTS = {
    "posts": Experiment(),
    "one unit, two points": Experiment(layers=(1,), points=2),
    "flat target": Experiment(target="step", low=19.0, high=19.5),
    "wide range": Experiment(target="x_sine", low=-20.0, high=20.0),
    "zeros": Experiment(target="noisy_sine", layers=(3, 40), activations=("tanh", "relu"), initializer="zeros"),
    "diverged": Experiment(learning_rate=100.0),
    "largest": Experiment(layers=(64,) * 4, activations=("relu",) * 4, points=1000),
}
PROBLEMS = {name: Experiment(problem=name, test_fraction=0.3).make_problem() for name in ("circle", "plane", "rings")}
EACH_EXPERIMENT = pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
EACH_PROBLEM = pytest.mark.parametrize("problem", PROBLEMS.values(), ids=PROBLEMS)
EACH_PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


@lru_cache
def playing(experiment: Experiment) -> Player:
    """A player that has played a little, or has diverged. It is cached, so tests must not change it."""
    player = Player(experiment)
    player.play()
    return player


def ranges(figure: Figure):
    """The ranges of x and of y."""
    return figure["layout"]["xaxis"]["range"], figure["layout"]["yaxis"]["range"]
