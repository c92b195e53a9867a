"""Measures as what a goal is about: R², RMSE and MAE of numbers, and the lowest precision or recall of all classes."""

import math
from typing import NamedTuple

from playground.player import Frame, Player
from playground.problems.measures import NAMES, measures_of, named
from playground.problems.problem import Problem


class Measured(NamedTuple):
    """A measure of a network on the training points or on the test points.

    Attributes:
        name: one of NAMES.
        on_test: whether on the test points.
    """

    name: str
    on_test: bool

    def places(self, problem: Problem) -> list[int]:
        """Where its values stand among all measures of a problem, set after set; [] where there are none."""
        labels = [each.label for each in measures_of(problem)]
        if self.on_test and not problem.test_samples.size:
            return []
        kind = NAMES[self.name]
        return [self.on_test * len(labels) + i for i, label in enumerate(labels) if label.split(",")[0] == kind]

    def of(self, player: Player, frame: Frame) -> float | None:
        """Its value at a frame of a player; None where it has none, or none that is finite."""
        problem = player.problem
        network = player.trainer.network.with_parameters(frame.parameters)
        samples = problem.test_samples if self.on_test else problem.samples
        value = named(problem, network, samples).get(self.name, math.nan)
        return value if math.isfinite(value) else None
