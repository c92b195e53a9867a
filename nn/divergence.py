"""Divergence: which quantity was the first that is not finite, in the order in which a step computes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from nn.arrays import Matrix
from nn.batch import Batch

Kind: TypeAlias = Literal["Z", "A", "dZ", "dW", "db", "W", "b", "loss"]
KINDS: tuple[Kind, ...] = ("Z", "A", "dZ", "dW", "db", "W", "b")  # of a layer


class Quantity(NamedTuple):
    """A quantity of a step: one of a layer, 1 for the first after the input, or the loss, which has no layer."""

    kind: Kind
    layer: int | None = None

    def __str__(self) -> str:
        """Its name, e.g. "dW1" or "loss"."""
        return self.kind if self.layer is None else f"{self.kind}{self.layer}"

    @property
    def in_words(self) -> str:
        """Its name in a sentence, e.g. "dW1" or "the loss"."""
        return "the loss" if self.layer is None else str(self)


class Divergence(NamedTuple):
    """Where numbers stopped being finite: in the step to `epoch`, and in `quantity` first."""

    epoch: int
    quantity: Quantity


LOSS = Quantity("loss")


def first_not_finite(quantities: Iterable[tuple[Quantity, Matrix]]) -> Quantity | None:
    """The first of the quantities with an entry that is not finite; None where all are."""
    return next((quantity for quantity, array in quantities if not np.isfinite(array).all()), None)


def evaluated(batch: Batch) -> Iterator[tuple[Quantity, Matrix]]:
    """The quantities of an evaluation, as computed last, in the order in which they are computed."""
    for work in batch.workspaces:
        for l, (Z, A) in enumerate(work.values):
            if Z is not None:
                yield Quantity("Z", l), Z
                yield Quantity("A", l), A


def stepped(batch: Batch) -> Iterator[tuple[Quantity, Matrix]]:
    """The quantities of a whole step, as computed last, in the order in which they are computed."""
    yield from evaluated(batch)
    layers = batch.network.layers
    for l in range(len(layers), 0, -1):
        dWb = batch.network.matrices(batch.gradient)[l - 1]
        for work in batch.workspaces:
            yield Quantity("dZ", l), work.dZs[l]
        yield Quantity("dW", l), dWb[:, :-1]
        yield Quantity("db", l), dWb[:, -1:]
    for l, layer in enumerate(layers, start=1):
        yield Quantity("W", l), layer.W
        yield Quantity("b", l), layer.b
