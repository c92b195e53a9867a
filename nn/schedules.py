"""Learning-rate schedules: the factor by which the learning rate is multiplied as epochs go by."""

import math
from dataclasses import dataclass
from typing import Protocol

from nn.registry import Registry


class Factor(Protocol):
    """The factor, from 0 to 1, after e epochs with a period of T epochs."""

    def __call__(self, e: int, T: int, /) -> float: ...


@dataclass(frozen=True)
class Schedule:
    """A schedule.

    Args:
        name, label: the name in code and links, and on the page.
        equation: the factor after e epochs with a period of T, as LaTeX.
        factor: computes it.
        expression: the same as Python code for exported scripts, in `epoch`, `math` and the constant PERIOD.
    """

    name: str
    label: str
    equation: str
    factor: Factor
    expression: str

    def __repr__(self) -> str:
        return f"<schedule {self.name}>"


def _cosine(e: int, T: int) -> float:  # Loshchilov and Hutter 2017, SGDR, eq. 5, without restarts
    return (1 + math.cos(math.pi * min(e / T, 1.0))) / 2


SCHEDULES = Registry(
    "schedule",
    (
        Schedule(
            "constant",
            "Constant",
            r"1",
            lambda e, T: 1.0,
            "1.0",
        ),
        Schedule(
            "step",
            "Halved in steps",
            r"2^{-\lfloor e / T \rfloor}",
            lambda e, T: 0.5 ** (e // T),
            "0.5 ** (epoch // PERIOD)",
        ),
        Schedule(
            "exponential",
            "Exponential",
            r"2^{-e / T}",
            lambda e, T: 0.5 ** (e / T),
            "0.5 ** (epoch / PERIOD)",
        ),
        Schedule(
            "cosine",
            "Cosine, to 0",
            r"\tfrac{1}{2} (1 + \cos(\pi \min(e / T, 1)))",
            _cosine,
            "(1 + math.cos(math.pi * min(epoch / PERIOD, 1.0))) / 2",
        ),
        Schedule(
            "warm_up",
            "Warm-up",
            r"\min((e + 1) / (T + 1), 1)",
            lambda e, T: min((e + 1) / (T + 1), 1.0),
            "min((epoch + 1) / (PERIOD + 1), 1.0)",
        ),
    ),
)
