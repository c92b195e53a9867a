"""The trainer: takes a network through epochs, one at a time or many, and records what happened."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nn.arrays import Flat, Matrix, RandomSource, Whole
from nn.batch import Batch
from nn.batch_sampler import BatchSampler, SamplerState
from nn.checkpoint import Checkpoint
from nn.checks import finite_matrix, whole_number
from nn.divergence import LOSS, Divergence, Quantity, evaluated, first_not_finite, stepped
from nn.history import LossHistory
from nn.loss_types import Loss
from nn.losses import squared_error
from nn.measurement import Measurement
from nn.optimizer_types import Optimizer
from nn.snapshot import Snapshot
from nn.step_options import StepOptions
from nn.step_trace import Examples, StepTrace, trace_step
from nn.stopping import EarlyStopping

if TYPE_CHECKING:
    from nn.network import NeuralNetwork

SNAPSHOT_EVERY = 64  # epochs; when one diverges, at most so many are replayed


class Trainer:
    """Trains a network on a data set, and can be stopped and continued at any epoch.

    Args:
        network: the network; it is trained in place.
        Xs, Ys: (inputs, m) and (outputs, m), finite.
        optimizer: what a step does with the gradient, e.g. GradientDescent(0.1).
        loss: one of LOSSES.
        batch_size: examples per step; None for all of them. The last batch of an epoch has the remaining examples.
        options: penalties, clipping, frozen layers, a schedule, dropout; none of them when None.
        stopping: ends the training by itself; nothing does when None.
        rng: shuffles the examples every epoch, and draws each step's dropout masks; RandomState(0) when None.

    Attributes:
        epoch: the number of epochs done.
        loss: the loss of the whole training set at the network's present parameters.
        training_set: the Batch of all examples.
        history: the LossHistory, with the loss of every epoch so far, and the objective where there is a penalty.
        diverged: None, or the Divergence that stopped the training. Parameters and optimizer are then what the last
            finite epoch left; the generator and the order of the examples are past the step that diverged.

    Raises:
        ValueError: shapes that do not fit the network or each other, no examples, values that are not finite, targets
            that the loss is not meant for, a batch size below 1, or data on which the loss is not finite from the
            start.
    """

    def __init__(
        self,
        network: NeuralNetwork,
        Xs: npt.ArrayLike,
        Ys: npt.ArrayLike,
        *,
        optimizer: Optimizer,
        loss: Loss = squared_error,
        batch_size: int | None = None,
        options: StepOptions | None = None,
        stopping: EarlyStopping | None = None,
        rng: RandomSource | None = None,
    ) -> None:
        Xs = finite_matrix(Xs, "Xs", (network.input_count, None))
        Ys = finite_matrix(Ys, "Ys", (network.output_count, Xs.shape[1]))
        loss.check(Ys)
        self.network, self.optimizer, self.loss_function = network, optimizer, loss
        self._sampler = BatchSampler(network, loss, Xs, Ys, np.random.RandomState(0) if rng is None else rng)
        self.training_set = self._sampler.training_set
        self._options = StepOptions() if options is None else options
        self._snapshot, self._measured = Snapshot(network), Measurement(network)
        self.stopping = stopping or EarlyStopping(network, loss, Xs[:, :0], Ys[:, :0])
        self._zeros = np.zeros_like(network.parameters)
        self.epoch, self.loss = 0, math.nan
        self.diverged: Divergence | None = None
        self.set_batch_size(batch_size)
        with np.errstate(all="ignore"):
            self._measure_if_changed()
        self.history = LossHistory()
        self.history.append(0, self.loss, self._objective_on_record())

    @property
    def options(self) -> StepOptions:
        """The options of a step; others may be set at any time between steps."""
        return self._options

    @options.setter
    def options(self, options: StepOptions) -> None:
        self._options = options
        self._sampler.set_batches(self.batch_size, options.dropout)

    def set_batch_size(self, batch_size: int | None) -> None:
        """Sets the examples per step from the next epoch on; None, or as many as there are, for all of them."""
        m = self.training_set.m
        self.batch_size = m if batch_size is None else min(m, whole_number(batch_size, "batch_size"))
        self._sampler.set_batches(self.batch_size, self._options.dropout)
        self._measured.forget()

    @property
    def objective(self) -> float:
        """What is descended: the loss, and the penalty on the weights."""
        return self.loss + self._options.penalty(self.network)

    def _objective_on_record(self) -> float:
        return self.objective if self._options.has_penalty else math.nan

    @property
    def gradient(self) -> Flat:
        """The gradient of the objective at the present parameters over the whole training set, flat, in their layout.

        It is the trainer's own array, valid until the next step.
        """
        if self._sampler.uses_batches or not self._measured.holds_at(self.network, self._options):
            self._measured.forget()  # as the gradient that was measured is overwritten
            self._sampler.follow_network()
            with np.errstate(all="ignore"):
                self._compute_gradient(self.training_set)
        return self.training_set.gradient

    def train(self, epochs: int = 1, *, stop_below: float = 0.0) -> int:
        """Trains for some epochs; fewer when it diverges, stops early or gets below `stop_below`. Returns how many.

        Raises:
            ValueError: an invalid number of epochs, or parameters set by hand at which the loss is not finite.
        """
        start, has_penalty, may_stop = self.epoch, self._options.has_penalty, self.stopping.is_on
        end = start + whole_number(epochs, "epochs", least=0)
        every = 1 if self._sampler.uses_batches else SNAPSHOT_EVERY  # random draws cannot be replayed
        if self.diverged:
            return 0
        with np.errstate(all="ignore"):  # an overflow is found and named
            self._measure_if_changed()
            if self.stopping.begin(start, self.loss):
                return 0
            self._measured.forget()
            if end > start:
                self._options.stop_frozen(self.network, self.optimizer)
            for epoch in range(start + 1, end + 1):
                if (epoch - start - 1) % every == 0:
                    self._snapshot.take(self.epoch, self.network, self.optimizer)
                failed = self._train_epoch(self.epoch)
                if failed is None:
                    loss = self._measure()
                    if not math.isfinite(loss):
                        failed = first_not_finite(evaluated(self.training_set)) or LOSS
                if failed is not None:
                    self._undo_epoch(Divergence(epoch, failed))
                    return self.epoch - start
                self.epoch, self.loss = epoch, loss
                self.history.append(epoch, loss, self.objective if has_penalty else math.nan)
                if (may_stop and self.stopping.follow(epoch, loss)) or loss < stop_below:
                    break
            self._measured.record(self.network, self._options)
        return self.epoch - start

    def _train_epoch(self, epochs_done: int) -> Quantity | None:
        """All steps of one epoch; with a full batch, one along the gradient measured last. Returns as `update` does."""
        factor = self._options.learning_rate_factor(epochs_done)
        if not self._sampler.uses_batches:
            return self.update(self.training_set, factor)
        for batch in self._sampler.batches():
            self._compute_gradient(batch)
            failed = self.update(batch, factor)
            if failed is not None:
                return failed
        return None

    def update(self, batch: Batch, learning_rate_factor: float = 1.0) -> Quantity | None:
        """Takes one step along a batch's gradient.

        Returns:
            What was not finite first; None if all is finite.
        """
        parameters = self.network.parameters
        self._options.clip_and_freeze(self.network, batch.gradient)
        self.optimizer.step(parameters, batch.gradient, learning_rate_factor, self.network.held)
        if parameters.dot(self._zeros) == 0:  # 0 x = 0 for finite x alone
            return None
        return first_not_finite(stepped(batch))

    def _compute_gradient(self, batch: Batch) -> float:
        """The gradient of the objective over a batch, into `batch.gradient`; returns the loss."""
        loss = batch.compute_gradient()
        self._options.add_penalty(self.network, batch.gradient)
        return loss

    def _measure(self) -> float:
        """The loss of the whole training set; where a step uses all of it, the gradient for the next step as well."""
        if self._sampler.uses_batches:
            return self.training_set.evaluate()
        return self._compute_gradient(self.training_set)

    def _measure_if_changed(self) -> None:
        """Measures if parameters, units or options were changed since the last step, e.g. by hand."""
        if not self._measured.holds_at(self.network, self._options):
            self._measured.forget()
            self._sampler.follow_network()
            loss = self._measure()
            if not math.isfinite(loss):
                raise ValueError(f"With these parameters the loss is {loss}; it takes smaller ones.")
            self.loss = loss
            self._measured.record(self.network, self._options)

    def _undo_epoch(self, divergence: Divergence) -> None:
        """Undoes an epoch that diverged: goes back to the last snapshot, and replays the epochs since then exactly."""
        self.diverged = divergence
        self._snapshot.restore(self.network, self.optimizer)
        for epochs_done in range(self._snapshot.epoch, self.epoch):
            self._measure()
            self._train_epoch(epochs_done)

    def checkpoint(self) -> Checkpoint:
        """All that the rest of the run depends on, copied, to go back to with `restore`."""
        optimizer, parameters = self.optimizer.copy(), self.network.parameters.copy()
        state = *self._sampler.state, self.stopping.waits, self.network.off
        objective = self._objective_on_record()
        return Checkpoint(self.epoch, self.loss, objective, self.diverged, parameters, optimizer, *state)

    def restore(self, checkpoint: Checkpoint, history: LossHistory) -> None:
        """Goes to a Checkpoint of this run; what follows is then what followed it.

        Args:
            history: that of the run; this trainer continues a copy that ends at the checkpoint.
        """
        self.epoch, self.loss, self.diverged = checkpoint.epoch, checkpoint.loss, checkpoint.diverged
        self.network.parameters[:], self.network.off = checkpoint.parameters, checkpoint.off
        self.optimizer, self.stopping.waits = checkpoint.optimizer.copy(), checkpoint.waits
        self._sampler.restore(SamplerState(checkpoint.rng, checkpoint.order))
        self.history = history.up_to(checkpoint.epoch, checkpoint.loss, checkpoint.objective)
        self._measured.forget()

    def next_batch(self) -> tuple[Whole, list[Matrix]]:
        """The places of the next step's examples in the training set, and its masks; looking changes nothing."""
        return self._sampler.next_batch()

    def next_step(self, looked_at: int | Examples | None = None) -> StepTrace:
        """The step that training would take next, with every number kept; nothing is changed by looking.

        `looked_at` and what is raised are as in `trace_step`.
        """
        return trace_step(self, *self.next_batch(), looked_at)
