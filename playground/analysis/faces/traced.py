"""What goes through the network: an input of the visitor's, or an example of the training set."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nn import Trainer
from nn.arrays import Matrix
from nn.step_trace import Examples, examples_of
from playground.numerals import readable, written
from playground.problems.problem import Problem


class Traced(NamedTuple):
    """An input, in the units of the problem.

    Attributes:
        x: the inputs.
        example: its number in the training set; None for any other input.
    """

    x: tuple[float, ...]
    example: int | None

    @property
    def in_words(self) -> str:
        """The inputs as numbers for people: an example's to a few digits, and what was typed with all that it has."""
        return ", ".join(map(written if self.example is None else readable, self.x))

    def examples(self, trainer: Trainer, problem: Problem) -> Examples:
        """It, as the network sees it.

        An example that is in the next step is seen with what that step drops. All else goes through the whole network.
        Another example has masks as well, of ones: all frames of a training bring the same numbers.
        """
        if self.example is None:
            X = np.array(self.x)[:, None]
            return Examples(problem.network_inputs(X), _target_at(X, problem), [])
        masks: list[Matrix] = []
        if trainer.options.dropout:
            chosen, of_step = trainer.next_batch()
            mine = chosen == self.example
            masks = [mask[:, mine] if mine.any() else np.ones((len(mask), 1)) for mask in of_step]
        return examples_of(trainer, np.array([self.example]), masks)


def traced_in(problem: Problem, x: tuple[float, ...] | None, example: int | None) -> Traced:
    """The input of a choice; where the problem has no such input, the example at a quarter of the training set."""
    count = problem.samples.shape[1]
    if x is not None and len(x) == problem.n_inputs:
        return Traced(x, None)
    if example is None or not 0 <= example < count:
        example = count // 4  # of a curve: in the middle the first weights of x near 0 would get no gradient
    return Traced(tuple(problem.samples[:-1, example].tolist()), example)


def _target_at(X: Matrix, problem: Problem) -> Matrix:
    """(outputs, 1), the target at an input (inputs, 1) as the network sees it; nan where it is unknown."""
    with np.errstate(all="ignore"):
        y = np.asarray(problem.target(*X), float).reshape(1, 1)
    if not np.isfinite(y).all():
        return np.full((problem.n_outputs, 1), np.nan)
    return problem.network_targets(y)
