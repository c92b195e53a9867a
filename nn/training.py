"""The trainer: takes a network through epochs, one at a time or many, and records what happened."""

import copy
import math

import numpy as np

from nn.batch import Batch
from nn.checks import finite_matrix, whole_number
from nn.history import LossHistory
from nn.losses import squared_error
from nn.records import Divergence, Moment, Step
from nn.rule import Rule
from nn.workspace import Workspace


class Trainer:
    """Trains a network on a data set, and can be stopped and continued at any epoch.

    Args:
        network: the network; it is trained in place.
        Xs, Ys: (inputs, m) and (outputs, m), finite.
        optimizer: what to do with a gradient, e.g. GradientDescent(0.1).
        loss: one of LOSSES.
        batch_size: examples a step; None for all of them. The last batch of an epoch takes what is left.
        rule: the Rule of a step: penalties, clipping, frozen layers and a schedule; none of them when None.
        rng: RandomState or Generator that shuffles the examples every epoch; RandomState(0) when None.

    Attributes:
        epoch: epochs done.
        loss: the loss of the whole training set at the network's present parameters.
        rule: the Rule; another one may be set at any time between steps.
        history: the LossHistory, with the loss of every epoch so far.
        diverged: None, or the Divergence that stopped the training.

    Raises:
        ValueError: shapes that do not fit the network or each other, no examples, values that are not finite, a batch
            size below 1, or data on which the loss is not finite from the start.
    """

    def __init__(self, network, Xs, Ys, *, optimizer, loss=squared_error, batch_size=None, rule=None, rng=None):
        Xs = finite_matrix(Xs, "Xs", (network.input_count, None))
        Ys = finite_matrix(Ys, "Ys", (network.output_count, Xs.shape[1]))
        self.network = network
        self.optimizer = optimizer
        self.loss_function = loss
        self.rule = Rule() if rule is None else rule
        self._whole = Batch(network, loss, Xs.shape[1])
        with np.errstate(all="ignore"):
            self._whole.Xs[...], self._whole.Ys[...] = Xs, Ys
        self._rng = np.random.RandomState(0) if rng is None else rng
        self._order = np.arange(Xs.shape[1])
        self._zeros = np.zeros_like(network.parameters)
        self._before = network.parameters.copy()
        self._seen = np.empty_like(network.parameters)  # the parameters that were measured last
        self.set_batch_size(batch_size)
        self.epoch = 0
        self.diverged = None
        with np.errstate(all="ignore"):
            self._look()
        self.history = LossHistory()
        self.history.append(0, self.loss)

    @property
    def rule(self):
        return self._rule

    @rule.setter
    def rule(self, rule):
        self._rule = rule
        self._cuts = bool(rule.clip or rule.frozen)
        self._measured_rule = None  # the gradient that there is has another penalty, or none

    @property
    def objective(self):
        """What is descended: the loss, and the penalty on the weights."""
        return self.loss + self.rule.penalty(self.network)

    def set_batch_size(self, batch_size):
        """Examples a step from the next epoch on; None, or the number of examples and more, for all of them."""
        m = self._whole.m
        self.batch_size = size = m if batch_size is None else min(m, whole_number(batch_size, "batch_size"))
        self._batches = []  # (places in the shuffled order, a Batch); batches of one size share theirs
        if size < m:
            batches = {n: Batch(self.network, self.loss_function, n) for n in {size, m % size or size}}
            chosen = [self._order[start : start + size] for start in range(0, m, size)]
            self._batches = [(places, batches[len(places)]) for places in chosen]
        self._seen[:] = np.nan  # the next step measures afresh

    def step(self, epochs=1, *, below=0.0):
        """Trains for a number of epochs, fewer when training diverges or the loss gets below a value.

        Returns how many were done.
        """
        start = self.epoch
        end = start + whole_number(epochs, "epochs", least=0)
        if self.diverged:
            return 0
        with np.errstate(all="ignore"):  # what leaves the finite numbers is found and named
            self._look()
            for epoch in range(start + 1, end + 1):
                self._before[:] = self.network.parameters
                factor = self._rule.factor(epoch - 1)
                self._factors = () if factor == 1 else (factor,)
                failed = self._shuffled_epoch() if self._batches else self._update(self._whole)
                if failed:
                    self._stop(epoch, failed)
                    break
                loss = self._measure()
                if not math.isfinite(loss):
                    self._stop(epoch, _first_not_finite(_evaluated(self._whole)) or "loss")
                    break
                self.epoch, self.loss = epoch, loss
                self.history.append(epoch, loss)
                if loss < below:
                    break
            if not self.diverged:
                self._seen[:] = self.network.parameters
        return self.epoch - start

    def moment(self):
        """All that the rest of the run depends on, copied: a Moment, to go back to with `go_to`."""
        return Moment(
            self.epoch,
            self.loss,
            self.diverged,
            self.network.parameters.copy(),
            self.optimizer.copy(),
            _state_of(self._rng) if self._batches else None,
            self._order.copy() if self._batches else None,
        )

    def go_to(self, moment, history):
        """Goes to a Moment of this run; what follows is then what followed it.

        Args:
            moment: from `moment()`.
            history: the LossHistory of the run, of which what is later than the moment is left out from now on.
        """
        self.epoch, self.loss, self.diverged = moment.epoch, moment.loss, moment.diverged
        self.network.parameters[:] = moment.parameters
        self.optimizer = moment.optimizer.copy()
        if moment.rng is not None:
            _set_state(self._rng, moment.rng)
            self._order[:] = moment.order
        self.history = history.until(moment.epoch, moment.loss)
        self._seen[:] = np.nan  # the next step measures afresh

    def next_step(self, example=None):
        """The step that training would take next, with every number kept; nothing is changed by looking.

        Args:
            example: one of the step's examples, to see its share of the gradient alone; None for all of them.

        Returns:
            A Step.

        Raises:
            ValueError: when the step has no such example.
        """
        before, after = self.network.copy(), self.network.copy()
        order = np.arange(self._whole.m)
        if self._batches:
            order = self._order.copy()
            copy.deepcopy(self._rng).shuffle(order)
        chosen = order[: self.batch_size]
        if example is not None and example not in range(len(chosen)):
            raise ValueError(f"The step has examples 0 to {len(chosen) - 1}, not {example!r}.")
        with np.errstate(all="ignore"):
            whole, loss = self._kept(before, chosen, len(chosen))
            data_gradient = whole.gradient.copy()
            if self._rule.penalises:
                self._rule.add_penalty(before, whole.gradient)
            self._rule.cut(before, whole.gradient)
            self.optimizer.copy().step(after.parameters, whole.gradient, self._rule.factor(self.epoch))
            _, loss_after = self._kept(after, chosen, len(chosen))
            work = whole if example is None else self._kept(before, chosen[[example]], len(chosen))[0]
        seen = chosen if example is None else chosen[[example]]
        return Step(
            before, after, work, self._whole.Ys[:, seen], len(chosen), data_gradient, whole.gradient, loss, loss_after
        )

    def _kept(self, network, chosen, m):
        """A workspace that has kept everything of one evaluation and back-propagation, and their loss."""
        work = Workspace(network, len(chosen), keep=True).hold(self._whole.Xs[:, chosen])
        network.evaluate_into(work)
        loss = self.loss_function.start(work.values[-1].A, self._whole.Ys[:, chosen], m, work.dAs[-1])
        network.compute_gradient_into(work)
        return work, loss

    @property
    def gradient(self):
        """The gradient of the objective at the present parameters over the whole training set, flat, in their layout.

        It is the trainer's own array, good until the next step.
        """
        stale = self._measured_rule is not self._rule or not np.array_equal(self._seen, self.network.parameters)
        if self._batches or stale:
            with np.errstate(all="ignore"):
                self._whole.compute_gradient()
                self._penalise(self._whole)
        return self._whole.gradient

    def _measure(self):
        """The loss of the whole training set; where a step uses all of it, the gradient for the next step as well."""
        if self._batches:
            return self._whole.evaluate()
        loss = self._whole.compute_gradient()
        self._penalise(self._whole)
        return loss

    def _penalise(self, batch):
        if batch is self._whole:
            self._measured_rule = self._rule
        if self._rule.penalises:
            self._rule.add_penalty(self.network, batch.gradient)

    def _look(self):
        """Measures again if the parameters are not those that the last step left, having been set by hand."""
        if self._measured_rule is not self._rule or not np.array_equal(self._seen, self.network.parameters):
            self._seen[:] = np.nan
            loss = self._measure()
            if not math.isfinite(loss):
                raise ValueError(f"With these parameters the loss is {loss}; it takes smaller ones.")
            self.loss = loss
            self._seen[:] = self.network.parameters

    def _update(self, batch):
        """One step along a batch's gradient. Returns the name of what left the finite numbers, if anything did."""
        parameters = self.network.parameters
        if self._cuts:
            self._rule.cut(self.network, batch.gradient)
        self.optimizer.step(parameters, batch.gradient, *self._factors)
        if parameters.dot(self._zeros) == 0:  # 0 x = 0 for finite x alone
            return None
        return _first_not_finite(_stepped(batch))

    def _shuffled_epoch(self):
        """One step a mini-batch, each example once, in a new order. Returns as _update does."""
        self._rng.shuffle(self._order)
        for chosen, batch in self._batches:
            np.take(self._whole.Xs, chosen, axis=1, out=batch.Xs, mode="clip")
            np.take(self._whole.Ys, chosen, axis=1, out=batch.Ys, mode="clip")
            batch.compute_gradient()
            self._penalise(batch)
            failed = self._update(batch)
            if failed:
                return failed
        return None

    def _stop(self, epoch, quantity):
        """Takes back the step to an epoch: the network keeps its last finite parameters."""
        self.diverged = Divergence(epoch, quantity)
        self._seen[:] = np.nan
        self.network.parameters[:] = self._before


def _state_of(rng):
    return rng.get_state(legacy=False) if isinstance(rng, np.random.RandomState) else rng.bit_generator.state


def _set_state(rng, state):
    if isinstance(rng, np.random.RandomState):
        rng.set_state(state)
    else:
        rng.bit_generator.state = state


def _first_not_finite(quantities):
    return next((name for name, array in quantities if not np.isfinite(array).all()), None)


def _evaluated(batch):
    """The quantities of an evaluation in the order in which they come about, each with its name."""
    for work in batch.workspaces:
        for l, (Z, A) in enumerate(work.values[1:], start=1):
            yield f"Z{l}", Z
            yield f"A{l}", A


def _stepped(batch):
    """The quantities of a step in the order in which they come about, each with its name."""
    yield from _evaluated(batch)
    layers = batch.network.layers
    for l in range(len(layers), 0, -1):
        dWb = batch.network.matrices(batch.gradient)[l - 1]
        for work in batch.workspaces:
            yield f"dZ{l}", work.dZs[l]
        yield f"dW{l}", dWb[:, :-1]
        yield f"db{l}", dWb[:, -1:]
    for l, layer in enumerate(layers, start=1):
        yield f"W{l}", layer.W
        yield f"b{l}", layer.b
