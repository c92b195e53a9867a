"""The batches of an epoch: all examples at once, or mini-batches in an order that is shuffled every epoch."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nn.arrays import Matrix, RandomSource, Whole
from nn.batch import Batch
from nn.dropout import draw_masks, new_masks
from nn.loss_types import Loss

if TYPE_CHECKING:
    from nn.network import NeuralNetwork


class SamplerState(NamedTuple):
    """All that the batches of the epochs to come depend on: the generator's state, and the order of the examples."""

    rng: dict[str, Any]
    order: Whole


class BatchSampler:
    """Splits the training set into batches, shuffles it, and draws dropout masks.

    Args:
        network: the network.
        loss: one of LOSSES.
        Xs, Ys: (inputs, m) and (outputs, m).
        rng: shuffles the examples and draws the masks.

    Attributes:
        training_set: the Batch of all examples, without dropout.
        uses_batches: whether a training step differs from a full-batch step without dropout, so that the loss must be
            measured separately.
    """

    def __init__(self, network: NeuralNetwork, loss: Loss, Xs: Matrix, Ys: Matrix, rng: RandomSource) -> None:
        self._network, self._loss, self._rng, self._off = network, loss, rng, network.off
        self.training_set = Batch(network, loss, Xs.shape[1])
        with np.errstate(all="ignore"):  # rounding to float32 may overflow
            self.training_set.Xs[...], self.training_set.Ys[...] = Xs, Ys
        self._order: Whole = np.arange(self.training_set.m)
        self._state: SamplerState | None = None  # a copy of the present state, until that changes
        self.set_batches(self.training_set.m, 0.0)

    def set_batches(self, size: int, dropout: float) -> None:
        """Sets the number of examples per batch and the probability of dropout, from the next epoch on."""
        m = self.training_set.m
        self._size, self._dropout, self._shuffles = size, dropout, size < m
        self.uses_batches = size < m or dropout > 0
        self._batches: list[tuple[Whole, Batch]] = []  # places of the examples; batches of one size share a Batch
        if self.uses_batches:
            sizes = {size, m % size or size}
            batches = {n: Batch(self._network, self._loss, n, dropout=dropout > 0) for n in sizes}
            order = self._order if self._shuffles else np.arange(m)
            chosen = [order[start : start + size] for start in range(0, m, size)]  # views, which a shuffle changes
            self._batches = [(places, batches[len(places)]) for places in chosen]

    def follow_network(self) -> None:
        """Has the batches leave out the units of the network that are off now."""
        if self._off != self._network.off:
            self._off = self._network.off
            self.training_set.follow_network()
            self.set_batches(self._size, self._dropout)

    def batches(self) -> Iterator[Batch]:
        """Draws one epoch: its batches in turn, filled, so that each example comes once and masks are new."""
        self._state = None
        if self._shuffles:
            self._rng.shuffle(self._order)
        for places, batch in self._batches:
            np.take(self.training_set.Xs, places, axis=1, out=batch.Xs, mode="clip")
            np.take(self.training_set.Ys, places, axis=1, out=batch.Ys, mode="clip")
            draw_masks(self._rng, self._dropout, batch.masks)
            yield batch

    def next_batch(self) -> tuple[Whole, list[Matrix]]:
        """The places of the next step's examples, and its masks; the generator is not changed."""
        rng = copy.deepcopy(self._rng)
        order: Whole = np.arange(self.training_set.m)
        if self._shuffles:
            order = self._order.copy()
            rng.shuffle(order)
        return order[: self._size], new_masks(rng, self._dropout, self._network, self._size)

    @property
    def state(self) -> SamplerState:
        """The present state, copied, to go back to with `restore`; one copy per epoch is shared."""
        if self._state is None:
            if isinstance(self._rng, np.random.RandomState):
                rng_state = self._rng.get_state(legacy=False)
            else:
                rng_state = dict(self._rng.bit_generator.state)
            self._state = SamplerState(rng_state, self._order.copy())
        return self._state

    def restore(self, state: SamplerState) -> None:
        """Goes back to a state; the batches that follow are those that followed it."""
        if isinstance(self._rng, np.random.RandomState):
            self._rng.set_state(state.rng)
        else:
            self._rng.bit_generator.state = state.rng
        self._order[:] = state.order
        self._state = None
