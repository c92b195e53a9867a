"""The trainer: takes a network through epochs, one at a time or many, and records what happened."""

import math

import numpy as np

from nn.checks import finite_matrix, whole_number
from nn.divergence import evaluated, first_not_finite, stepped
from nn.examples import Examples
from nn.history import LossHistory
from nn.losses import squared_error
from nn.records import Checkpoint, Divergence, StepTrace
from nn.step_options import StepOptions
from nn.workspace import Workspace

MOST_AGAIN = 64  # steps that are taken a second time when one diverges


class Trainer:
    """Trains a network on a data set, and can be stopped and continued at any epoch.

    Args:
        network: the network; it is trained in place.
        Xs, Ys: (inputs, m) and (outputs, m), finite.
        optimizer: what to do with a gradient, e.g. GradientDescent(0.1).
        loss: one of LOSSES.
        batch_size: examples a step; None for all of them. The last batch of an epoch takes what is left.
        options: the StepOptions of a step: penalties, clipping, frozen layers, a schedule, dropout; none when None.
        rng: RandomState or Generator that shuffles the examples every epoch, and draws what is dropped in each step;
            RandomState(0) when None.

    Attributes:
        epoch: epochs done.
        loss: the loss of the whole training set at the network's present parameters.
        options: the StepOptions; another one may be set at any time between steps.
        history: the LossHistory, with the loss of every epoch so far, and the objective where the options penalises.
        diverged: None, or the Divergence that stopped the training. Parameters and optimizer are then what the last
            finite epoch left; the generator and the order of the examples are past the step that diverged.

    Raises:
        ValueError: shapes that do not fit the network or each other, no examples, values that are not finite, targets
            that the loss is not meant for, a batch size below 1, or data on which the loss is not finite from the
            start.
    """

    def __init__(self, network, Xs, Ys, *, optimizer, loss=squared_error, batch_size=None, options=None, rng=None):
        Xs = finite_matrix(Xs, "Xs", (network.input_count, None))
        Ys = finite_matrix(Ys, "Ys", (network.output_count, Xs.shape[1]))
        loss.check(Ys)
        self.network = network
        self.optimizer = optimizer
        self.loss_function = loss
        self._examples = Examples(network, loss, Xs, Ys, np.random.RandomState(0) if rng is None else rng)
        self._whole = self._examples.whole
        self._zeros = np.zeros_like(network.parameters)
        self._before = network.parameters.copy()
        self._seen = np.empty_like(network.parameters)  # the parameters that were measured last
        self._options = StepOptions() if options is None else options
        self.set_batch_size(batch_size)
        self.options = self._options
        self.epoch = 0
        self.diverged = None
        with np.errstate(all="ignore"):
            self._look()
        self.history = LossHistory()
        self.history.append(0, self.loss, self._objective_on_record())

    @property
    def options(self):
        return self._options

    @options.setter
    def options(self, options):
        self._options = options
        self._cuts = bool(options.clip or options.frozen)
        self._penalises = options.has_penalty
        self._measured_options = None  # the gradient that there is has another penalty, or none
        self._examples.cut(self.batch_size, options.dropout)

    @property
    def objective(self):
        """What is descended: the loss, and the penalty on the weights."""
        return self.loss + self.options.penalty(self.network)

    def _objective_on_record(self):
        return self.objective if self._penalises else math.nan

    def set_batch_size(self, batch_size):
        """Examples a step from the next epoch on; None, or the number of examples and more, for all of them."""
        m = self._whole.m
        self.batch_size = m if batch_size is None else min(m, whole_number(batch_size, "batch_size"))
        self._examples.cut(self.batch_size, self._options.dropout)
        self._seen[:] = np.nan  # the next step measures afresh

    def train(self, epochs=1, *, stop_below=0.0):
        """Trains for a number of epochs, fewer when training diverges or the loss gets below a value.

        Returns how many were done.
        """
        start = self.epoch
        end = start + whole_number(epochs, "epochs", least=0)
        every = 1 if self._examples.in_batches else MOST_AGAIN
        if self.diverged:
            return 0
        with np.errstate(all="ignore"):  # what leaves the finite numbers is found and named
            self._look()
            for epoch in range(start + 1, end + 1):
                if (epoch - start - 1) % every == 0:
                    self._keep(epoch - 1)
                failed = self._train(epoch)
                if failed:
                    self._stop(epoch, failed)
                    break
                loss = self._measure()
                if not math.isfinite(loss):
                    self._stop(epoch, first_not_finite(evaluated(self._whole)) or "loss")
                    break
                self.epoch, self.loss = epoch, loss
                self.history.append(epoch, loss, self._objective_on_record())
                if loss < stop_below:
                    break
            if not self.diverged:
                self._seen[:] = self.network.parameters
        return self.epoch - start

    def checkpoint(self):
        """All that the rest of the run depends on, copied: a Checkpoint, to go back to with `go_to`."""
        return Checkpoint(
            self.epoch,
            self.loss,
            self._objective_on_record(),
            self.diverged,
            self.network.parameters.copy(),
            self.optimizer.copy(),
            *self._examples.drawn(),
        )

    def restore(self, moment, history):
        """Goes to a Checkpoint of this run; what follows is then what followed it.

        Args:
            moment: from `moment()`.
            history: the LossHistory of the run, of which what is later than the moment is left out from now on.
        """
        self.epoch, self.loss, self.diverged = moment.epoch, moment.loss, moment.diverged
        self.network.parameters[:] = moment.parameters
        self.optimizer = moment.optimizer.copy()
        self._examples.go_to(moment.rng, moment.order)
        self.history = history.up_to(moment.epoch, moment.loss, moment.objective)
        self._seen[:] = np.nan  # the next step measures afresh

    def next_step(self, example=None):
        """The step that training would take next, with every number kept; nothing is changed by looking.

        Args:
            example: one of the step's examples, to see its share of the gradient alone; None for all of them.

        Returns:
            A StepTrace.

        Raises:
            ValueError: when the step has no such example.
        """
        before, after = self.network.copy(), self.network.copy()
        (chosen, masks), m = self._examples.next_batch(), self.batch_size
        if example is not None and example not in range(m):
            raise ValueError(f"The step has examples 0 to {m - 1}, not {example!r}.")
        with np.errstate(all="ignore"):
            work, step_loss = self._kept(before, chosen, masks, m)
            gradient, data_gradient = work.gradient.copy(), work.gradient
            if self._penalises:
                self._options.add_penalty(before, gradient)
            self._options.clip_and_freeze(before, gradient)
            self.optimizer.copy().step(after.parameters, gradient, self._options.learning_rate_factor(self.epoch))
            loss = self._kept(before, chosen, [], m)[1] if masks else step_loss
            loss_after = self._kept(after, chosen, [], m)[1]
            if example is not None:
                chosen, masks = chosen[[example]], [mask[:, [example]] for mask in masks]
                work, _ = self._kept(before, chosen, masks, m)
        Ys = self._whole.Ys[:, chosen]
        return StepTrace(before, after, work, Ys, m, data_gradient, gradient, step_loss, loss, loss_after)

    def _kept(self, network, chosen, masks, m):
        """A workspace that has kept everything of one evaluation and back-propagation, and their loss."""
        work = Workspace(network, len(chosen), loss=self.loss_function, keep=True, drops=bool(masks))
        network.evaluate_into(work.hold(self._whole.Xs[:, chosen]).hold_masks(masks))
        loss = work.start(self._whole.Ys[:, chosen], m, work.dAs[-1])
        network.compute_gradient_into(work)
        return work, loss

    @property
    def gradient(self):
        """The gradient of the objective at the present parameters over the whole training set, flat, in their layout.

        It is the trainer's own array, good until the next step.
        """
        stale = self._measured_options is not self._options or not np.array_equal(self._seen, self.network.parameters)
        if self._examples.in_batches or stale:
            with np.errstate(all="ignore"):
                self._whole.compute_gradient()
                self._penalise(self._whole)
        return self._whole.gradient

    def _measure(self):
        """The loss of the whole training set; where a step uses all of it, the gradient for the next step as well."""
        if self._examples.in_batches:
            return self._whole.evaluate()
        loss = self._whole.compute_gradient()
        self._penalise(self._whole)
        return loss

    def _penalise(self, batch):
        if batch is self._whole:
            self._measured_options = self._options
        if self._penalises:
            self._options.add_penalty(self.network, batch.gradient)

    def _look(self):
        """Measures again if the parameters are not those that the last step left, having been set by hand."""
        if self._measured_options is not self._options or not np.array_equal(self._seen, self.network.parameters):
            self._seen[:] = np.nan
            loss = self._measure()
            if not math.isfinite(loss):
                raise ValueError(f"With these parameters the loss is {loss}; it takes smaller ones.")
            self.loss = loss
            self._seen[:] = self.network.parameters

    def _train(self, epoch):
        """The step or the steps to an epoch, from where the last one was measured. Returns as _update does."""
        factor = self._options.learning_rate_factor(epoch - 1)
        self._factors = () if factor == 1 else (factor,)
        return self._epoch_in_batches() if self._examples.in_batches else self._update(self._whole)

    def _update(self, batch):
        """One step along a batch's gradient. Returns the name of what left the finite numbers, if anything did."""
        parameters = self.network.parameters
        if self._cuts:
            self._options.clip_and_freeze(self.network, batch.gradient)
        self.optimizer.step(parameters, batch.gradient, *self._factors)
        if parameters.dot(self._zeros) == 0:  # 0 x = 0 for finite x alone
            return None
        return first_not_finite(stepped(batch))

    def _epoch_in_batches(self):
        """One step a batch. Returns as _update does."""
        for batch in self._examples.epoch():
            batch.compute_gradient()
            self._penalise(batch)
            failed = self._update(batch)
            if failed:
                return failed
        return None

    def _keep(self, epoch):
        """Keeps what `_stop` goes back to: all that a step changes and that is not drawn at random."""
        self._kept_epoch = epoch
        self._before[:] = self.network.parameters
        self.optimizer.snapshot()

    def _stop(self, epoch, quantity):
        """Takes back the step to an epoch. What was kept is some steps older: those are taken again, as they were."""
        self.diverged = Divergence(epoch, quantity)
        self._seen[:] = np.nan
        self.network.parameters[:] = self._before
        self.optimizer.restore()
        for again in range(self._kept_epoch + 1, epoch):
            self._measure()
            self._train(again)
