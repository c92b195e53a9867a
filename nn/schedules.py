"""Learning-rate schedules: by which factor the learning rate changes as epochs go by."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from nn.registry import Registry


@dataclass(frozen=True)
class Schedule:
    """A schedule.

    Args:
        name, label: for calls and links, and for the page.
        equation: the factor after e epochs with a period of T, as LaTeX.
        factor: factor(e, T), from 0 to 1.
    """

    name: str
    label: str
    equation: str
    factor: Callable

    def __call__(self, epochs, period):
        """The factor of the learning rate after so many epochs."""
        return self.factor(epochs, period)

    def __repr__(self):
        return f"<schedule {self.name}>"


def _cosine(e, T):  # Loshchilov and Hutter 2017, SGDR, eq. 5, without restarts
    return (1 + math.cos(math.pi * min(e / T, 1.0))) / 2


SCHEDULES = Registry(
    "schedule",
    (
        Schedule("constant", "Constant", r"1", lambda e, T: 1.0),
        Schedule("step", "Halved in steps", r"2^{-\lfloor e / T \rfloor}", lambda e, T: 0.5 ** (e // T)),
        Schedule("exponential", "Exponential", r"2^{-e / T}", lambda e, T: 0.5 ** (e / T)),
        Schedule("cosine", "Cosine, to 0", r"\tfrac{1}{2} (1 + \cos(\pi \min(e / T, 1)))", _cosine),
        Schedule("warm_up", "Warm-up", r"\min((e + 1) / (T + 1), 1)", lambda e, T: min((e + 1) / (T + 1), 1.0)),
    ),
)
