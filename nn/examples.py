"""The examples of a training set as an epoch takes them: all at once, or in batches, in an order drawn anew."""

import copy

import numpy as np

from nn.batch import Batch
from nn.dropout import draw_masks, new_masks


class Examples:
    """All examples, the batches of an epoch, and what is drawn at random for them.

    Args:
        network: the network.
        loss: one of LOSSES.
        Xs, Ys: (inputs, m) and (outputs, m).
        rng: RandomState or Generator.

    Attributes:
        whole: the Batch of all of them.
        in_batches: whether a step is another than one of the whole network and all examples, as measuring takes them.
    """

    def __init__(self, network, loss, Xs, Ys, rng):
        self._network, self._loss, self._rng = network, loss, rng
        self.whole = Batch(network, loss, Xs.shape[1])
        with np.errstate(all="ignore"):
            self.whole.Xs[...], self.whole.Ys[...] = Xs, Ys
        self._order = np.arange(self.whole.m)
        self._drawn = None  # the generator's state and the order, as of the last moment; None once either has changed
        self._size, self._dropout = None, 0.0

    def cut(self, size, dropout):
        """Cuts the epochs to come into batches of a size, whose hidden units are dropped with a probability."""
        m, same = self.whole.m, (self._size, bool(self._dropout)) == (size, bool(dropout))
        self._size, self._dropout = size, dropout
        if same:
            return
        self._shuffles, self.in_batches = size < m, size < m or bool(dropout)
        self._batches = []  # (places of the examples, a Batch); batches of one size share theirs
        if self.in_batches:
            batches = {n: Batch(self._network, self._loss, n, drops=bool(dropout)) for n in {size, m % size or size}}
            order = self._order if self._shuffles else np.arange(m)
            chosen = [order[start : start + size] for start in range(0, m, size)]
            self._batches = [(places, batches[len(places)]) for places in chosen]

    def epoch(self):
        """The batches of an epoch, one after the other, each filled: each example once, and masks drawn anew."""
        self._drawn = None
        if self._shuffles:
            self._rng.shuffle(self._order)
        for places, batch in self._batches:
            np.take(self.whole.Xs, places, axis=1, out=batch.Xs, mode="clip")
            np.take(self.whole.Ys, places, axis=1, out=batch.Ys, mode="clip")
            draw_masks(self._rng, self._dropout, batch.masks)
            yield batch

    def next_batch(self):
        """The places of the examples of the next step, and its masks; nothing is drawn by looking."""
        rng, order = copy.deepcopy(self._rng), np.arange(self.whole.m)
        if self._shuffles:
            order = self._order.copy()
            rng.shuffle(order)
        return order[: self._size], new_masks(rng, self._dropout, self._network, self._size)

    def drawn(self):
        """(state, order), copied: all that the batches of the epochs to come depend on, to go back to with `go_to`."""
        if self._drawn is None:
            random = isinstance(self._rng, np.random.RandomState)
            state = self._rng.get_state(legacy=False) if random else self._rng.bit_generator.state
            self._drawn = state, self._order.copy()
        return self._drawn

    def go_to(self, state, order):
        """Goes to what `drawn` gave once."""
        if isinstance(self._rng, np.random.RandomState):
            self._rng.set_state(state)
        else:
            self._rng.bit_generator.state = state
        self._order[:] = order
        self._drawn = None
